package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cores that are left out while they rest, and steps that are left out while all do, change nothing: spikes, voltages, counts and times are those of
 * {@link Kernels#PLAIN}, which leaves nothing out, whoever looks and whatever the host does. The seed is the test's argument.
 */
class QuietCoresTest {
    private static final int STEPS = 80;
    private static final int RUNS = 3;
    private static final int WINDOW = 40;
    private static final NetworkTiming MESH = NetworkTiming.of(100, 4, 400, 600, 200);

    /** Who looks. */
    private enum Eyes { NOBODY, EACH_STEP, SPIKES }

    /** What a run showed, and how often somebody looked. */
    private record Seen(List<long[]> rows, int calls) { }

    static LongStream seeds() {
        return LongStream.range(0, 6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void recurrentNetworks(long seed) {
        same(QuietNetworks.image(seed, false), seed, seed % 4 == 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void layeredNetworks(long seed) {
        same(QuietNetworks.image(seed, true), seed, seed % 4 == 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void crossbarNetworks(long seed) {
        same(TrueNorthNetworks.quiet(seed), seed, seed % 4 == 1);
    }

    @Test
    void aReadoutKeepsItsVoltageThroughSilentSteps() {
        int limit = (1 << 23) - 1;
        NeuronProfile profile = new NeuronProfile(4096, 0, 0, NeuronProfile.Reset.NONE, 1, -limit, limit, 0, 1);
        SynapseFormat format = new SynapseFormat(SynapseFormat.Compression.DENSE, SynapseFormat.SignMode.MIXED, 8, 0, 0, 1, false);
        SynapseListWriter writer = new SynapseListWriter(60);
        writer.dense(1, format, 0, new int[] {40}, 0, 1, 0);
        long[] list = writer.toWords();
        LoihiCoreImage core = new LoihiCoreImage(0, List.of(profile), new byte[1], new int[1], new int[1], List.of(format), list, new int[1],
            new int[] {list.length}, new int[] {1}, new int[1], new int[0], new int[0], new int[1], new int[0], new int[0], new int[0]);
        ChipImage image = new ChipImage("one", ChipSpecs.preset("loihi"), 1, List.of(core),
            List.of(new Region("out", Region.Role.READOUT, new int[1], new int[1])),
            List.of(new SpikePort("in", new int[] {0, 1}, new int[1], new int[1], new int[1])), 0, Arithmetic.NENGO_LOIHI);
        int[] calls = new int[1];
        try (Simulation simulation = new Simulation(new LoadedSystem(image), new Timing(StepCosts.NONE, 7), 1)) {
            simulation.drive(new Simulation.StepDriver() {
                @Override
                public void beforeStep(int step) {
                    calls[0]++;
                    simulation.inject(0, 0);
                }

                @Override
                public int nextStep(int from) {
                    return (from + 99) / 100 * 100;
                }
            });
            int[] readout = simulation.run(0, 1_000).readout();
            assertEquals(1_000, readout.length);
            for (int t = 1; t <= readout.length; t++) {
                assertEquals(t / 100 * (40 << 6), readout[t - 1], "step " + t);
            }
            assertEquals(10, calls[0]);
            // Four compartments are visited together.
            assertEquals(4 * 1_000 - 10, simulation.counters().updatesIdle);
            assertEquals(10, simulation.counters().updatesActive);
            assertEquals(7_000, simulation.times().totalPs);
        }
    }

    /** Of the engine's StepSharing. */
    private static final String STEP_PATIENCE = "axongrid.stepPatience";

    private static void same(ChipImage image, long seed, boolean cycle) {
        Random random = new Random(seed);
        StepCosts free = new StepCosts(300 + random.nextInt(400), 200 + random.nextInt(300), 110, 130, 90,
            new int[] {7, 11, 13}, 400, 600, 200, 0, 3, 0, 50, 1);
        Timing timing = cycle ? new Timing(MESH.on(free), 1_000, MESH) : new Timing(free, 1_000);
        String set = System.getProperty(Kernels.PROPERTY);
        // As it comes, changing over between one and all workers in each step, and never.
        long[] patience = {20_000, -1, Long.MAX_VALUE};
        System.setProperty(STEP_PATIENCE, Long.toString(patience[(int) (seed % patience.length)]));
        try {
            for (Eyes eyes : Eyes.values()) {
                System.setProperty(Kernels.PROPERTY, Kernels.PLAIN.key());
                Seen plain = run(image, timing, eyes, 1, seed);
                System.setProperty(Kernels.PROPERTY, Kernels.FAST.key());
                for (int workers = 1; workers <= (seed == 3 ? 3 : 2); workers++) {
                    Seen fast = run(image, timing, eyes, workers, seed);
                    String where = "seed " + seed + ", " + eyes + ", " + workers + " workers, row ";
                    for (int i = 0; i < Math.min(plain.rows.size(), fast.rows.size()); i++) {
                        assertArrayEquals(plain.rows.get(i), fast.rows.get(i), where + i);
                    }
                    assertEquals(plain.rows.size(), fast.rows.size(), where);
                    assertTrue(eyes == Eyes.SPIKES ? fast.calls <= plain.calls : fast.calls == plain.calls, where);
                }
            }
        } finally {
            System.clearProperty(STEP_PATIENCE);
            if (set == null) {
                System.clearProperty(Kernels.PROPERTY);
            } else {
                System.setProperty(Kernels.PROPERTY, set);
            }
        }
    }

    private static Seen run(ChipImage image, Timing timing, Eyes eyes, int workers, long seed) {
        List<long[]> rows = new ArrayList<>();
        int[] calls = new int[1];
        Random host = new Random(seed);
        try (Simulation simulation = new Simulation(new LoadedSystem(image), timing, workers)) {
            if (eyes == Eyes.EACH_STEP && seed % 3 == 0) {
                simulation.observeCurrents();
            }
            simulation.listen(eyes == Eyes.NOBODY ? null : listener(simulation, eyes, rows, calls));
            for (int r = 0; r < RUNS; r++) {
                int run = r;
                simulation.drive(driver(simulation, new Random(seed * RUNS + run), eyes, run));
                if (!simulation.inputs().isEmpty() && r > 0) {
                    // Often nothing at all: whole runs are silent.
                    int most = r == 1 ? 1 : 9_000;
                    simulation.writeBiases(0, host.ints(simulation.inputs().get(0).size(), 0, most).toArray());
                }
                if (image.regions().stream().anyMatch(g -> g.role() == Region.Role.READOUT)) {
                    InferenceResult result = r == 0 ? simulation.run(r, WINDOW) : simulation.run(r, WINDOW, WINDOW + image.depth() + 30);
                    rows.add(Arrays.stream(fields(result)).toArray());
                } else {
                    simulation.runSteps(STEPS);
                }
                Stream.of(simulation.coreCounters()).forEach(c -> rows.add(fields(c)));
                rows.add(fields(simulation.counters()));
                rows.add(fields(simulation.times()));
            }
        }
        return new Seen(rows, calls[0]);
    }

    private static Simulation.StepListener listener(Simulation simulation, Eyes eyes, List<long[]> rows, int[] calls) {
        EventCounters[] live = simulation.coreCounters();
        return new Simulation.StepListener() {
            @Override
            public void stepEnded(int step, Neurocore[] cores) {
                calls[0]++;
                LongStream.Builder all = LongStream.builder();
                all.add(step);
                int spikes = 0;
                for (int c = 0; c < cores.length; c++) {
                    Neurocore core = cores[c];
                    spikes += core.spikeCount();
                    all.add(c);
                    Arrays.stream(core.spikes(), 0, core.spikeCount()).forEach(all::add);
                    all.add(core.computePs()).add(core.drainPs()).add(core.receivePs()).add(core.waiting());
                    for (Stage stage : Stage.values()) {
                        all.add(core.stagePs(stage));
                    }
                    core.forEachMessage((destination, line, steps, ready) -> all.add(line).add(ready));
                    for (int i = 0; i < core.spikes.length; i++) {
                        all.add(core.voltage(i));
                    }
                    all.add(live[c].updatesIdle).add(live[c].updatesActive).add(live[c].messagesReceived);
                }
                if (eyes == Eyes.EACH_STEP || spikes > 0) {
                    rows.add(all.build().toArray());
                }
            }

            @Override
            public boolean hearsSilence() {
                return eyes == Eyes.EACH_STEP;
            }
        };
    }

    /** Does something now and then, with long silences between; in every second run it says so beforehand. */
    private static Simulation.StepDriver driver(Simulation simulation, Random random, Eyes eyes, int run) {
        ChipImage image = simulation.image();
        boolean ports = !image.ports().isEmpty();
        if (eyes == Eyes.NOBODY && run == 0 && !ports) {
            return null;
        }
        boolean[] busy = new boolean[STEPS + 1];
        for (int k = 0; k < 5; k++) {
            int from = 1 + random.nextInt(STEPS);
            Arrays.fill(busy, from, Math.min(STEPS + 1, from + 1 + random.nextInt(6)), true);
        }
        return new Simulation.StepDriver() {
            @Override
            public void beforeStep(int step) {
                if (step > STEPS || !busy[step]) {
                    return;
                }
                for (int k = random.nextInt(4); ports && k > 0; k--) {
                    simulation.inject(0, random.nextInt(image.ports().get(0).first().length - 1));
                }
                if (!image.regions().isEmpty() && random.nextInt(6) == 0) {
                    simulation.clear(image.regions().get(random.nextInt(2)));
                }
                if (!image.regions().isEmpty() && random.nextInt(2) == 0) {
                    simulation.writeBiases(0, random.ints(simulation.inputs().get(0).size(), 0, random.nextInt(3) > 0 ? 1 : 9_000).toArray());
                }
            }

            @Override
            public int nextStep(int from) {
                int step = from;
                while (run > 0 && step <= STEPS && !busy[step]) {
                    step++;
                }
                return step > STEPS ? Integer.MAX_VALUE : step;
            }
        };
    }

    /** All numbers that a public field or a record's component has. */
    private static long[] fields(Object of) {
        if (of instanceof InferenceResult result) {
            return LongStream.concat(LongStream.of(result.latencyPs()), Arrays.stream(result.readout()).asLongStream()).toArray();
        }
        return Arrays.stream(of.getClass().getFields()).flatMapToLong(f -> {
            Object value = value(f, of);
            return value instanceof long[] many ? Arrays.stream(many) : LongStream.of((long) value);
        }).toArray();
    }

    private static Object value(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
