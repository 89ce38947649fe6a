package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.cli.pipeline.ChipNetwork;
import org.axongrid.cli.pipeline.CrossbarInference;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.Region;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.truenorth.CrossbarPartition;
import org.axongrid.mapper.truenorth.CrossbarPlacer;
import org.axongrid.mapper.truenorth.TrueNorthMapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first two laws on cores with a binary crossbar: each spike and potential of each neuron, of each of its copies, and each readout is the integer
 * oracle's, for random networks, orders, placers, core sizes, chips and threads. The seed is the test's argument.
 */
class CrossbarEqualsOracleTest {
    private static final int STEPS = 6;
    private static final List<String> METHODS = List.of("qcfs", "opi", "rmp", "tcl", "rts", "norm", "norm:hard=1", "snnc-light", "snnc-potential",
        "ttrbr");
    private static int split;
    private static int twice;
    private static int whole;
    private static int shortcuts;
    private static int severalChips;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySpikeAndPotential(long seed) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        String method = METHODS.get((int) (seed % METHODS.size()));
        Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length), 8, 8, seed);
        SpikingNetwork spiking;
        try {
            spiking = Methods.named(method).convert(network, STEPS, calibration);
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().contains("no neuron of it is active"), e.getMessage());
            return;
        }
        ChipSpec chip = ChipSpecs.preset("truenorth");
        int bits = 2 + random.nextInt(2);
        QuantisedNetwork net = DigitQuantiser.quantise(spiking, chip, bits);
        int[][] biases = new InputEncoder(net, spiking.kernels(), ChipNetwork.biasLimit(chip)).encode(RandomNetworks.image(network, seed));
        for (int i = 0; i < 3; i++) {
            ChipSpec cores = chip;
            if (i > 0) {
                cores = chip.with(ChipParameter.INPUT_AXONS, 48 + random.nextInt(100)).with(ChipParameter.COMPARTMENTS, 20 + random.nextInt(200))
                    .with(ChipParameter.MESH_WIDTH, 1 + random.nextInt(12)).with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(12))
                    .with(ChipParameter.ADDRESS_REACH, 1 << 16).with(ChipParameter.CHIPS_MAX, 16384);
            }
            String strategy = CrossbarPartition.names().get((int) ((seed + i) % CrossbarPartition.names().size()));
            String placer = CrossbarPlacer.names().get(random.nextInt(CrossbarPlacer.names().size()));
            String place = network.name() + ", " + method + ", " + bits + " bits, " + strategy + ", " + placer + ", "
                + cores.get(ChipParameter.INPUT_AXONS) + " axons, " + cores.get(ChipParameter.COMPARTMENTS) + " neurons";
            TrueNorthMapping mapping;
            try {
                CrossbarPartition partition = CrossbarPartition.of(net, cores, strategy, cores.get(ChipParameter.CHIPS_MAX), seed);
                mapping = partition.on(CrossbarPlacer.place(partition, partition.traffic(null), cores, cores.get(ChipParameter.CHIPS_MAX), placer, 10, seed,
                    0.01));
            } catch (InvalidInputException e) {
                assertTrue(i > 0 && e.getMessage().startsWith("layer ") && e.getMessage().contains("limit"), place + ": " + e.getMessage());
                continue;
            }
            List<String> problems = ChipImageValidator.problems(mapping.image());
            assertEquals(List.of(), problems, place);
            compare(net, mapping, biases, 1 + i % 2, place);
            for (int p = 2; p < mapping.depths().length - 1; p++) {
                int before = mapping.depths()[p - 1] + (net.isAnalog(p - 1) ? 1 : 0);
                twice += mapping.depths()[p] == before + 5 ? 1 : 0;
                split += mapping.depths()[p] > before + 1 ? 1 : 0;
                whole += mapping.depths()[p] == before + 1 ? 1 : 0;
            }
            shortcuts += network.projections().size() >= network.populations().size() ? 1 : 0;
            severalChips += mapping.image().chips() > 1 ? 1 : 0;
        }
    }

    @AfterAll
    static void allKindsWereThere() {
        assertTrue(split > 3 && twice > 0 && whole > 10 && shortcuts > 10 && severalChips > 10, split + " and " + twice + " doubly split layers, " + whole + " whole ones, " + shortcuts
            + " networks with shortcuts, " + severalChips + " mappings on several chips");
    }

    private static void compare(QuantisedNetwork net, TrueNorthMapping mapping, int[][] biases, int threads, String place) {
        int populations = net.network().populations().size();
        long[][][] membranes = new long[STEPS + 1][populations][];
        int[][][] spikes = new int[STEPS + 1][populations][];
        int classes = net.network().readout().shape().size();
        int[] readouts = new int[STEPS * classes];
        IntegerOracle oracle = new IntegerOracle(net);
        oracle.reset(biases);
        for (int t = 1; t <= STEPS; t++) {
            oracle.step();
            for (int p = 1; p < populations; p++) {
                membranes[t][p] = oracle.membranes(p).clone();
                spikes[t][p] = Arrays.copyOf(oracle.spikes(p), oracle.spikeCount(p));
            }
            for (int c = 0; c < classes; c++) {
                readouts[(t - 1) * classes + c] = Math.toIntExact(oracle.membranes(populations - 1)[c]);
            }
        }
        List<String> names = new ArrayList<>();
        net.network().populations().forEach(p -> names.add(p.name()));
        try (Simulation simulation = new Simulation(new LoadedSystem(mapping.image()), new Timing(StepCosts.NONE, 0), threads)) {
            simulation.listen((step, cores) -> {
                for (Region region : mapping.image().regions()) {
                    int p = names.indexOf(region.name());
                    int own = p < 1 ? 0 : step - mapping.depths()[p];
                    if (own >= 1 && own <= STEPS && p < populations - 1) {
                        compare(region, cores, membranes[own][p], spikes[own][p], place + ": step " + own + " of " + region.name());
                    }
                }
            });
            InferenceResult result = new CrossbarInference(net, mapping, i -> biases, STEPS).run(simulation, 0);
            assertArrayEquals(readouts, result.readout(), place);
            assertEquals(0, simulation.counters().mergedArrivals, place);
            assertEquals(simulation.counters().hostBiasWrites, mapping.inputs().stream().mapToInt(i -> i.length).sum(), place);
        }
    }

    private static void compare(Region region, Neurocore[] cores, long[] membranes, int[] spikes, String place) {
        for (int i = 0; i < region.size(); i++) {
            Neurocore core = cores[region.core()[i]];
            boolean fired = Arrays.binarySearch(core.spikes(), 0, core.spikeCount(), region.compartment()[i]) >= 0;
            if (fired != Arrays.binarySearch(spikes, i) >= 0 || core.voltage(region.compartment()[i]) != membranes[i]) {
                throw new AssertionError(place + ", neuron " + i + ": v " + core.voltage(region.compartment()[i]) + ", expected " + membranes[i]
                    + (fired ? ", spike" : ", no spike"));
            }
        }
    }
}
