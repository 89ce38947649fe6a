package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat;

/** One core while its memories are filled: neurons {@code from..to-1} of one layer. */
final class CoreDraft {
    final int number;
    final int layer;
    final int from;
    final int to;
    private final int atoms;
    private final List<NeuronProfile> profiles = new ArrayList<>();
    private final byte[] profileOf;
    private final int[] bias;
    private final List<SynapseFormat> formats = new ArrayList<>();
    private long[] words = new long[64];
    private int wordCount;
    private final IntArrayList axonPointer = new IntArrayList();
    private final IntArrayList axonWords = new IntArrayList();
    private final IntArrayList axonAtoms = new IntArrayList();
    private final IntArrayList axonBase = new IntArrayList();
    private final List<IntArrayList> outs = new ArrayList<>();

    /** @param atoms compartments that share output axons */
    CoreDraft(int number, int layer, LifNetwork.Layer neurons, int from, int to, int atoms) {
        this.number = number;
        this.layer = layer;
        this.from = from;
        this.to = to;
        this.atoms = atoms;
        profileOf = new byte[to - from];
        bias = Arrays.copyOfRange(neurons.bias(), from, to);
        for (int i = from; i < to; i++) {
            int known = profiles.indexOf(neurons.profiles()[i]);
            if (known < 0) {
                known = profiles.size();
                profiles.add(neurons.profiles()[i]);
            }
            profileOf[i - from] = (byte) known;
        }
        for (int g = 0; g * atoms < to - from; g++) {
            outs.add(new IntArrayList());
        }
    }

    int compartments() {
        return to - from;
    }

    int groups() {
        return outs.size();
    }

    /** @return first neuron of a group, within the layer */
    int groupFirst(int group) {
        return from + group * atoms;
    }

    /** @return neurons of a group */
    int groupSize(int group) {
        return Math.min(atoms, to - groupFirst(group));
    }

    /** @return number of the format, from 1 */
    int format(SynapseFormat format) {
        int known = formats.indexOf(format);
        if (known < 0) {
            known = formats.size();
            formats.add(format);
        }
        return known + 1;
    }

    /** Stores the lists of an axon's atoms, each as long as the longest. @return pointer and words per list */
    int[] lists(List<long[]> lists) {
        int longest = lists.stream().mapToInt(l -> l.length).max().orElse(1);
        int pointer = wordCount;
        for (long[] list : lists) {
            if (wordCount + longest > words.length) {
                words = Arrays.copyOf(words, 2 * (wordCount + longest));
            }
            System.arraycopy(list, 0, words, wordCount, list.length);
            wordCount += longest;
        }
        return new int[] {pointer, longest};
    }

    /** @return number of the new input axon */
    int axon(int[] lists, int atomCount, int base) {
        axonPointer.addInt(lists[0]);
        axonWords.addInt(lists[1]);
        axonAtoms.addInt(atomCount);
        axonBase.addInt(base);
        return axonPointer.size() - 1;
    }

    void connect(int group, int toCore, int toAxon) {
        outs.get(group).addInt(toCore);
        outs.get(group).addInt(toAxon);
    }

    LoihiCoreImage build() {
        int groups = groups();
        int[] first = new int[groups];
        int[] size = new int[groups];
        int[] out = new int[groups + 1];
        IntArrayList outCore = new IntArrayList();
        IntArrayList outAxon = new IntArrayList();
        for (int g = 0; g < groups; g++) {
            first[g] = groupFirst(g) - from;
            size[g] = groupSize(g);
            for (int i = 0; i < outs.get(g).size(); i += 2) {
                outCore.addInt(outs.get(g).getInt(i));
                outAxon.addInt(outs.get(g).getInt(i + 1));
            }
            out[g + 1] = outCore.size();
        }
        return new LoihiCoreImage(number, profiles, profileOf, bias, new int[profileOf.length], formats, Arrays.copyOf(words, wordCount),
            axonPointer.toIntArray(), axonWords.toIntArray(), axonAtoms.toIntArray(), axonBase.toIntArray(), first, size, out,
            outCore.toIntArray(), outAxon.toIntArray(), new int[outCore.size()]);
    }
}
