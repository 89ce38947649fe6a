package org.axongrid.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;

/**
 * The recurrent network that Axongrid's peers were measured with (project reference on peers, section 2), as a chip image: one population of N
 * integrate-and-fire neurons (current decay total, no voltage decay, hard reset, threshold mantissa 1000, bias uniform 2600..3899 so that about 5 %
 * fire in a step), each with F different random targets of mantissas -4, -2, 0, 2, 4 and exponent 0.
 *
 * <p>No Loihi core holds so many compartments or synapses: the peers' populations are as large as memory allows, so the cores of this image are too.
 * Voltages start uniformly between 0 and the threshold, so that the first steps are like the later ones.
 */
final class RecurrentNet {
    private static final int THRESHOLD = 1000;
    private static final int BIAS_MIN = 2600;
    private static final int BIASES = 1300;
    private static final int SEED = 7;

    private RecurrentNet() { }

    /**
     * @param neurons N, a multiple of {@code cores}
     * @param fanOut  F, at most N
     * @param cores   cores of equal size that hold the population, 1 to 16
     * @return the image
     */
    static ChipImage image(int neurons, int fanOut, int cores) {
        int size = neurons / cores;
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, size);
        SplittableRandom random = new SplittableRandom(SEED);
        Lists[] lists = new Lists[cores];
        Arrays.setAll(lists, c -> new Lists(size));
        int[] all = new int[neurons];
        Arrays.setAll(all, i -> i);
        for (int source = 0; source < neurons; source++) {
            // A partial shuffle: the first F of a random order.
            for (int k = 0; k < fanOut; k++) {
                int other = k + random.nextInt(neurons - k);
                int swap = all[k];
                all[k] = all[other];
                all[other] = swap;
            }
            int[] targets = Arrays.copyOf(all, fanOut);
            Arrays.sort(targets);
            for (int c = 0, from = 0; c < cores; c++) {
                int to = from;
                while (to < fanOut && targets[to] < (c + 1) * size) {
                    targets[to++] -= c * size;
                }
                lists[c].add(targets, from, to, random);
                from = to;
            }
        }
        List<CoreImage> images = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            images.add(lists[c].core(c, cores, neurons, random));
        }
        return new ChipImage("recurrent", chip, 1, images, List.of(), 0);
    }

    /** The synapse memory of one core: a list for each neuron of the population. */
    private static final class Lists {
        private final int size;
        private final SynapseFormat dense;
        private final SynapseFormat sparse;
        private final SynapseListWriter writer = new SynapseListWriter(60);
        private final List<Integer> pointers = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private long[] words = new long[1024];
        private int used;

        Lists(int size) {
            this.size = size;
            int indexBits = SynapseFormat.indexBitsFor(size - 1);
            dense = new SynapseFormat(SynapseFormat.Compression.DENSE, SynapseFormat.SignMode.MIXED, 8, 0, 0, indexBits, false);
            sparse = new SynapseFormat(SynapseFormat.Compression.SPARSE, SynapseFormat.SignMode.MIXED, 8, 0, 0, indexBits, false);
        }

        void add(int[] targets, int from, int to, SplittableRandom random) {
            int n = to - from;
            int[] mantissas = random.ints(n, -2, 3).map(m -> 2 * m).toArray();
            writer.clear();
            if (n == size) {
                writer.dense(1, dense, 0, mantissas, 0, n, 0);
            } else {
                writer.sparse(2, sparse, Arrays.copyOfRange(targets, from, to), mantissas, new int[n], n);
            }
            long[] list = writer.toWords();
            if (used + list.length > words.length) {
                words = Arrays.copyOf(words, Math.max(2 * words.length, used + list.length));
            }
            System.arraycopy(list, 0, words, used, list.length);
            pointers.add(used);
            lengths.add(list.length);
            used += list.length;
        }

        LoihiCoreImage core(int number, int cores, int sources, SplittableRandom random) {
            int vMax = (1 << 23) - 1;
            NeuronProfile profile = new NeuronProfile(4096, 0, THRESHOLD, NeuronProfile.Reset.HARD, 1, -vMax, vMax, 0, 1);
            int[] bias = random.ints(size, BIAS_MIN, BIAS_MIN + BIASES).toArray();
            int[] v = random.ints(size, 0, THRESHOLD << 6).toArray();
            int[] ones = new int[sources];
            Arrays.fill(ones, 1);
            int[] groupFirst = new int[size];
            int[] groupSize = new int[size];
            int[] groupOut = new int[size + 1];
            int[] outCore = new int[size * cores];
            int[] outAxon = new int[size * cores];
            for (int j = 0; j < size; j++) {
                groupFirst[j] = j;
                groupSize[j] = 1;
                groupOut[j + 1] = (j + 1) * cores;
                for (int c = 0; c < cores; c++) {
                    outCore[j * cores + c] = c;
                    outAxon[j * cores + c] = number * size + j;
                }
            }
            return new LoihiCoreImage(number, List.of(profile), new byte[size], bias, v, List.of(dense, sparse), Arrays.copyOf(words, used),
                pointers.stream().mapToInt(p -> p).toArray(), lengths.stream().mapToInt(l -> l).toArray(), ones, new int[sources], groupFirst,
                groupSize, groupOut, outCore, outAxon, new int[size * cores]);
        }
    }
}
