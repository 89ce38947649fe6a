package org.axongrid.emulator.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures, once and beside the run, whether {@link VectorLoops} are faster than plain loops on this JVM. Until they are compiled they are slower by far,
 * and compiling them takes a second or two of a processor. So a run begins with plain loops in any case, the measurement begins when it has lasted
 * some time ({@value #DELAY_PROPERTY}, in milliseconds, default {@value #DELAY_MS}), and each kind of loops changes over when it has won.
 */
public final class VectorTrial {
    /** System property: milliseconds from the first image loaded to the measurement. */
    public static final String DELAY_PROPERTY = "axongrid.vectorTrialDelay";
    private static final int DELAY_MS = 2000;
    private static final int ROWS = 8;
    private static final int[] LENGTHS = {18, 50, 128};
    private static final int COMPARTMENTS = 300;
    private static final int LIMIT = (1 << 23) - 1;
    private static final int CALLS = 8;
    /** Rounds after which compilers have seen enough calls to compile for good. */
    private static final int LEAST_ROUNDS = 400;
    /** Long, because compilers wait for their turn on a busy machine; short rounds with pauses between them cost little. */
    private static final long PATIENCE_NS = 10_000_000_000L;
    private static final long PAUSE_MS = 20;
    /** Of 100 parts of the plain loops' time. */
    private static final int WINS_BELOW = 95;

    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static volatile boolean rows;
    private static volatile boolean compartments;
    private static volatile boolean leakyCompartments;

    private final VectorLoops vector = VectorLoops.OFFERED;
    private final SplittableRandom random = new SplittableRandom(1);
    private final int[][] weights = new int[ROWS][];
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

    private VectorTrial() {
        Arrays.setAll(weights, r -> random.ints(LENGTHS[LENGTHS.length - 1], -100, 100).toArray());
        Arrays.fill(threshold, 64_000);
        Arrays.setAll(bias, i -> random.nextInt(1000, 1560));
    }

    /** Starts the measurement if there is anything to measure and nobody did before; it ends by itself. */
    public static void start() {
        if (VectorLoops.OFFERED != null && !STARTED.getAndSet(true)) {
            Thread thread = new Thread(VectorTrial::begin, "axongrid-vector-trial");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void begin() {
        try {
            Thread.sleep(Integer.getInteger(DELAY_PROPERTY, DELAY_MS));
            new VectorTrial().run();
        } catch (InterruptedException e) {
            // Nobody interrupts it but who wants it to end.
            Thread.currentThread().interrupt();
        }
    }

    static boolean rows() {
        return rows;
    }

    static boolean compartments() {
        return compartments;
    }

    static boolean leakyCompartments() {
        return leakyCompartments;
    }

    private void run() throws InterruptedException {
        rows = wins(this::plainRows, this::vectorRows);
        compartments = wins(this::plainCompartments, this::vectorCompartments);
        leakyCompartments = wins(this::plainLeaky, this::vectorLeaky);
    }

    /** Both in turn until the vector loops' best time beats the plain loops', or patience ends. */
    private static boolean wins(Runnable plain, Runnable other) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NS;
        long plainBest = Long.MAX_VALUE;
        long otherBest = Long.MAX_VALUE;
        for (int round = 1; ; round++) {
            plainBest = Math.min(plainBest, time(plain));
            otherBest = Math.min(otherBest, time(other));
            if (round >= LEAST_ROUNDS && otherBest * 100 < plainBest * WINS_BELOW) {
                return true;
            }
            if (round >= LEAST_ROUNDS) {
                Thread.sleep(PAUSE_MS);
            }
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
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
