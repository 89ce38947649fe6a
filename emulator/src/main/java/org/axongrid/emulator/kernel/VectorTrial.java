package org.axongrid.emulator.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures, beside the run, whether {@link VectorLoops} are faster than plain loops on this JVM. Until they are compiled they are slower by far,
 * and compiling them takes a processor half a second and more for each kind of loops. So a run begins with plain loops in any case; a kind is measured
 * some time after somebody first asked for it ({@value #DELAY_PROPERTY}, in milliseconds, default {@value #DELAY_MS}), and changes over when it has won.
 */
public final class VectorTrial {
    /** System property: milliseconds from the first use of a kind of loops to its measurement. */
    public static final String DELAY_PROPERTY = "axongrid.vectorTrialDelay";
    private static final int DELAY_MS = 2000;
    private static final int ROWS = 8;
    private static final int[] LENGTHS = {18, 50, 128};
    private static final int COMPARTMENTS = 1000;
    private static final int CHANNELS = 24;
    private static final int LIMIT = (1 << 23) - 1;
    private static final int CALLS = 8;
    /** Rounds without a pause, and how long they may take. */
    private static final int BURST = 200;
    private static final long BURST_NS = 50_000_000;
    /** Long, because compilers wait for their turn on a busy machine. */
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final long PAUSE_NS = 50_000_000;
    /** What a trial may take from the run beside it in all. */
    private static final long BUDGET_NS = 1_500_000_000;
    /** Of 100 parts of the plain loops' time. */
    private static final int WINS_BELOW = 95;

    /** Kinds of loops that change over one by one. */
    enum Kind {
        /** Rows of weights in lanes. */
        LANES,
        /** Dense rows. */
        ROWS,
        /** Compartments without leak. */
        COMPARTMENTS,
        /** Other compartments. */
        LEAKY_COMPARTMENTS;

        /** Has it measured after some time, unless somebody did before. */
        void measure(int delayMs) {
            if (VectorLoops.OFFERED != null && !asked.getAndSet(true)) {
                Measuring.schedule(() -> won = new VectorTrial().wins(this), delayMs);
            }
        }

        private final AtomicBoolean asked = new AtomicBoolean();
        private volatile boolean won;

        /** @return whether the vector loops have turned out to be faster; the first call has them measured, if the JVM has them */
        boolean hasWon() {
            if (VectorLoops.OFFERED == null) {
                return false;
            }
            if (!asked.get()) {
                measure(Integer.getInteger(DELAY_PROPERTY, DELAY_MS));
            }
            return won;
        }
    }

    /** The thread that measures, one kind after the other; there is none where nobody asks or nothing is offered. */
    private static final class Measuring {
        private static final ScheduledExecutorService THREAD = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "axongrid-vector-trial");
            thread.setDaemon(true);
            return thread;
        });

        static void schedule(Runnable trial, int delayMs) {
            THREAD.schedule(trial, delayMs, TimeUnit.MILLISECONDS);
        }
    }

    private final VectorLoops vector = VectorLoops.OFFERED;
    private final SplittableRandom random = new SplittableRandom(1);
    private final int[][] weights = new int[ROWS][];
    private final long[] lanes = new long[COMPARTMENTS + CHANNELS * LaneRows.SIXTEEN];
    private final long[] sums = new long[COMPARTMENTS];
    private final char[] channel = new char[CHANNELS];
    private final int[] acc = new int[COMPARTMENTS];
    private final int[] v = new int[COMPARTMENTS];
    private final int[] u = new int[COMPARTMENTS];
    private final int[] dead = new int[COMPARTMENTS];
    private final int[] bias = new int[COMPARTMENTS];
    private final int[] threshold = new int[COMPARTMENTS];
    private final int[] copy = new int[COMPARTMENTS];
    private final int[] current = new int[COMPARTMENTS];
    private final int[] code = new int[COMPARTMENTS];
    private final int[] undo = new int[2 * COMPARTMENTS];
    private final int[] spikes = new int[COMPARTMENTS];
    private final int[] before = new int[COMPARTMENTS];
    private final int[] lane = FiredCodes.lanes(COMPARTMENTS);
    private final int[] scratch = new int[FiredCodes.scratch(COMPARTMENTS)];
    private final LeakyRange leaky = new LeakyRange(2048, 4000, 1 << 21, 1 << 23, -LIMIT, LIMIT, -1, 0, 1);
    private int place;

    /** Measures the loops of layered runs at once, for runs that will be long enough. */
    public static void beginForLayers() {
        Kind.LANES.measure(0);
        Kind.COMPARTMENTS.measure(0);
    }

    private VectorTrial() {
        for (int c = 0; c < CHANNELS; c++) {
            channel[c] = (char) c;
        }
        Arrays.setAll(weights, r -> random.ints(LENGTHS[LENGTHS.length - 1], -100, 100).toArray());
        Arrays.fill(threshold, 64_000);
        Arrays.setAll(bias, i -> random.nextInt(1000, 1560));
    }

    private boolean wins(Kind kind) {
        return switch (kind) {
            case LANES -> wins(this::plainLanes, this::vectorLanes);
            case ROWS -> wins(this::plainRows, this::vectorRows);
            case COMPARTMENTS -> wins(this::plainCompartments, this::vectorCompartments);
            case LEAKY_COMPARTMENTS -> wins(this::plainLeaky, this::vectorLeaky);
        };
    }

    /**
     * Both in turn until the vector loops' best time beats the plain loops', or patience ends. Rounds come in bursts: compilers take an interest in
     * what is called often, and the run beside must not wait for long.
     */
    private static boolean wins(Runnable plain, Runnable other) {
        long begin = System.nanoTime();
        long plainBest = Long.MAX_VALUE;
        long otherBest = Long.MAX_VALUE;
        long spent = 0;
        while (spent < BUDGET_NS && System.nanoTime() - begin < PATIENCE_NS) {
            long start = System.nanoTime();
            for (int round = 0; round < BURST && System.nanoTime() - start < BURST_NS; round++) {
                plainBest = Math.min(plainBest, time(plain));
                otherBest = Math.min(otherBest, time(other));
            }
            if (otherBest * 100 < plainBest * WINS_BELOW) {
                return true;
            }
            long burst = System.nanoTime() - start;
            spent += burst;
            LockSupport.parkNanos(Math.max(PAUSE_NS, burst));
        }
        return false;
    }

    private static long time(Runnable loops) {
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            loops.run();
        }
        return System.nanoTime() - start;
    }

    /** A place in the accumulators that the compiler cannot know. */
    private int at(int length) {
        place = place * 5 + 1 & 0xFF;
        return place % (COMPARTMENTS - length);
    }

    private void plainLanes() {
        for (int longs = LaneRows.FOUR; longs <= LaneRows.SIXTEEN; longs *= 2) {
            for (int i = 0; i < 4; i++) {
                LaneRows.add(lanes, at(1), longs, channel, 0, CHANNELS, sums, at(longs));
            }
        }
    }

    private void vectorLanes() {
        for (int longs = LaneRows.FOUR; longs <= LaneRows.SIXTEEN; longs *= 2) {
            vector.addLanes(lanes, at(1), longs, channel, 0, CHANNELS, sums, at(longs));
            vector.addLanes(lanes, at(1), at(1), at(1), longs, channel, 0, CHANNELS, sums, 0, longs, 2 * longs);
        }
    }

    private void plainRows() {
        int[][] w = weights;
        for (int n : LENGTHS) {
            DenseRows.add(acc, at(n), w[0], n, copy);
            DenseRows.addScaled(acc, at(n), w[0], 3, n, copy);
            DenseRows.add(acc, at(n), w[0], w[1], n, copy);
            DenseRows.add(acc, at(n), w[0], w[1], w[2], w[3], n, copy);
            int at = at(n);
            DenseRows.add(acc, at, w[0], w[1], w[2], w[3], n, copy);
            DenseRows.add(acc, at, w[4], w[5], w[6], w[7], n, copy);
        }
    }

    private void vectorRows() {
        int[][] w = weights;
        for (int n : LENGTHS) {
            vector.add(acc, at(n), w[0], n);
            vector.addScaled(acc, at(n), w[0], 3, n);
            vector.add(acc, at(n), w[0], w[1], n);
            vector.add(acc, at(n), w[0], w[1], w[2], w[3], n);
            vector.add(acc, at(n), w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], n);
        }
    }

    private void plainCompartments() {
        Arrays.fill(acc, 0);
        for (int soft = 0; soft < 2; soft++) {
            IntegrateAndFire.drive(acc, v, bias, copy, 1 << 21, -LIMIT, LIMIT, 0, COMPARTMENTS);
            if (soft == 1) {
                IntegrateAndFire.resetSoft(acc, v, copy, threshold, lane, code, 0, COMPARTMENTS);
            } else {
                IntegrateAndFire.resetHard(acc, v, copy, threshold, lane, code, 0, COMPARTMENTS);
            }
            FiredCodes.collect(code, spikes, before, 0, 0, scratch, 0, COMPARTMENTS);
        }
    }

    private void vectorCompartments() {
        Arrays.fill(acc, 0);
        for (int soft = 0; soft < 2; soft++) {
            vector.integrateAndFire(acc, 0, v, bias, threshold, soft == 1, 1 << 21, -LIMIT, LIMIT, 0, COMPARTMENTS, undo, spikes, before, 0, 0);
        }
    }

    private void plainLeaky() {
        Arrays.fill(acc, 0);
        LeakyIntegrateAndFire.decay(u, current, leaky.keptCurrent(), 0, COMPARTMENTS);
        LeakyIntegrateAndFire.decay(v, copy, leaky.keptVoltage(), 0, COMPARTMENTS);
        LeakyIntegrateAndFire.drive(acc, current, copy, bias, leaky, 0, COMPARTMENTS);
        System.arraycopy(current, 0, u, 0, COMPARTMENTS);
        LeakyIntegrateAndFire.wake(dead, copy, 0, COMPARTMENTS);
        LeakyIntegrateAndFire.reset(acc, v, copy, threshold, lane, code, leaky, 0, COMPARTMENTS);
        LeakyIntegrateAndFire.tire(dead, code, leaky.deadAfter(), 0, COMPARTMENTS);
        FiredCodes.collect(code, spikes, before, 0, 0, scratch, 0, COMPARTMENTS);
    }

    private void vectorLeaky() {
        Arrays.fill(acc, 0);
        vector.leakyIntegrateAndFire(acc, 0, u, v, bias, threshold, dead, leaky, 0, COMPARTMENTS, undo, spikes, before, 0, 0);
    }
}
