package org.axongrid.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.kernel.DenseRows;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the machine gives two threads that share nothing: the baseline of all ratios of two threads to one. Run it with {@code -t 1} and {@code -t 2}: the
 * quotient of the scores is the most that any use of two threads can reach here and now.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class IndependentLoops {
    private static final int ROWS = 256;
    private static final int LENGTH = 256;

    /** Rows of one thread: they fit its second-level cache. */
    @State(Scope.Thread)
    public static class Own {
        private final int[][] rows = new int[ROWS][];
        private final int[] acc = new int[LENGTH];

        /** Draws them. */
        public Own() {
            SplittableRandom random = new SplittableRandom(1);
            for (int r = 0; r < ROWS; r++) {
                rows[r] = random.ints(LENGTH, -128, 128).toArray();
            }
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Processor time of all measuring threads. */
        public long cpuNanos;
    }

    /** All rows, four at a time. */
    @Benchmark
    public int[] rows(Own own, Work work) {
        long cpu = CpuTime.nanos();
        for (int pass = 0; pass < ROWS; pass++) {
            for (int r = 0; r < ROWS; r += 4) {
                DenseRows.add(own.acc, 0, own.rows[r], own.rows[r + 1], own.rows[r + 2], own.rows[r + 3], LENGTH, null);
            }
        }
        work.cpuNanos += CpuTime.nanos() - cpu;
        return own.acc;
    }
}
