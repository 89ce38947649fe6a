package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.layer.LayeredRunner;
import org.axongrid.emulator.layer.LayeredSystem;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.schedule.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A data set run layer by layer, in batches of any size on any number of threads, gives what its images give one by one on the cores: each readout of each step,
 * each emulated time, each count of each core. For every method, random networks, mappings and chips; the seed is in the message.
 */
class LayersEqualCoresTest {
    static final List<String> METHODS = Methods.names();
    private static final int IMAGES = 5;
    private static final Map<String, Integer> RAN = new TreeMap<>();

    @ParameterizedTest
    @FieldSource("METHODS")
    void batchesEqualSingleImages(String method) {
        for (long seed = 1; seed <= 14; seed++) {
            try {
                compare(method, seed, ChipSpecs.preset("loihi2"));
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().contains(method.replaceAll("-.*", "")) || e.getMessage().contains("layer"), e.getMessage());
            }
        }
    }

    @org.junit.jupiter.api.Test
    void nativeCompartmentsToo() {
        for (long seed = 1; seed <= 60; seed++) {
            ChipSpec chip = ChipSpecs.preset("loihi");
            compare("qcfs", seed, seed % 3 == 0 ? chip.with(ChipParameter.SOFT_RESET_COMPARTMENTS, 2)
                : seed % 3 == 1 ? chip.with(ChipParameter.MEMBRANE_BITS, 14).with(ChipParameter.SPIKE_MULTICAST, 1) : chip);
        }
    }

    @AfterAll
    static void mostRan() {
        assertTrue(RAN.getOrDefault("qcfs on loihi", 0) >= 100, RAN.toString());
        assertTrue(RAN.getOrDefault("qcfs on loihi2", 0) >= 20, RAN.toString());
        assertTrue(RAN.size() >= 10, RAN.toString());
    }

    private static void compare(String method, long seed, ChipSpec preset) {
        Random random = new Random(seed);
        Network network = RandomNetworks.of(seed);
        Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length), 8, 8, seed);
        int steps = 1 + random.nextInt(7);
        SpikingNetwork spiking = Methods.named(method).convert(network, Math.max(steps, 4), calibration);
        int bits = 2 + random.nextInt(7);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(preset, bits, Scales.values()[random.nextInt(3)]));
        int[][][] biases = new int[IMAGES][][];
        InputEncoder encoder = new InputEncoder(net, spiking.kernels(), 4095);
        for (int i = 0; i < IMAGES; i++) {
            int[][] units = encoder.encode(RandomNetworks.image(network, seed + i));
            List<int[]> regions = new ArrayList<>();
            for (int p = 1; p < units.length; p++) {
                if (net.isAnalog(p)) {
                    int step = net.biasStep()[p];
                    regions.add(Arrays.stream(units[p]).map(b -> b / step).toArray());
                }
            }
            biases[i] = regions.toArray(int[][]::new);
        }
        List<String> strategies = SearchPartitioner.names();
        for (int m = 0; m < 3; m++) {
            ChipSpec chip = m == 0 ? preset : preset.with(ChipParameter.COMPARTMENTS, 12 + random.nextInt(60)).with(ChipParameter.MESH_WIDTH, 2)
                .with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(2)).with(ChipParameter.CHIPS_MAX, 16384)
                .with(ChipParameter.POPULATION_ATOMS_MAX, m == 2 ? 3 : preset.get(ChipParameter.POPULATION_ATOMS_MAX))
                .with(ChipParameter.OUTPUT_AXONS, 1 << 20);
            String strategy = strategies.get((int) ((seed + m) % strategies.size()));
            ChipImage image = Mapper.map(net, chip, new Mapper.Options(strategy, Placer.values()[m], new Search(seed, 1, 0.02), 16384)).image();
            String place = method + " on " + preset.name() + ", seed " + seed + ", mapping " + m + " (" + strategy + ")";
            assertEquals(List.of(), ChipImageValidator.problems(image), place);
            if (net.schedule().order() == Schedule.Order.LOCKSTEP && LayeredSystem.refusal(image) == null) {
                compare(image, biases, steps + net.schedule().preparation(), random, place);
                RAN.merge(method + " on " + preset.name(), 1, Integer::sum);
            }
        }
    }

    private static void compare(ChipImage image, int[][][] biases, int window, Random random, String place) {
        StepCosts costs = new StepCosts(8400, 5300, 30000, 1000 + random.nextInt(4000), 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100, 700, 2300, 0, 900,
            5000, 1 + random.nextInt(900));
        Timing timing = new Timing(costs, 113_000);
        DataSetRunner cores = new DataSetRunner(new LoadedSystem(image), timing);
        InferenceResult[] expected = new InferenceResult[IMAGES];
        cores.run(IMAGES, 1, DataSetRunner.Parallelism.IMAGES, () -> (simulation, index) -> {
            for (int r = 0; r < biases[index].length; r++) {
                simulation.writeBiases(r, biases[index][r]);
            }
            return simulation.run(index, window);
        }, r -> expected[r.index()] = r);
        for (int batch = 1; batch <= IMAGES; batch += 1 + random.nextInt(3)) {
            int threads = 1 + random.nextInt(3);
            String where = place + ", batches of " + batch + ", " + threads + " threads: ";
            LayeredRunner layers = new LayeredRunner(new LayeredSystem(image), timing);
            InferenceResult[] found = new InferenceResult[IMAGES];
            layers.run(IMAGES, threads, batch, window, () -> index -> biases[index], r -> found[r.index()] = r);
            for (int i = 0; i < IMAGES; i++) {
                assertArrayEquals(expected[i].readout(), found[i].readout(), where + "readout of image " + i);
            }
            for (int c = 0; c < image.cores().size(); c++) {
                assertCounts(cores.coreCounters()[c], layers.coreCounters()[c], where + "core " + c + " ");
            }
            assertCounts(cores.counters(), layers.counters(), where);
            for (int i = 0; i < IMAGES; i++) {
                assertEquals(expected[i].latencyPs(), found[i].latencyPs(), where + "time of image " + i);
            }
            assertTimes(cores.times(), layers.times(), where);
        }
    }

    private static void assertCounts(EventCounters expected, EventCounters found, String where) {
        assertFields(expected, found, where);
    }

    private static void assertTimes(StepTimes expected, StepTimes found, String where) {
        assertFields(expected, found, where);
    }

    private static void assertFields(Object expected, Object found, String where) {
        try {
            for (Field f : expected.getClass().getFields()) {
                if (!Modifier.isStatic(f.getModifiers()) && f.getType().isArray()) {
                    assertArrayEquals((long[]) f.get(expected), (long[]) f.get(found), where + f.getName());
                } else if (!Modifier.isStatic(f.getModifiers())) {
                    assertEquals(f.get(expected), f.get(found), where + f.getName());
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
