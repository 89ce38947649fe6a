package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.junit.jupiter.api.Test;

/** Holds the core, by plain kernels and by fast ones, to the plainest: each potential, spike, output event and count of random networks, by
 * one to four workers. */
class TrueNorthCoreTest {
    private static final int TICKS = 60;
    private static final Timing TIMELESS = new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0);

    @Test
    void equalsThePlainReference() {
        long spikes = 0;
        long words = 0;
        long saturations = 0;
        long merged = 0;
        for (long seed = 0; seed < 80; seed++) {
            ChipImage image = TrueNorthNetworks.image(seed);
            ChipImageValidator.validate(image);
            TrueNorthReference reference = new TrueNorthReference(image.trueNorthCores(), 16);
            List<int[]> expected = new ArrayList<>();
            int[][] input = input(seed, image.ports().get(0).lines());
            for (int t = 0; t < TICKS; t++) {
                for (int line : input[t]) {
                    reference.arrive(t, image.ports().get(0).core()[line], image.ports().get(0).axon()[line]);
                }
                reference.tick(t);
                expected.add(state(reference));
            }
            int workers = 1 + (int) (seed % 4);
            equal(reference, expected, image, input, Kernels.PLAIN, 1, 1, "seed " + seed + ", plain kernels, ");
            // The second run shows that a reset forgets everything.
            equal(reference, expected, image, input, Kernels.FAST, workers, 2, "seed " + seed + ", fast kernels, " + workers + " workers, ");
            spikes += reference.spikeCount;
            words += Arrays.stream(reference.words).sum();
            saturations += reference.saturations;
            merged += reference.merged;
        }
        assertTrue(spikes > 100_000 && words > 1_000_000 && saturations > 1000 && merged > 10_000,
            spikes + " spikes, " + words + " words, " + saturations + " saturations, " + merged + " merged");
    }

    private static void equal(TrueNorthReference reference, List<int[]> expected, ChipImage image, int[][] input, Kernels kernels, int workers, int runs,
                              String place) {
        try (Simulation simulation = new Simulation(load(image, kernels), TIMELESS, workers)) {
            for (int run = 0; run < runs; run++) {
                EventCounters before = simulation.counters();
                long[] found = new long[2];
                simulation.drive(step -> Arrays.stream(input[step - 1]).forEach(line -> simulation.inject(0, line)));
                simulation.listen((step, cores) -> {
                    assertArrayEquals(expected.get(step - 1), state(cores), () -> place + "tick " + (step - 1));
                    if (step == TICKS) {
                        found[0] = Arrays.stream(cores).mapToLong(c -> ((TrueNorthCore) c).mergedArrivals(step)).sum();
                        assertArrayEquals(reference.words, Arrays.stream(cores).mapToLong(c -> ((TrueNorthCore) c).randomWords()).toArray(), place);
                    }
                });
                simulation.runSteps(TICKS);
                EventCounters counters = simulation.counters();
                assertEquals(reference.synapticEvents, counters.synapticOperationsTotal() - before.synapticOperationsTotal(), place);
                assertEquals(reference.spikeCount, counters.spikes - before.spikes, place);
                assertEquals(reference.merged, found[0], place);
                assertEquals(reference.saturations, counters.saturations - before.saturations, place);
                assertEquals(Arrays.stream(reference.words).sum(), counters.randomWords - before.randomWords, place);
                int rows = image.compartments() * TICKS;
                assertEquals(rows, counters.updatesActive + counters.updatesIdle - before.updatesActive - before.updatesIdle, place);
            }
        }
    }

    private static LoadedSystem load(ChipImage image, Kernels kernels) {
        String set = System.getProperty(Kernels.PROPERTY);
        System.setProperty(Kernels.PROPERTY, kernels.key());
        try {
            return new LoadedSystem(image);
        } finally {
            if (set == null) {
                System.clearProperty(Kernels.PROPERTY);
            } else {
                System.setProperty(Kernels.PROPERTY, set);
            }
        }
    }

    /** From a single spike to all axons, so that rows are walked and columns are counted; single spikes twice, so that some merge. */
    private static int[][] input(long seed, int lines) {
        Random random = new Random(seed);
        int[][] input = new int[TICKS][];
        double rate = Math.pow(random.nextDouble(), 3);
        for (int t = 0; t < TICKS; t++) {
            input[t] = t % 9 == 5 ? IntStream.generate(() -> random.nextInt(lines)).limit(2).toArray()
                : IntStream.range(0, lines).filter(l -> random.nextDouble() < rate).toArray();
        }
        return input;
    }

    private static int[] state(TrueNorthReference reference) {
        IntStream.Builder all = IntStream.builder();
        for (int c = 0; c < reference.v.length; c++) {
            all.add(Integer.MIN_VALUE);
            Arrays.stream(reference.v[c]).forEach(all::add);
            reference.spikes.get(c).forEach(all::add);
            for (int[] o : reference.outputs) {
                if (o[0] == c) {
                    all.add(o[1]).add(o[2]);
                }
            }
        }
        return all.build().toArray();
    }

    private static int[] state(Neurocore[] cores) {
        IntStream.Builder all = IntStream.builder();
        for (Neurocore core : cores) {
            all.add(Integer.MIN_VALUE);
            for (int j = 0; j < core.spikes().length; j++) {
                all.add(core.voltage(j));
            }
            for (int s = 0; s < core.spikeCount(); s++) {
                all.add(core.spikes()[s]);
            }
            ((TrueNorthCore) core).forEachOutput((neuron, pin) -> all.add(neuron).add(pin));
        }
        return all.build().toArray();
    }

    @Test
    void hopsAreCountedByPlace() {
        long seed = 0;
        while (TrueNorthNetworks.image(seed).cores().size() < 4) {
            seed++;
        }
        ChipImage image = TrueNorthNetworks.image(seed);
        long[] expected = new long[4];
        try (Simulation simulation = new Simulation(new LoadedSystem(image), TIMELESS, 1)) {
            int[][] input = input(5, image.ports().get(0).lines());
            simulation.drive(step -> Arrays.stream(input[step - 1]).forEach(line -> simulation.inject(0, line)));
            simulation.listen((step, cores) -> {
                for (int c = 0; c < cores.length; c++) {
                    TrueNorthCoreImage from = image.trueNorthCores().get(c);
                    for (int s = 0; s < cores[c].spikeCount(); s++) {
                        int to = from.destCore()[cores[c].spikes()[s]];
                        if (to >= 0) {
                            expected[0]++;
                            expected[1] += Math.abs(to % 64 - from.core() % 64);
                            expected[2] += Math.abs(to / 64 - from.core() / 64);
                            expected[3] += to == from.core() ? 1 : 0;
                        }
                    }
                }
            });
            simulation.runSteps(TICKS);
            EventCounters n = simulation.counters();
            assertArrayEquals(expected, new long[] {n.messages, n.hopsX, n.hopsY, n.messagesWithinTile});
            assertTrue(n.hopsX > 0 && n.hopsY > 0 && n.messagesWithinTile > 0);
        }
    }
}
