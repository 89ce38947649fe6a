package org.axongrid.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.kernel.DenseRows;
import org.axongrid.emulator.kernel.FiredCodes;
import org.axongrid.emulator.kernel.IntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyIntegrateAndFire;
import org.axongrid.emulator.kernel.LeakyRange;
import org.axongrid.emulator.kernel.ScatteredRows;
import org.axongrid.emulator.kernel.VectorLoops;
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
 * The loops of Loihi-style cores by layout, each beside the plain loop that does the same: nanoseconds per row, synaptic operation or core. Many
 * short iterations, because on a machine that does other work the fastest of them says what the loop takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 15, time = 60, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 15, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class KernelLoops {
    private static final int ROWS = 64;
    private static final int PLACES = 1024;
    private static final int BLOCK = 1024;
    private static final int ACCUMULATORS = 16_384;
    private static final int FAN_OUT = 128;
    private static final int SCATTERED = 256;
    private static final int LIMIT = (1 << 23) - 1;
    /** Null, and the benchmarks that use it fail, in a JVM without the module. */
    private static final VectorLoops VECTOR = VectorLoops.OFFERED;

    /** Dense rows of one length: 192 is what an event of a 3 x 3 convolution of 64 channels adds in each row of the map. */
    @State(Scope.Thread)
    public static class Dense {
        /** Weights in a row. */
        @Param({"18", "64", "192", "256", "1024"})
        int rowLength;
        final int[][] rows = new int[ROWS][];
        int[] matrix;
        int[] order;
        /** Where rows are added: in the emulator that depends on the message, and a loop with a constant offset is another one. */
        int[] at;
        int[] acc;
        int[] copy;

        /** Draws weights, and an order that the prefetcher cannot guess. */
        @Setup(Level.Trial)
        public void fill() {
            SplittableRandom random = new SplittableRandom(1);
            matrix = random.ints((long) ROWS * rowLength, -128, 128).toArray();
            Arrays.setAll(rows, r -> Arrays.copyOfRange(matrix, r * rowLength, (r + 1) * rowLength));
            order = random.ints(ROWS, 0, ROWS).toArray();
            at = random.ints(ROWS, 0, PLACES).toArray();
            acc = new int[rowLength + PLACES];
            copy = new int[rowLength];
        }
    }

    /** Compartments of which 2 % fire in a step. */
    @State(Scope.Thread)
    public static class Compartments {
        /** As many as a Loihi core has, and four times as many, whose registers the first-level cache does not hold. */
        @Param({"1024", "4096"})
        int compartments;
        int[] acc;
        int[] u;
        int[] v;
        int[] bias;
        int[] threshold;
        int[] dead;
        int[] current;
        int[] driven;
        int[] lane;
        int[] code;
        int[] spikes;
        int[] before;
        final int[] scratch = new int[FiredCodes.scratch(BLOCK)];
        final int[] undo = new int[2 * BLOCK];
        final LeakyRange leaky = new LeakyRange(2048, 4096, 1 << 21, 1 << 23, -LIMIT, LIMIT, -1, -1, 0);

        /** Draws voltages and biases. */
        @Setup(Level.Trial)
        public void fill() {
            SplittableRandom random = new SplittableRandom(1);
            int n = compartments;
            acc = new int[n];
            u = new int[n];
            v = random.ints(n, 0, 64_000).toArray();
            bias = random.ints(n, 1000, 1560).toArray();
            threshold = new int[n];
            Arrays.fill(threshold, 64_000);
            dead = new int[n];
            current = new int[n];
            driven = new int[n];
            lane = FiredCodes.lanes(n);
            code = new int[n];
            spikes = new int[n];
            before = new int[n];
        }
    }

    private final int[] packed = new int[ACCUMULATORS * FAN_OUT];
    private final int[] targets = new int[packed.length];
    private final int[] weights = new int[packed.length];
    private final int[] big = new int[ACCUMULATORS];
    private final int[] sources = new int[4096];
    private int next;
    /** Draws synapses. */
    @Setup(Level.Trial)
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int s = 0; s < ACCUMULATORS; s++) {
            int[] row = random.ints(FAN_OUT, 0, ACCUMULATORS).sorted().toArray();
            for (int k = 0; k < FAN_OUT; k++) {
                int i = s * FAN_OUT + k;
                targets[i] = row[k];
                weights[i] = random.nextInt(-4, 5) << 6;
                packed[i] = ScatteredRows.pack(targets[i], weights[i], 0);
            }
        }
        Arrays.setAll(sources, i -> random.nextInt(ACCUMULATORS));
    }

    /** Rows as the emulator adds them, four at a time. Per row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] denseRows(Dense d) {
        for (int r = 0; r < ROWS; r += 4) {
            DenseRows.add(d.acc, d.at[r], d.rows[d.order[r]], d.rows[d.order[r + 1]], d.rows[d.order[r + 2]], d.rows[d.order[r + 3]], d.rowLength, d.copy);
        }
        return d.acc;
    }

    /** Rows as the emulator adds them on the Vector API, eight at a time. Per row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] denseRowsVector(Dense d) {
        int[][] w = d.rows;
        int[] o = d.order;
        for (int r = 0; r < ROWS; r += 8) {
            VECTOR.add(d.acc, d.at[r], w[o[r]], w[o[r + 1]], w[o[r + 2]], w[o[r + 3]], w[o[r + 4]], w[o[r + 5]], w[o[r + 6]], w[o[r + 7]], d.rowLength);
        }
        return d.acc;
    }

    /** Rows on the Vector API, one at a time. Per row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] denseSingleRowsVector(Dense d) {
        for (int r = 0; r < ROWS; r++) {
            VECTOR.add(d.acc, d.at[r], d.rows[d.order[r]], d.rowLength);
        }
        return d.acc;
    }

    /** Rows as the emulator adds them, one at a time. Per row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] denseSingleRows(Dense d) {
        for (int r = 0; r < ROWS; r++) {
            DenseRows.add(d.acc, d.at[r], d.rows[d.order[r]], d.rowLength, d.copy);
        }
        return d.acc;
    }

    /** The baseline: rows of one matrix. Per row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] densePlainLoop(Dense d) {
        for (int r = 0; r < ROWS; r++) {
            int from = d.order[r] * d.rowLength;
            int at = d.at[r];
            for (int i = 0; i < d.rowLength; i++) {
                d.acc[at + i] += d.matrix[from + i];
            }
        }
        return d.acc;
    }

    /** Random targets among 16,384, packed; the synapses come from the third-level cache. */
    @Benchmark
    @OperationsPerInvocation(SCATTERED * FAN_OUT)
    public int[] scattered() {
        for (int k = 0; k < SCATTERED; k++) {
            int from = sources[next++ & sources.length - 1] * FAN_OUT;
            ScatteredRows.addPacked(big, 0, packed, from, from + FAN_OUT);
        }
        return big;
    }

    /** The baseline: a target and a weight apart. */
    @Benchmark
    @OperationsPerInvocation(SCATTERED * FAN_OUT)
    public int[] scatteredPlainLoop() {
        for (int k = 0; k < SCATTERED; k++) {
            int from = sources[next++ & sources.length - 1] * FAN_OUT;
            for (int i = from; i < from + FAN_OUT; i++) {
                big[targets[i]] += weights[i];
            }
        }
        return big;
    }

    /** Integrate-and-fire with soft reset, spikes listed and active compartments counted: the emulator's loops. */
    @Benchmark
    public int neuronUpdate(Compartments c) {
        int counts = 0;
        for (int from = 0; from < c.compartments; from += BLOCK) {
            int to = from + BLOCK;
            if (IntegrateAndFire.drive(c.acc, c.v, c.bias, c.driven, 1 << 21, -LIMIT, LIMIT, from, to) != 0) {
                throw new IllegalStateException("nothing wraps or saturates here");
            }
            IntegrateAndFire.resetSoft(c.acc, c.v, c.driven, c.threshold, c.lane, c.code, from, to);
            counts += FiredCodes.collect(c.code, c.spikes, c.before, counts >>> 16, counts & 0xFFFF, c.scratch, from, to);
        }
        return counts;
    }

    /** The same on the Vector API. */
    @Benchmark
    public int neuronUpdateVector(Compartments c) {
        int counts = 0;
        for (int from = 0; from < c.compartments; from += BLOCK) {
            counts += VECTOR.integrateAndFire(c.acc, 0, c.v, c.bias, c.threshold, true, 1 << 21, -LIMIT, LIMIT, from, from + BLOCK, c.undo, c.spikes,
                c.before, counts >>> 16, counts & 0xFFFF);
        }
        return counts;
    }

    /** Compartments with decaying currents: the emulator's loops. */
    @Benchmark
    public int leakyUpdate(Compartments c) {
        int counts = 0;
        for (int from = 0; from < c.compartments; from += BLOCK) {
            int to = from + BLOCK;
            LeakyIntegrateAndFire.decay(c.u, c.current, c.leaky.keptCurrent(), from, to);
            LeakyIntegrateAndFire.decay(c.v, c.driven, c.leaky.keptVoltage(), from, to);
            if (LeakyIntegrateAndFire.drive(c.acc, c.current, c.driven, c.bias, c.leaky, from, to) != 0) {
                throw new IllegalStateException("nothing wraps or saturates here");
            }
            System.arraycopy(c.current, from, c.u, from, BLOCK);
            LeakyIntegrateAndFire.reset(c.acc, c.v, c.driven, c.threshold, c.lane, c.code, c.leaky, from, to);
            counts += FiredCodes.collect(c.code, c.spikes, c.before, counts >>> 16, counts & 0xFFFF, c.scratch, from, to);
        }
        return counts;
    }

    /** The same on the Vector API. */
    @Benchmark
    public int leakyUpdateVector(Compartments c) {
        int counts = 0;
        for (int from = 0; from < c.compartments; from += BLOCK) {
            counts += VECTOR.leakyIntegrateAndFire(c.acc, 0, c.u, c.v, c.bias, c.threshold, c.dead, c.leaky, from, from + BLOCK, c.undo, c.spikes,
                c.before, counts >>> 16, counts & 0xFFFF);
        }
        return counts;
    }

    /** The baseline: one compartment after the other. */
    @Benchmark
    public int neuronPlainLoop(Compartments c) {
        int n = 0;
        int active = 0;
        int odd = 0;
        for (int i = 0; i < c.compartments; i++) {
            int q = c.acc[i];
            c.acc[i] = 0;
            int wrapped = q << 10 >> 10;
            odd += wrapped == q ? 0 : 1;
            int was = c.v[i];
            int now = was + (wrapped + c.bias[i] << 8 >> 8);
            if (now < -LIMIT || now > LIMIT) {
                now = now < 0 ? -LIMIT : LIMIT;
                odd++;
            }
            if (now > c.threshold[i]) {
                now -= c.threshold[i];
                c.before[n] = active;
                c.spikes[n++] = i;
            }
            active += (wrapped | now ^ was) == 0 ? 0 : 1;
            c.v[i] = now;
        }
        return n + active + odd;
    }
}
