package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.cli.pipeline.ScheduledInference;
import org.axongrid.emulator.core.LoadedSystem;
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
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first two laws for inputs of spikes and for leaky neurons of all kinds, strict thresholds, refractory periods and both resets: for any mapping and
 * number of threads, potentials, readouts and counts are the oracle's. The seed is the test's argument.
 */
class EventsOnChipTest {
    private static final int STEPS = 12;
    private static long spikes;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long s = 1; s <= 30; s++) {
            seeds.add(s);
        }
        return seeds;
    }

    @AfterAll
    static void somethingHappened() {
        assertTrue(spikes > 1000, spikes + " spikes in all");
    }

    private static SpikingNetwork leaky(Network n, Random random) {
        List<Population> populations = new ArrayList<>();
        List<NeuronRule> rules = new ArrayList<>();
        double[][] theta = new double[n.populations().size()][];
        double[][] initialV = new double[theta.length][];
        for (int p = 0; p < theta.length; p++) {
            Population of = n.populations().get(p);
            boolean neurons = p > 0 && p < theta.length - 1;
            populations.add(p == 0 ? new Population(of.name(), of.shape(), Activation.events(), new double[0]) : of);
            Dynamics dynamics = new Dynamics(random.nextInt(2) == 0 ? 0 : random.nextDouble(), random.nextInt(3) == 0 ? 1 : random.nextDouble(),
                1 + random.nextInt(2));
            rules.add(!neurons ? NeuronRule.NONE : random.nextInt(5) == 0 ? NeuronRule.SOFT : NeuronRule.cuba(dynamics, random.nextBoolean()));
            theta[p] = neurons ? new double[] {0.2 + random.nextDouble()} : null;
            initialV[p] = neurons ? new double[] {random.nextBoolean() ? 0 : theta[p][0] / 2} : null;
        }
        Network network = new Network(n.name(), populations, n.projections(), n.kernels());
        return new SpikingNetwork(network, "nir", Schedule.PLAIN, rules, theta, initialV, new double[theta.length][], n.kernels());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chipEqualsOracle(long seed) {
        Random random = new Random(seed);
        SpikingNetwork spiking = leaky(RandomNetworks.of(seed), random);
        ChipSpec preset = ChipSpecs.preset("loihi");
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(preset, 2 + random.nextInt(8), Scales.values()[random.nextInt(3)]));
        int inputs = net.network().input().shape().size();
        int[][] events = new int[STEPS][];
        // Some neurons spike several times in a step.
        Arrays.setAll(events, t -> random.ints(random.nextInt(inputs + 1), 0, inputs).sorted().toArray());
        int populations = net.network().populations().size();
        IntegerOracle oracle = new IntegerOracle(net);
        oracle.events(events);
        oracle.reset(new int[populations][]);
        long[][][] membranes = new long[STEPS + 1][populations][];
        oracle.run(STEPS, (phase, p, step) -> membranes[step][p] = oracle.membranes(p).clone());
        spikes += oracle.spikesTotal();
        for (int i = 0; i < 4; i++) {
            ChipSpec chip = i == 0 ? preset : preset.with(ChipParameter.COMPARTMENTS, 12 + random.nextInt(80)).with(ChipParameter.CHIPS_MAX, 16384);
            chip = i == 3 ? chip.with(ChipParameter.POPULATION_ATOMS_MAX, 1 + random.nextInt(3)).with(ChipParameter.OUTPUT_AXONS, 1 << 20) : chip;
            String strategy = SearchPartitioner.names().get((int) ((seed + i) % SearchPartitioner.names().size()));
            ChipImage image = Mapper.map(net, chip, new Mapper.Options(strategy, Placer.values()[random.nextInt(3)], new Search(seed, 1, 0.02), 100_000))
                .image();
            assertEquals(List.of(), ChipImageValidator.problems(image));
            compare(net, image, events, membranes, oracle, 1 + i % 2, "seed " + seed + ", " + strategy + ", " + image.cores().size() + " cores");
        }
    }

    private static void compare(QuantisedNetwork net, ChipImage image, int[][] events, long[][][] membranes, IntegerOracle oracle, int threads,
                                String place) {
        int[] depths = net.network().depths();
        int shift = image.chip().get(ChipParameter.WEIGHT_SHIFT);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 0), threads)) {
            simulation.listen((step, cores) -> {
                for (int p = 1; p < depths.length; p++) {
                    String name = net.network().populations().get(p).name();
                    Region region = image.regions().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
                    int own = step - depths[p];
                    int fraction = net.rules().get(p).kind() == NeuronRule.Kind.CUBA ? 0 : shift;
                    for (int i = 0; own >= 1 && own <= STEPS && i < region.size(); i++) {
                        int v = cores[region.core()[i]].voltage(region.compartment()[i]) >> fraction;
                        if (v != membranes[own][p][i]) {
                            assertEquals(membranes[own][p][i], v, place + ": " + name + " " + i + " in its step " + own);
                        }
                    }
                }
            });
            InferenceResult result = new ScheduledInference(net, image, i -> new int[depths.length][], i -> events, STEPS).run(simulation, 0);
            long[] sums = new long[oracle.readoutSum().length];
            for (int i = 0; i < result.readout().length; i++) {
                sums[i % sums.length] += result.readout()[i] >> shift;
            }
            EventCounters c = simulation.counters();
            assertArrayEquals(oracle.readoutSum(), sums, place);
            assertEquals(oracle.spikesTotal(), c.spikes, place + ": spikes");
            assertEquals(oracle.synapticOperations(), c.synapticOperationsTotal(), place + ": synaptic operations");
            assertEquals(oracle.saturations(), c.saturations, place + ": saturations");
            assertEquals(oracle.accumulatorWraps(), c.accumulatorWraps, place + ": wraps");
            assertEquals(oracle.activeUpdates(), c.updatesActive, place + ": active updates");
        }
    }
}
