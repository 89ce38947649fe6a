package org.axongrid.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;

/**
 * A large network in which little happens: chains of cores, each with 32 assemblies of 32 integrate-and-fire neurons. A spike of the input fires one
 * assembly in the first core of a chain, that fires the same assembly in the next core a step later, and so on to the end (a synfire chain). A neuron has 16
 * synapses in the next core: one that fires its target alone, and small ones of both signs. All chains have the same weights.
 */
final class WaveNet {
    /** Cores of a chain: steps that a wave takes. */
    static final int CHAIN = 16;
    private static final int ASSEMBLY = 32;
    private static final int ASSEMBLIES = 32;
    private static final int SIZE = ASSEMBLY * ASSEMBLIES;
    private static final int FAN_OUT = 16;
    private static final int THRESHOLD = 60;
    private static final int SEED = 11;

    private WaveNet() { }

    /**
     * @param cores a multiple of {@link #CHAIN}
     * @return the image; its port has a line for each assembly of each chain
     */
    static ChipImage image(int cores) {
        ChipSpec chip = ChipSpecs.preset("loihi");
        SplittableRandom random = new SplittableRandom(SEED);
        List<LoihiCoreImage> chain = new ArrayList<>();
        for (int c = 0; c < CHAIN; c++) {
            chain.add(core(c, random));
        }
        List<CoreImage> images = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            images.add(moved(chain.get(c % CHAIN), c));
        }
        int lines = cores / CHAIN * ASSEMBLIES;
        SpikePort port = new SpikePort("in", IntStream.rangeClosed(0, lines).toArray(), IntStream.range(0, lines).map(l -> l / ASSEMBLIES * CHAIN).toArray(),
            IntStream.range(0, lines).map(l -> SIZE + l % ASSEMBLIES).toArray(), new int[lines]);
        return new ChipImage("waves", chip, (cores + chip.coresPerChip() - 1) / chip.coresPerChip(), images, List.of(), List.of(port), 0,
            Arithmetic.NENGO_LOIHI);
    }

    /** The first axons come from the neurons of the core before, the others from the input. */
    private static LoihiCoreImage core(int number, SplittableRandom random) {
        int vMax = (1 << 23) - 1;
        NeuronProfile profile = new NeuronProfile(4096, 0, THRESHOLD, NeuronProfile.Reset.HARD, 1, -vMax, vMax, 0, 1);
        SynapseFormat sparse = new SynapseFormat(SynapseFormat.Compression.SPARSE, SynapseFormat.SignMode.MIXED, 8, 0, 0,
            SynapseFormat.indexBitsFor(SIZE - 1), false);
        SynapseListWriter writer = new SynapseListWriter(60);
        int rows = SIZE + ASSEMBLIES;
        int[] pointer = new int[rows];
        int[] words = new int[rows];
        long[] memory = {};
        for (int r = 0; r < rows; r++) {
            boolean input = r >= SIZE;
            int first = input ? (r - SIZE) * ASSEMBLY : r / ASSEMBLY * ASSEMBLY;
            int own = r % ASSEMBLY;
            int[] places = input ? IntStream.range(0, ASSEMBLY).toArray()
                : IntStream.range(0, FAN_OUT).map(k -> (own + k) % ASSEMBLY).sorted().toArray();
            int[] mantissas = IntStream.of(places).map(p -> input || p == own ? 126 : 2 * (random.nextInt(3) - 1)).toArray();
            writer.clear();
            writer.sparse(1, sparse, IntStream.of(places).map(p -> first + p).toArray(), mantissas, new int[places.length], places.length);
            long[] list = writer.toWords();
            pointer[r] = memory.length;
            words[r] = list.length;
            memory = Arrays.copyOf(memory, memory.length + list.length);
            System.arraycopy(list, 0, memory, pointer[r], list.length);
        }
        int[] ones = new int[rows];
        Arrays.fill(ones, 1);
        int[] groupSize = new int[SIZE];
        Arrays.fill(groupSize, 1);
        int[] neurons = IntStream.range(0, SIZE).toArray();
        int outs = number % CHAIN == CHAIN - 1 ? 0 : 1;
        return new LoihiCoreImage(number, List.of(profile), new byte[SIZE], new int[SIZE], new int[SIZE], List.of(sparse), memory, pointer, words, ones,
            new int[rows], neurons, groupSize, IntStream.rangeClosed(0, SIZE).map(g -> g * outs).toArray(), new int[SIZE * outs],
            Arrays.copyOf(neurons, SIZE * outs),
            new int[SIZE * outs]);
    }

    private static LoihiCoreImage moved(LoihiCoreImage core, int to) {
        int[] outCore = core.outCore().clone();
        Arrays.fill(outCore, to + 1);
        return new LoihiCoreImage(to, core.profiles(), core.profileOf(), core.biasMantissa(), core.initialV(), core.formats(), core.synapseWords(),
            core.axonPointer(), core.axonWords(), core.axonAtoms(), core.axonBase(), core.groupFirst(), core.groupSize(), core.groupOut(), outCore,
            core.outAxon(), core.outDelay());
    }
}
