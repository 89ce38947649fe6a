package org.axongrid.emulator.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.StepLog;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.image.ChipImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of crossbar cores: the row scan's order, the fast mode below the cycle mode, and RANC's rate. */
class TrueNorthTimingTest {
    private static final int TICKS = 25;
    private static final StepCosts EVENTS = new StepCosts(14_320, 5_000, 2_000, 3_000, 4_000, new int[] {7_160, 0, 0}, 4_100, 6_500, 2_100);
    /** RANC's N (A + 2) + 3 clocks, of 10 ns each. */
    private static final StepCosts SCAN = new StepCosts(20_000, 20_000, 0, 0, 0, new int[3], 10_000, 10_000, 20_000, 0, 0, 10_000, 30_000, 1);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void fastIsBelowCycleAndTheScanIsInOrder(long seed) {
        ChipImage image = TrueNorthNetworks.image(seed);
        LoadedSystem system = new LoadedSystem(image);
        for (StepCosts costs : new StepCosts[] {EVENTS, SCAN}) {
            NetworkTiming mesh = NetworkTiming.of(costs == SCAN ? 10_000 : 100, 4, costs.hopXPs(), costs.hopYPs(), costs.withinTilePs());
            try (Simulation fast = new Simulation(system, new Timing(mesh.on(costs), 0), 2);
                 Simulation cycle = new Simulation(system, new Timing(mesh.on(costs), 0, mesh), 1)) {
                StepLog fastLog = new StepLog(fast);
                StepLog cycleLog = new StepLog(cycle);
                fast.listen(fastLog);
                cycle.listen(cycleLog.andThen((step, cores) -> inOrder(cores, image, costs, seed)));
                drive(fast, seed);
                drive(cycle, seed);
                assertEquals(fast.counters().spikes, cycle.counters().spikes, "seed " + seed);
                assertEquals(fast.counters().synapticOperationsTotal(), cycle.counters().synapticOperationsTotal(), "seed " + seed);
                assertTrue(fast.times().totalPs <= cycle.times().totalPs, "seed " + seed);
                var slow = cycleLog.take();
                var quick = fastLog.take();
                for (int i = 0; i < TICKS; i++) {
                    assertEquals(quick.get(i).computePs(), slow.get(i).computePs(), "seed " + seed);
                    assertTrue(quick.get(i).totalPs() <= slow.get(i).totalPs(), "seed " + seed + " tick " + i);
                }
            }
        }
    }

    private static void drive(Simulation s, long seed) {
        Random random = new Random(seed);
        int lines = s.image().ports().get(0).first().length - 1;
        s.drive(step -> {
            for (int k = 0; k < 20; k++) {
                s.inject(0, random.nextInt(lines));
            }
        });
        s.runSteps(TICKS);
    }

    private static void inOrder(Neurocore[] cores, ChipImage image, StepCosts costs, long seed) {
        for (int c = 0; c < cores.length; c++) {
            int neurons = image.cores().get(c).compartments();
            int axons = image.cores().get(c).inputAxons();
            Neurocore core = cores[c];
            long total = 0;
            for (Stage stage : Stage.values()) {
                total += stage.isReceiving() ? 0 : core.stagePs(stage);
            }
            assertEquals(core.computePs(), total, "seed " + seed);
            if (costs == SCAN) {
                assertEquals((neurons * (axons + 2L) + 3) * 10_000, core.computePs(), "N (A + 2) + 3 clocks, seed " + seed);
            }
            long[] last = {0, -1};
            core.forEachMessage(new Neurocore.MessageVisitor() {
                @Override
                public void spike(int compartment, long producedPs) {
                    assertTrue(compartment > last[1] && producedPs >= last[0], "seed " + seed);
                    if (costs == SCAN) {
                        assertEquals(((compartment + 1L) * (axons + 2) + 3) * 10_000, producedPs, "seed " + seed);
                    }
                    last[0] = producedPs;
                    last[1] = compartment;
                }

                @Override
                public void message(int destination, int line, int steps, long readyPs) {
                    assertTrue(readyPs >= last[0] && readyPs <= core.computePs(), "seed " + seed);
                    last[0] = readyPs;
                }
            });
        }
    }
}
