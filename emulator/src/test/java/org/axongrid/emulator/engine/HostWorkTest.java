package org.axongrid.emulator.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.synapse.SynapseFormat.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How threads are used follows from work alone: more threads never make a step longer than fewer, and cores are dealt evenly. */
class HostWorkTest {
    private static final int MOST = 8;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moreThreadsAreNeverSlower(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            long[] work = work(random);
            long before = HostWork.stepNs(work, 1);
            for (int threads = 1; threads <= MOST; threads++) {
                int workers = HostWork.usefulWorkers(work, threads);
                assertTrue(workers >= 1 && workers <= threads && workers <= Math.max(1, work.length)
                    && workers <= Runtime.getRuntime().availableProcessors(), workers + " workers of " + threads);
                long ns = HostWork.stepNs(work, workers);
                assertTrue(ns <= before, threads + " threads take " + ns + " ns, fewer take " + before);
                before = ns;
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void noWorkerHasMoreThanItsShareAndACore(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            long[] work = work(random);
            for (int workers = 1; workers <= MOST; workers++) {
                int[] workerOf = CoreAssignment.of(work, workers);
                long[] load = new long[workers];
                for (int c = 0; c < work.length; c++) {
                    load[workerOf[c]] += work[c];
                }
                // Graham's bound for any list scheduling.
                double bound = (double) LongStream.of(work).sum() / workers + (1 - 1.0 / workers) * Arrays.stream(work).max().orElse(0);
                assertTrue(Arrays.stream(load).max().orElse(0) <= bound + 1e-6, Arrays.toString(load) + " of " + Arrays.toString(work));
            }
        }
    }

    @Test
    void littleWorkStaysOnOneThread() {
        assertEquals(1, HostWork.usefulWorkers(new long[] {500, 500, 500, 500}, 4));
        assertEquals(1, HostWork.usefulWorkers(new long[] {1_000_000}, 4), "one core cannot be shared");
        assertEquals(1, HostWork.usefulWorkers(new long[0], 4));
    }

    @Test
    void muchWorkIsSharedByTheProcessors() {
        long[] work = new long[64];
        Arrays.fill(work, 100_000);
        assertEquals(Math.min(2, Runtime.getRuntime().availableProcessors()), HostWork.usefulWorkers(work, 2));
    }

    @Test
    void countedWorkIsPerStepAndCore() {
        EventCounters idle = new EventCounters();
        idle.updatesIdle = 1000;
        EventCounters busy = new EventCounters();
        busy.updatesActive = 1000;
        busy.messagesReceived = 40;
        busy.synapticOperations[Kind.SPARSE.ordinal()] = 4000;
        long[] ns = HostWork.counted(new EventCounters[] {idle, busy}, 10);
        assertEquals(100, ns[0]);
        assertEquals(100 + 60 + 400, ns[1]);
    }

    private static long[] work(Random random) {
        int scale = 1 << random.nextInt(8, 16);
        return random.longs(random.nextInt(0, 30), 1, scale).toArray();
    }
}
