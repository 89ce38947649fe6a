package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.SharedArrays;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.mapper.partition.CorePiece;

/** The tables of one core while they are filled. */
final class CoreBuilder {
    final CorePiece piece;
    final int core;
    private final ChipSpec chip;
    private final List<NeuronProfile> profiles = new ArrayList<>();
    private final Map<NeuronProfile, Integer> profileNumber = new HashMap<>();
    final byte[] profileOf;
    final int[] bias;
    final int[] initialV;

    private NeuronProgram program;
    private int[] initialState = new int[0];

    private final List<SynapseFormat> formats = new ArrayList<>();
    private long[] words = new long[256];
    private int wordCount;
    // Until it is sealed.
    private IntArrayList axonPointer = new IntArrayList();
    private IntArrayList axonWords = new IntArrayList();
    private IntArrayList axonAtoms = new IntArrayList();
    // From then on.
    private int[] pointers;
    private int[] wordsOf;
    private int[] atomsOf;
    private final IntArrayList axonBase = new IntArrayList();
    private final IntArrayList axonInput = new IntArrayList();

    private final int groupsPerPosition;
    private final int atoms;
    private final List<IntArrayList> outs = new ArrayList<>();

    CoreBuilder(CorePiece piece, int core, ChipSpec chip) {
        this.piece = piece;
        this.core = core;
        this.chip = chip;
        profileOf = new byte[piece.compartments()];
        bias = new int[piece.compartments()];
        initialV = new int[piece.compartments()];
        atoms = Math.min(piece.channels(), chip.get(ChipParameter.POPULATION_ATOMS_MAX));
        groupsPerPosition = (piece.channels() + atoms - 1) / atoms;
        for (int g = 0; g < groupsPerPosition * piece.positions().length; g++) {
            outs.add(new IntArrayList());
        }
    }

    /** Says what the core's compartments run; null if they are native. */
    void run(NeuronProgram neuronProgram) {
        program = neuronProgram;
        initialState = new int[program == null ? 0 : (program.state().size() - 1) * piece.compartments()];
    }

    /** Sets the initial value of a state word after the first. */
    void initialState(int word, int compartment, int value) {
        initialState[(word - 1) * piece.compartments() + compartment] = value;
    }

    /** @return number of a profile, added if it is new */
    byte profile(NeuronProfile profile) {
        return (byte) (int) profileNumber.computeIfAbsent(profile, p -> {
            profiles.add(p);
            return profiles.size() - 1;
        });
    }

    /** @return number of a format, 1 for the first, added if it is new */
    int format(SynapseFormat format) {
        int known = formats.indexOf(format);
        if (known < 0) {
            known = formats.size();
            formats.add(format);
        }
        return known + 1;
    }

    /** Adds the lists of an axon's atoms, padded to the longest. @return pointer to the first word and words per list */
    int[] lists(List<long[]> lists) {
        int longest = lists.stream().mapToInt(l -> l.length).max().orElse(1);
        int pointer = wordCount;
        int needed = Math.addExact(wordCount, Math.multiplyExact(longest, lists.size()));
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, words.length * 2));
        }
        for (long[] list : lists) {
            System.arraycopy(list, 0, words, wordCount, list.length);
            wordCount += longest;
        }
        return new int[] {pointer, longest};
    }

    /** @return number of the new input axon */
    int axon(int pointer, int wordsPerAtom, int atomCount, int base, int input) {
        axonPointer.addInt(pointer);
        axonWords.addInt(wordsPerAtom);
        axonAtoms.addInt(atomCount);
        axonBase.addInt(base);
        axonInput.addInt(input);
        return axonPointer.size() - 1;
    }

    /** @return groups that the channels of one position make */
    int groupsPerPosition() {
        return groupsPerPosition;
    }

    /** @return first channel of a position's group, relative to the piece */
    int groupFirstChannel(int group) {
        return group * atoms;
    }

    /** @return channels in a position's group */
    int groupChannels(int group) {
        return Math.min(atoms, piece.channels() - group * atoms);
    }

    /** Connects a group of the position of rank {@code rank} to an input axon. */
    void connect(int rank, int group, int toCore, int toAxon, int delay) {
        IntArrayList to = outs.get(rank * groupsPerPosition + group);
        to.addInt(toCore);
        to.addInt(toAxon);
        to.addInt(delay);
    }

    /**
     * Says that all of its input is there.
     *
     * @param shared contents of other cores: those of one layer have the same kernels
     */
    void seal(SharedArrays shared) {
        words = shared.of(Arrays.copyOf(words, wordCount));
        pointers = shared.of(axonPointer.toIntArray());
        wordsOf = shared.of(axonWords.toIntArray());
        atomsOf = shared.of(axonAtoms.toIntArray());
        axonPointer = null;
        axonWords = null;
        axonAtoms = null;
    }

    LoihiCoreImage build() {
        int groups = outs.size();
        int[] first = new int[groups];
        int[] size = new int[groups];
        int[] out = new int[groups + 1];
        IntArrayList outCore = new IntArrayList();
        IntArrayList outAxon = new IntArrayList();
        IntArrayList outDelay = new IntArrayList();
        int used = 0;
        for (int g = 0; g < groups; g++) {
            IntArrayList to = outs.get(g);
            if (to.isEmpty()) {
                continue;
            }
            first[used] = g / groupsPerPosition * piece.channels() + groupFirstChannel(g % groupsPerPosition);
            size[used] = groupChannels(g % groupsPerPosition);
            for (int i = 0; i < to.size(); i += 3) {
                outCore.addInt(to.getInt(i));
                outAxon.addInt(to.getInt(i + 1));
                outDelay.addInt(to.getInt(i + 2));
            }
            out[++used] = outCore.size();
        }
        return new LoihiCoreImage(core, profiles, profileOf, bias, initialV, formats, words, pointers, wordsOf, atomsOf, axonBase.toIntArray(),
            Arrays.copyOf(first, used), Arrays.copyOf(size, used), Arrays.copyOf(out, used + 1),
            outCore.toIntArray(), outAxon.toIntArray(), outDelay.toIntArray(), program == null ? List.of() : List.of(program),
            initialState, program == null || program.inputs().size() == 1 ? new int[0] : axonInput.toIntArray(), new int[0], 0);
    }
}
