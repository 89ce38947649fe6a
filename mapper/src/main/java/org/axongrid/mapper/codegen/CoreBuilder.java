package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.SynapseMemory;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.mapper.partition.CorePiece;

/** The tables of one core while they are filled. */
final class CoreBuilder {
    final CorePiece piece;
    final int core;
    private final List<NeuronProfile> profiles = new ArrayList<>();
    private final Map<NeuronProfile, Integer> profileNumber = new HashMap<>();
    final byte[] profileOf;
    final int[] bias;
    final int[] initialV;

    private NeuronProgram program;
    private int[] initialState = new int[0];

    final FormatTable formats = new FormatTable();
    private final List<KernelMemory.Part> parts = new ArrayList<>();

    private final int groupsPerPosition;
    private final int atoms;

    CoreBuilder(CorePiece piece, int core, ChipSpec chip) {
        this.piece = piece;
        this.core = core;
        profileOf = new byte[piece.compartments()];
        bias = new int[piece.compartments()];
        initialV = new int[piece.compartments()];
        atoms = Math.min(piece.channels(), chip.get(ChipParameter.POPULATION_ATOMS_MAX));
        groupsPerPosition = (piece.channels() + atoms - 1) / atoms;
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

    /** Adds the axons of one projection behind those that are there. */
    void add(KernelMemory.Part part) {
        parts.add(part);
    }

    /** @return the axons, by projection */
    List<KernelMemory.Part> parts() {
        return parts;
    }

    /** @return groups that the core's compartments make, and share output axons */
    int groups() {
        return groupsPerPosition * piece.positions().length;
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

    /**
     * @param out    by group of the core (rank, then group of the position): its output axons
     * @param splits whether lists are split by sign, so that they had to be written already to be numbered
     * @return the core's image
     */
    LoihiCoreImage build(OutputTable.Outputs out, boolean splits) {
        int groups = groups();
        int[] first = new int[groups];
        int[] size = new int[groups];
        int[] groupOut = new int[groups + 1];
        int used = 0;
        for (int g = 0; g < groups; g++) {
            if (out.first()[g + 1] == out.first()[g]) {
                continue;
            }
            first[used] = g / groupsPerPosition * piece.channels() + groupFirstChannel(g % groupsPerPosition);
            size[used] = groupChannels(g % groupsPerPosition);
            groupOut[++used] = out.first()[g + 1];
        }
        SynapseMemory view = new KernelMemory(parts, formats);
        SynapseMemory memory = splits ? SynapseMemory.of(view.words()) : view;
        boolean oneInput = program == null || program.inputs().size() == 1;
        return new LoihiCoreImage(core, profiles, profileOf, bias, initialV, formats.all(), memory, pointers(),
            column(parts.stream().map(p -> p.inputs().words()).toList()), column(parts.stream().map(p -> p.inputs().atoms()).toList()),
            column(parts.stream().map(p -> p.inputs().base()).toList()), Arrays.copyOf(first, used), Arrays.copyOf(size, used),
            Arrays.copyOf(groupOut, used + 1), out.core(), out.axon(), out.delay(), program == null ? List.of() : List.of(program), initialState,
            oneInput ? new int[0] : column(parts.stream().map(p -> p.inputs().input()).toList()), new int[0], 0);
    }

    private int[] pointers() {
        if (parts.size() == 1) {
            return parts.get(0).inputs().pointer();
        }
        int[] all = column(parts.stream().map(p -> p.inputs().pointer()).toList());
        int at = 0;
        int offset = 0;
        for (KernelMemory.Part part : parts) {
            for (int i = 0; i < part.inputs().pointer().length; i++) {
                all[at++] += offset;
            }
            offset += part.inputs().size();
        }
        return all;
    }

    /** @return the columns one after the other; the column itself if there is one, so that cores alike share it */
    private static int[] column(List<int[]> columns) {
        if (columns.size() == 1) {
            return columns.get(0);
        }
        int[] all = new int[columns.stream().mapToInt(c -> c.length).sum()];
        int at = 0;
        for (int[] column : columns) {
            System.arraycopy(column, 0, all, at, column.length);
            at += column.length;
        }
        return all;
    }
}
