package org.axongrid.emulator.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Noise;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;

/**
 * Random networks of many small Loihi-style cores in which little happens. Recurrent ones have a port, and axon and synaptic delays; layered ones have
 * populations that start one after the other, several of them in a core, and a readout.
 */
final class QuietNetworks {
    /** Population of the readout in layered networks. */
    static final int LAYERS = 4;

    private final Random random;
    private final boolean layered;
    private final int cores;
    private final int size;
    private final int delayBits;
    private final boolean noisy;
    private final List<SynapseFormat> formats;
    /** By core: its lists. */
    private final List<List<long[]>> lists = new ArrayList<>();
    /** By core and list: the compartment that its targets are relative to. */
    private final List<List<Integer>> bases = new ArrayList<>();

    private QuietNetworks(long seed, boolean layered) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.layered = layered;
        cores = random.nextInt(4) == 0 ? 65 + random.nextInt(20) : 2 + random.nextInt(10);
        // As many populations in a core as fit, each of a fourth of its compartments.
        size = 4 * (2 + random.nextInt(cores > 64 ? 4 : random.nextBoolean() ? 60 : 250));
        delayBits = !layered && random.nextInt(3) == 0 ? 2 : 0;
        noisy = random.nextInt(8) == 0;
        int indexBits = SynapseFormat.indexBitsFor(size - 1);
        formats = List.of(new SynapseFormat(Compression.DENSE, SignMode.MIXED, 8, 0, delayBits, indexBits, false),
            new SynapseFormat(Compression.SPARSE, SignMode.MIXED, 8, 0, delayBits, indexBits, false));
    }

    static ChipImage image(long seed, boolean layered) {
        return new QuietNetworks(seed, layered).image();
    }

    private ChipImage image() {
        for (int c = 0; c < cores; c++) {
            lists.add(new ArrayList<>());
            bases.add(new ArrayList<>());
        }
        int[] lineCore = random.ints(20, 0, cores).toArray();
        int[] lineAxon = Arrays.stream(lineCore).map(c -> axon(c, 0, true)).toArray();
        List<int[][]> outs = IntStream.range(0, cores).mapToObj(c -> outputs()).toList();
        List<CoreImage> images = new ArrayList<>();
        for (int c = 0; c < cores; c++) {
            images.add(core(c, outs.get(c)));
        }
        List<Region> regions = new ArrayList<>();
        regions.add(region("in", Region.Role.BIAS_INPUT, 0, 8));
        regions.add(region("some", Region.Role.HIDDEN, 1, 8));
        if (layered) {
            regions.add(region("out", Region.Role.READOUT, LAYERS - 1, 60));
        }
        SpikePort port = new SpikePort("in", IntStream.rangeClosed(0, lineCore.length).toArray(), lineCore, lineAxon, new int[lineCore.length]);
        return new ChipImage("quiet", ChipSpecs.preset("loihi").with(ChipParameter.DELAY_ACCUMULATORS, 1 << 16), 1, images, regions,
            layered ? List.of() : List.of(port), LAYERS - 1, Arithmetic.values()[random.nextInt(3)]);
    }

    /** A few compartments of a population. */
    private Region region(String name, Region.Role role, int population, int elements) {
        int[] core = random.ints(elements, 0, cores).sorted().toArray();
        return new Region(name, role, core, Arrays.stream(core).map(c -> population * size / LAYERS + random.nextInt(size / LAYERS)).toArray());
    }

    /** @return by neuron: destination core, axon there and delay, -1 for none */
    private int[][] outputs() {
        int[][] out = new int[size][];
        for (int i = 0; i < size; i++) {
            int own = i * LAYERS / size;
            int to = layered ? own + 1 + random.nextInt(LAYERS) : random.nextInt(LAYERS);
            int core = random.nextInt(cores);
            out[i] = to >= LAYERS || random.nextInt(4) == 0 ? null
                : new int[] {core, axon(core, to, false), layered ? to - own - 1 : random.nextInt(8) == 0 ? random.nextInt(5) : 0};
        }
        return out;
    }

    /** Writes a list of synapses with some of a population. @return the axon that selects it */
    private int axon(int core, int population, boolean strong) {
        int start = population * size / LAYERS;
        int base = random.nextBoolean() ? 0 : random.nextInt(start + 1);
        int first = start - base;
        int of = size / LAYERS;
        int n = 1 + random.nextInt(Math.min(of, 10));
        int[] mantissas = random.ints(n, strong ? 20 : -31, strong || layered ? 32 : 24).map(m -> 8 * m).toArray();
        SynapseListWriter writer = new SynapseListWriter(60);
        if (random.nextBoolean()) {
            writer.dense(1, formats.get(0), first + random.nextInt(of - n + 1), mantissas, 0, n, random.nextInt(1 << delayBits));
        } else {
            writer.sparse(2, formats.get(1), random.ints(n, first, first + of).sorted().toArray(), mantissas, random.ints(n, 0, 1 << delayBits).toArray(), n);
        }
        lists.get(core).add(writer.toWords());
        bases.get(core).add(base);
        return lists.get(core).size() - 1;
    }

    private LoihiCoreImage core(int number, int[][] outs) {
        List<NeuronProfile> profiles = new ArrayList<>();
        byte[] profileOf = new byte[size];
        boolean leaking = random.nextInt(3) == 0;
        for (int p = 0; p < LAYERS; p++) {
            NeuronProfile.Reset reset = NeuronProfile.Reset.values()[layered && p == LAYERS - 1 ? 0 : 1 + random.nextInt(2)];
            // Some compartments come to the ends of their registers and stay there.
            int limit = random.nextInt(3) == 0 ? 1 << 17 : (1 << 23) - 1;
            NeuronProfile profile = new NeuronProfile(leaking && random.nextBoolean() ? 1024 + random.nextInt(3072) : 4096,
                leaking && random.nextBoolean() ? 512 + random.nextInt(3000) : 0, 150 + random.nextInt(400), reset,
                random.nextInt(4) == 0 ? 2 + random.nextInt(4) : 1, -limit, limit, 0, layered ? 1 + p : 1);
            profiles.add(noisy && random.nextInt(8) == 0 ? profile.withNoise(new Noise(Noise.Target.MEMBRANE, 0, 7)) : profile);
        }
        int[] bias = new int[size];
        for (int i = 0; i < size; i++) {
            profileOf[i] = (byte) (i * LAYERS / size);
            boolean driven = random.nextInt(cores * size / 2 + 1) == 0 && random.nextInt(3) > 0;
            bias[i] = driven ? (random.nextInt(3) == 0 ? -1 : 1) * (500 + random.nextInt(20_000)) : 0;
        }
        List<long[]> own = lists.get(number);
        int axons = own.size();
        int[] pointer = new int[axons];
        for (int a = 1; a < axons; a++) {
            pointer[a] = pointer[a - 1] + own.get(a - 1).length;
        }
        int[] ones = new int[axons];
        Arrays.fill(ones, 1);
        int[] senders = IntStream.range(0, size).filter(i -> outs[i] != null).toArray();
        int[] single = new int[senders.length];
        Arrays.fill(single, 1);
        return new LoihiCoreImage(number, profiles, profileOf, bias, new int[size], formats, own.stream().flatMapToLong(Arrays::stream).toArray(), pointer,
            own.stream().mapToInt(l -> l.length).toArray(), ones, bases.get(number).stream().mapToInt(b -> b).toArray(),
            senders, single, IntStream.rangeClosed(0, senders.length).toArray(),
            Arrays.stream(senders).map(i -> outs[i][0]).toArray(), Arrays.stream(senders).map(i -> outs[i][1]).toArray(),
            Arrays.stream(senders).map(i -> outs[i][2]).toArray());
    }
}
