package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.Region;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.codegen.ImageBuilder;
import org.axongrid.mapper.hypergraph.network.PlacedNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.IntegerOracle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first two laws: for random networks, any mapping, core limit, chip count and number of threads, each membrane and each spike of each
 * step is the oracle's, and so are the counts. The seed is the test's argument.
 */
class ChipEqualsOracleTest {
    private static final int STEPS = 6;
    private static final Timing TIMING = new Timing(new StepCosts(8400, 5300, 30000, 5100, 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100),
        113_000);

    private static final List<String> STRATEGIES = SearchPartitioner.names();

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long s = 1; s <= 60; s++) {
            seeds.add(s);
        }
        return seeds;
    }

    private static long saturationsMet;
    private static int neuronsFirst;

    /** What the oracle says of one image: by step and population. */
    record Expected(long[][][] membranes, int[][][] spikes, long[] readout, long spikesTotal, long operations, long saturations,
                            long wraps, long active) { }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMembraneAndSpike(long seed) {
        // Compartments with native arithmetic, and the same neurons as microcode.
        everyMembraneAndSpike(seed, ChipSpecs.preset("loihi"), 6);
        everyMembraneAndSpike(seed, ChipSpecs.preset("loihi2"), 4);
    }

    /** Cores dealt to small chips by their traffic: the mapping command's way of placing. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onChipsChosenByTraffic(long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec chip = ChipSpecs.preset("loihi").with(ChipParameter.COMPARTMENTS, 12 + random.nextInt(40)).with(ChipParameter.CHIPS_MAX, 16384)
            .with(ChipParameter.MESH_WIDTH, 1 + random.nextInt(2)).with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(2))
            .with(ChipParameter.CORES_PER_TILE, 1 + random.nextInt(4));
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        NeuronModel neurons = NeuronModel.of(net, chip);
        String strategy = STRATEGIES.get((int) (seed % STRATEGIES.size()));
        Partition partition = new SearchPartitioner(net, chip, neurons, null).partition(strategy, new Search(seed, 1, 0.02));
        PlacedNetwork placed = PlacedNetwork.of(net, chip, neurons, null, partition, CorePlacer.of(seed % 3 == 0 ? "hilbert" : "auto"), 16384, 10,
            new Search(seed, 1, 0.05));
        neuronsFirst += placed.neuronsFirst() ? 1 : 0;
        int cores = placed.partition().cores().size();
        int chips = placed.placement().chips();
        Placement placement = placed.placement();
        assertEquals((partition.cores().size() + chip.coresPerChip() - 1) / chip.coresPerChip(), chips, "no more chips than cores need");
        ChipImage image = ImageBuilder.build(net, chip, neurons, placed.partition(), placement);
        String place = network.name() + ", " + strategy + ", " + cores + " cores on " + chips + " chips";
        assertEquals(List.of(), ChipImageValidator.problems(image), place);
        assertEquals(cores, Arrays.stream(placement.coreOf()).distinct().count(), place);
        assertTrue(Arrays.stream(placement.coreOf()).allMatch(c -> c >= 0 && c < chips * chip.coresPerChip()), place);
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed));
        compare(net, image, biases, expected(net, biases), 2, place);
    }

    /** Registers so narrow that potentials and readouts saturate: the chip clamps where the oracle does, and counts the same. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void narrowRegistersToo(long seed) {
        int narrower = (int) (seed % 4);
        everyMembraneAndSpike(seed, ChipSpecs.preset("loihi").with(ChipParameter.MEMBRANE_BITS, 14 + narrower), 2);
        everyMembraneAndSpike(seed, ChipSpecs.preset("loihi2").with(ChipParameter.MEMBRANE_BITS, 8 + narrower), 2);
    }

    @AfterAll
    static void registersDidSaturate() {
        assertTrue(neuronsFirst > 0, "neurons were never dealt to chips first");
        assertTrue(saturationsMet > 0, "no register ever saturated");
    }

    private static void everyMembraneAndSpike(long seed, ChipSpec preset, int mappings) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        int bits = 2 + random.nextInt(8);
        Scales scales = Scales.values()[random.nextInt(3)];
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(preset, bits, scales));
        double[] image = RandomNetworks.image(network, seed);
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(image);
        Expected expected = expected(net, biases);
        saturationsMet += expected.saturations();
        for (int i = 0; i < mappings; i++) {
            ChipSpec chip = chip(preset, random, i);
            String strategy = STRATEGIES.get((int) ((seed + i) % STRATEGIES.size()));
            Placer placer = Placer.values()[random.nextInt(3)];
            Mapper.Options options = new Mapper.Options(strategy, placer, new Search(seed + i, 1, 0.02), 100_000);
            ChipImage mapped = Mapper.map(net, chip, i == 1 ? options.with(CorePlacer.of("auto")) : options).image();
            int threads = new int[] {1, 2, 4}[i % 3];
            String place = network.name() + " on " + preset.name() + ", " + bits + " bits, " + strategy + ", " + placer + ", "
                + mapped.cores().size() + " cores on " + mapped.chips() + " chips, " + threads + " threads";
            assertEquals(List.of(), ChipImageValidator.problems(mapped), place);
            compare(net, mapped, biases, expected, threads, place);
        }
    }

    /** Narrower and narrower cores, and chips of few cores, so that layers are cut and spread over chips. */
    private static ChipSpec chip(ChipSpec preset, Random random, int i) {
        if (i == 0) {
            return preset;
        }
        ChipSpec narrow = preset.with(ChipParameter.COMPARTMENTS, 12 + random.nextInt(80)).with(ChipParameter.CHIPS_MAX, 16384);
        if (i >= 3) {
            narrow = narrow.with(ChipParameter.MESH_WIDTH, 1 + random.nextInt(3)).with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(2))
                .with(ChipParameter.CORES_PER_TILE, 1 + random.nextInt(3));
        }
        return i == 5 ? narrow.with(ChipParameter.POPULATION_ATOMS_MAX, 3).with(ChipParameter.OUTPUT_AXONS, 1 << 20) : narrow;
    }

    static Expected expected(QuantisedNetwork net, int[][] biases) {
        IntegerOracle oracle = new IntegerOracle(net);
        int populations = net.network().populations().size();
        long[][][] membranes = new long[STEPS + 1][populations][];
        int[][][] spikes = new int[STEPS + 1][populations][];
        oracle.reset(biases);
        for (int t = 1; t <= STEPS; t++) {
            oracle.step();
            for (int p = 1; p < populations; p++) {
                membranes[t][p] = oracle.membranes(p).clone();
                spikes[t][p] = Arrays.copyOf(oracle.spikes(p), oracle.spikeCount(p));
            }
        }
        return new Expected(membranes, spikes, oracle.readoutSum().clone(), oracle.spikesTotal(), oracle.synapticOperations(),
            oracle.saturations(), oracle.accumulatorWraps(), oracle.activeUpdates());
    }

    static void compare(QuantisedNetwork net, ChipImage image, int[][] biases, Expected expected, int threads, String place) {
        int[] depths = net.network().depths();
        int shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMING, threads)) {
            for (int r = 0; r < simulation.inputs().size(); r++) {
                int p = population(net, simulation.inputs().get(r));
                int step = net.biasStep()[p];
                simulation.writeBiases(r, Arrays.stream(biases[p]).map(b -> b / step).toArray());
            }
            simulation.listen((t, cores) -> {
                List<BitSet> fired = new ArrayList<>();
                for (Neurocore core : cores) {
                    BitSet of = new BitSet();
                    for (int s = 0; s < core.spikeCount(); s++) {
                        of.set(core.spikes()[s]);
                    }
                    fired.add(of);
                }
                for (Region region : image.regions()) {
                    int p = population(net, region);
                    int own = t - depths[p];
                    if (own < 1 || own > STEPS) {
                        continue;
                    }
                    BitSet spikes = new BitSet();
                    for (int i : expected.spikes()[own][p]) {
                        spikes.set(i);
                    }
                    for (int i = 0; i < region.size(); i++) {
                        if (fired.get(region.core()[i]).get(region.compartment()[i]) != spikes.get(i)) {
                            throw new AssertionError(place + ": spike of " + region.name() + " " + i + " in its step " + own);
                        }
                        int v = cores[region.core()[i]].voltage(region.compartment()[i]);
                        if (v >> shift != expected.membranes()[own][p][i]) {
                            assertEquals(expected.membranes()[own][p][i], v >> shift, place + ": membrane of " + region.name() + " " + i
                                + " in its step " + own);
                        }
                    }
                }
            });
            InferenceResult result = simulation.run(0, STEPS);
            long[] sums = new long[expected.readout().length];
            for (int i = 0; i < result.readout().length; i++) {
                sums[i % sums.length] += result.readout()[i] >> shift;
            }
            EventCounters c = simulation.counters();
            assertTrue(Arrays.equals(expected.readout(), sums), place + ": readout");
            assertEquals(expected.spikesTotal(), c.spikes, place + ": spikes");
            assertEquals(expected.operations(), c.synapticOperationsTotal(), place + ": synaptic operations");
            assertEquals(expected.saturations(), c.saturations, place + ": saturations");
            assertEquals(expected.wraps(), c.accumulatorWraps, place + ": wraps");
            // A register clamped at its upper end moves by a fraction of a weight step, which the oracle's units do not show.
            long moved = c.updatesActive + c.programmedActive - expected.active();
            assertTrue(moved >= 0 && moved <= (shift == 0 ? 0 : expected.saturations()), place + ": active updates, " + moved + " too many");
            assertEquals(c.messages, c.messagesReceived, place + ": messages");
        }
    }

    private static int population(QuantisedNetwork net, Region region) {
        for (int p = 1; p < net.network().populations().size(); p++) {
            String name = net.network().populations().get(p).name();
            if (region.name().equals(name) || region.name().equals(name + ".input")) {
                return p;
            }
        }
        throw new AssertionError(region.name());
    }
}
