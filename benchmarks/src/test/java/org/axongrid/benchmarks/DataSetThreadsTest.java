package org.axongrid.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.DataSetRunner.Parallelism;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However threads are used, and dealt cores anew, a data set gives the same results, counts and times. */
class DataSetThreadsTest {
    private static final int INPUTS = 5;
    private static final int STEPS = 20;

    @Test
    void useOfThreadsChangesNothing() {
        ChipImage image = RecurrentNet.image(4096, 64, 4);
        LoadedSystem system = new LoadedSystem(image);
        Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
        DataSetRunner one = new DataSetRunner(system, timing);
        long[] expected = run(one, 1, Parallelism.CORES);
        assertTrue(one.counters().spikes > STEPS, "nothing fires");
        for (Parallelism how : Parallelism.values()) {
            for (int threads = 1; threads <= 3; threads++) {
                DataSetRunner other = new DataSetRunner(system, timing);
                String what = how + ", " + threads + " threads";
                assertArrayEquals(expected, run(other, threads, how), what);
                assertEquals(text(one.counters()), text(other.counters()), what);
                assertEquals(Arrays.stream(one.coreCounters()).map(DataSetThreadsTest::text).toList(),
                    Arrays.stream(other.coreCounters()).map(DataSetThreadsTest::text).toList(), what);
                assertEquals(one.times().totalPs, other.times().totalPs, what);
            }
        }
    }

    /** Results that come faster than they are taken, so that workers wait for the caller and wake it. */
    @Test
    @Timeout(60)
    void noResultOfManyIsLost() {
        DataSetRunner runner = new DataSetRunner(new LoadedSystem(RecurrentNet.image(64, 4, 4)), new Timing(StepCostsOf.profile(
            CostProfiles.open("loihi-davies2018")), 0));
        int[] seen = new int[20_000];
        runner.run(seen.length, 2, Parallelism.IMAGES, () -> (simulation, i) -> new InferenceResult(i, new int[0], 0), result -> seen[result.index()]++);
        assertTrue(Arrays.stream(seen).allMatch(n -> n == 1), "each input has one result");
    }

    @Test
    @Timeout(60)
    void failureOfOneInputEndsTheRun() {
        DataSetRunner runner = new DataSetRunner(new LoadedSystem(RecurrentNet.image(64, 4, 4)), new Timing(StepCostsOf.profile(
            CostProfiles.open("loihi-davies2018")), 0));
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> runner.run(Integer.MAX_VALUE, 2, Parallelism.IMAGES,
            () -> (simulation, i) -> {
                if (i == 5000) {
                    throw new IllegalStateException("input " + i);
                }
                return new InferenceResult(i, new int[0], 0);
            }, result -> { }));
        assertEquals("input 5000", failure.getMessage());
    }

    @Test
    void asManyInputsAsThreadsRunSideBySide() {
        LoadedSystem large = new LoadedSystem(RecurrentNet.image(4096, 64, 4));
        LoadedSystem small = new LoadedSystem(RecurrentNet.image(64, 4, 4));
        assertEquals(Parallelism.IMAGES, DataSetRunner.choose(large, 2, 2));
        assertEquals(Parallelism.IMAGES, DataSetRunner.choose(small, 1, 2), "too little work for two");
        boolean alone = Runtime.getRuntime().availableProcessors() == 1;
        assertEquals(alone ? Parallelism.IMAGES : Parallelism.CORES, DataSetRunner.choose(large, 1, 2));
    }

    private static long[] run(DataSetRunner runner, int threads, Parallelism how) {
        long[] times = new long[INPUTS];
        runner.run(INPUTS, threads, how, () -> (simulation, i) -> {
            long before = simulation.times().totalPs;
            simulation.runSteps(STEPS + i);
            return new InferenceResult(i, new int[0], simulation.times().totalPs - before);
        }, result -> times[result.index()] = result.latencyPs());
        return times;
    }

    private static String text(EventCounters c) {
        return Arrays.toString(c.synapticOperations) + " " + c.spikes + " " + c.messages + " " + c.messagesReceived + " " + c.hopsX + " " + c.hopsY + " "
            + c.messagesWithinTile + " " + c.updatesActive + " " + c.updatesIdle + " " + c.synapseWords;
    }
}
