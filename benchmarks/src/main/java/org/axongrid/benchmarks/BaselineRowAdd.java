package org.axongrid.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The plain loop that every synapse kernel is measured against: one spike adds a dense row of int
 * weights to the int accumulators of its targets.
 *
 * <p>The score is nanoseconds per synaptic operation, one weight added to one accumulator. Each
 * invocation does {@link #SYNAPTIC_OPERATIONS} of them whatever the row length, so the scores
 * compare directly; short rows pay more for the loop around them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BaselineRowAdd {

    /** Synaptic operations in one invocation; every row length divides it. */
    public static final int SYNAPTIC_OPERATIONS = 16_384;

    /** Weights of 8 bits, as the chip stores them. */
    private static final int WEIGHT_BOUND = 128;

    /** Weights in a row: targets that one spike reaches. */
    @Param({"16", "64", "256", "1024"})
    public int rowLength;

    private int[] weights;
    private int[] accumulators;
    private int[] spikes;

    /** Fills the weight matrix, and draws a spike order that the prefetcher cannot guess. */
    @Setup(Level.Trial)
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        int rows = SYNAPTIC_OPERATIONS / rowLength;
        weights = random.ints(SYNAPTIC_OPERATIONS, -WEIGHT_BOUND, WEIGHT_BOUND).toArray();
        spikes = random.ints(rows, 0, rows).toArray();
        accumulators = new int[rowLength];
    }

    /** Returns the accumulators, so that the additions count as used. */
    @Benchmark
    @OperationsPerInvocation(SYNAPTIC_OPERATIONS)
    public int[] plainLoop() {
        int[] sums = accumulators;
        for (int row : spikes) {
            int offset = row * sums.length;
            for (int target = 0; target < sums.length; target++) {
                sums[target] += weights[offset + target];
            }
        }
        return sums;
    }
}
