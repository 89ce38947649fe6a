package org.axongrid.emulator.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.fixed.FixedPoint;
import org.axongrid.isa.image.NeuronProfile;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Each loop against the plainest way to say the same. The seed is the number of the repetition. */
class KernelLoopsTest {
    private static final int LIMIT = (1 << 23) - 1;

    @RepeatedTest(30)
    void rows(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        int n = random.nextInt(300);
        int at = random.nextInt(20);
        int factor = random.nextInt();
        int[][] rows = new int[8][];
        Arrays.setAll(rows, r -> random.ints(n + random.nextInt(3)).toArray());
        int[] start = random.ints(n + 40L).toArray();
        int[] acc = start.clone();
        // With and without a copy, which only long rows take.
        for (int[] copy : new int[][] {null, random.ints(n + random.nextInt(3)).toArray()}) {
            acc = start.clone();
            DenseRows.add(acc, at, rows[0], n, copy);
            assertArrayEquals(sum(start, at, n, 1, rows[0]), acc);
            acc = start.clone();
            DenseRows.add(acc, at, rows[0], rows[1], n, copy);
            assertArrayEquals(sum(start, at, n, 1, rows[0], rows[1]), acc);
            acc = start.clone();
            DenseRows.add(acc, at, rows[0], rows[1], rows[2], rows[3], n, copy);
            assertArrayEquals(sum(start, at, n, 1, Arrays.copyOf(rows, 4)), acc);
            acc = start.clone();
            DenseRows.addScaled(acc, at, rows[0], factor, n, copy);
            assertArrayEquals(sum(start, at, n, factor, rows[0]), acc);
        }
    }

    @RepeatedTest(60)
    void vectorRows(RepetitionInfo info) {
        VectorLoops vector = offered();
        Random random = new Random(info.getCurrentRepetition());
        int n = random.nextInt(100);
        int at = random.nextInt(20);
        int factor = random.nextInt();
        int[][] rows = new int[8][];
        Arrays.setAll(rows, r -> random.ints(n + random.nextInt(3)).toArray());
        int[] start = random.ints(n + (long) at).toArray();
        int[] acc = start.clone();
        vector.add(acc, at, rows[0], n);
        assertArrayEquals(sum(start, at, n, 1, rows[0]), acc);
        acc = start.clone();
        vector.addScaled(acc, at, rows[0], factor, n);
        assertArrayEquals(sum(start, at, n, factor, rows[0]), acc);
        acc = start.clone();
        vector.add(acc, at, rows[0], rows[1], n);
        assertArrayEquals(sum(start, at, n, 1, rows[0], rows[1]), acc);
        acc = start.clone();
        vector.add(acc, at, rows[0], rows[1], rows[2], rows[3], n);
        assertArrayEquals(sum(start, at, n, 1, Arrays.copyOf(rows, 4)), acc);
        acc = start.clone();
        vector.add(acc, at, rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], n);
        assertArrayEquals(sum(start, at, n, 1, rows), acc);
    }

    /** The build starts tests with the module; without it, as in some IDEs, there is nothing to test. */
    private static VectorLoops offered() {
        assumeTrue(VectorLoops.OFFERED != null, "this JVM was started without --add-modules jdk.incubator.vector");
        return VectorLoops.OFFERED;
    }

    private static int[] sum(int[] start, int at, int n, int factor, int[]... rows) {
        int[] sum = start.clone();
        for (int[] row : rows) {
            for (int i = 0; i < n; i++) {
                sum[at + i] += row[i] * factor;
            }
        }
        return sum;
    }

    @RepeatedTest(30)
    void scatteredSynapses(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        int shift = random.nextInt(14);
        int size = random.nextBoolean() ? 65_536 : 100;
        int[] targets = random.ints(500, 0, size).toArray();
        int[] weights = random.ints(500, Short.MIN_VALUE, Short.MAX_VALUE + 1).map(w -> w << shift).toArray();
        int[] packed = new int[500];
        Arrays.setAll(packed, i -> ScatteredRows.pack(targets[i], weights[i], shift));
        int at = random.nextInt(9);
        int factor = random.nextInt();
        int[] expected = new int[size + 9];
        int[] scaled = new int[size + 9];
        for (int i = 20; i < 480; i++) {
            expected[at + targets[i]] += weights[i];
            scaled[at + targets[i]] += weights[i] * factor;
        }
        int[] acc = new int[size + 9];
        ScatteredRows.addPacked(acc, at, packed, shift, 20, 480);
        assertArrayEquals(expected, acc);
        acc = new int[size + 9];
        ScatteredRows.addPackedScaled(acc, at, packed, shift, factor, 20, 480);
        assertArrayEquals(scaled, acc);
        acc = new int[size + 9];
        ScatteredRows.addWide(acc, at, targets, weights, factor, 20, 480);
        assertArrayEquals(scaled, acc);
        if (shift == 0) {
            acc = new int[size + 9];
            ScatteredRows.addPacked(acc, at, packed, 20, 480);
            assertArrayEquals(expected, acc);
        }
    }

    @Test
    void whatDoesNotFitIsNotPacked() {
        assertThrows(IllegalArgumentException.class, () -> ScatteredRows.pack(65_536, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> ScatteredRows.pack(1, 32_768, 0));
        assertThrows(IllegalArgumentException.class, () -> ScatteredRows.pack(1, 3, 1));
        assertEquals(65_535 << 16 | 0x8000, ScatteredRows.pack(65_535, -65_536, 1));
    }

    @RepeatedTest(60)
    void integrateAndFire(RepetitionInfo info) {
        Compartments c = new Compartments(new Random(info.getCurrentRepetition()), false, 1);
        int[] driven = new int[c.to];
        boolean odd = IntegrateAndFire.drive(c.acc, c.v, c.bias, driven, 1 << 21, -LIMIT, LIMIT, c.from, c.to) != 0;
        assertEquals(c.odd, odd);
        c.requireUntouched();
        if (!odd) {
            int[] code = new int[c.to];
            if (c.range.subtracts() != 0) {
                IntegrateAndFire.resetSoft(c.acc, c.v, driven, c.threshold, FiredCodes.lanes(c.to), code, c.from, c.to);
            } else {
                IntegrateAndFire.resetHard(c.acc, c.v, driven, c.threshold, FiredCodes.lanes(c.to), code, c.from, c.to);
            }
            c.require(FiredCodes.collect(code, c.spikes, c.before, c.n, 7, new int[FiredCodes.scratch(c.to - c.from)], c.from, c.to));
        }
    }

    @RepeatedTest(60)
    void vectorIntegrateAndFire(RepetitionInfo info) {
        VectorLoops vector = offered();
        Compartments c = new Compartments(new Random(info.getCurrentRepetition()), false, VectorLoops.LEAST);
        c.requireAll(vector.integrateAndFire(c.acc, 0, c.v, c.bias, c.threshold, c.range.subtracts() != 0, 1 << 21, -LIMIT, LIMIT, c.from, c.to,
            new int[c.to - c.from], c.spikes, c.before, c.n, 7));
    }

    @RepeatedTest(60)
    void leaky(RepetitionInfo info) {
        Compartments c = new Compartments(new Random(info.getCurrentRepetition()), true, 1);
        int[] current = new int[c.to];
        int[] driven = new int[c.to];
        LeakyIntegrateAndFire.decay(c.u, current, c.range.keptCurrent(), c.from, c.to);
        LeakyIntegrateAndFire.decay(c.v, driven, c.range.keptVoltage(), c.from, c.to);
        boolean odd = LeakyIntegrateAndFire.drive(c.acc, current, driven, c.bias, c.range, c.from, c.to) != 0;
        assertEquals(c.odd, odd);
        c.requireUntouched();
        if (!odd) {
            int[] code = new int[c.to];
            System.arraycopy(current, c.from, c.u, c.from, c.to - c.from);
            LeakyIntegrateAndFire.wake(c.dead, driven, c.from, c.to);
            LeakyIntegrateAndFire.reset(c.acc, c.v, driven, c.threshold, FiredCodes.lanes(c.to), code, c.range, c.from, c.to);
            LeakyIntegrateAndFire.tire(c.dead, code, c.range.deadAfter(), c.from, c.to);
            c.require(FiredCodes.collect(code, c.spikes, c.before, c.n, 7, new int[FiredCodes.scratch(c.to - c.from)], c.from, c.to));
        }
    }

    @RepeatedTest(60)
    void vectorLeaky(RepetitionInfo info) {
        VectorLoops vector = offered();
        Compartments c = new Compartments(new Random(info.getCurrentRepetition()), true, VectorLoops.LEAST);
        c.requireAll(vector.leakyIntegrateAndFire(c.acc, 0, c.u, c.v, c.bias, c.threshold, c.dead, c.range, c.from, c.to,
            new int[2 * (c.to - c.from)], c.spikes, c.before, c.n, 7));
    }

    @RepeatedTest(20)
    void decays(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        int kept = info.getCurrentRepetition() < 3 ? 4096 * (info.getCurrentRepetition() - 1) : random.nextInt(4097);
        int[] x = random.ints(100).map(i -> i >> 2 + random.nextInt(30)).toArray();
        x[0] = (1 << 30) - 1;
        x[1] = 1 - (1 << 30);
        int[] decayed = new int[100];
        LeakyIntegrateAndFire.decay(x, decayed, kept, 0, 100);
        assertArrayEquals(Arrays.stream(x).map(i -> FixedPoint.decay(i, 4096 - kept)).toArray(), decayed);
    }

    /** Random compartments, and what a step of the formulas makes of them, with 64-bit sums. */
    private static final class Compartments {
        final int from;
        final int to;
        final LeakyRange range;
        final int[] acc;
        final int[] u;
        final int[] v;
        final int[] bias;
        final int[] threshold;
        final int[] dead;
        final int[] spikes;
        final int[] before;
        final int n;
        final boolean odd;
        private final int[][] start;
        private final int[][] end;
        private final int[] firing;
        private final int[] activeBefore;
        private final int active;

        Compartments(Random random, boolean leaks, int least) {
            from = random.nextInt(40);
            to = from + random.nextInt(least, 300);
            n = random.nextInt(from + 1);
            NeuronProfile.Reset reset = NeuronProfile.Reset.values()[leaks ? random.nextInt(3) : 1 + random.nextInt(2)];
            NeuronProfile p = new NeuronProfile(leaks && random.nextBoolean() ? random.nextInt(4097) : 4096,
                leaks && random.nextBoolean() ? random.nextInt(4097) : 0, 1, reset, leaks ? 1 + random.nextInt(3) : 1, -LIMIT, LIMIT, 0, 1);
            range = LeakyRange.of(p, 22, 24);
            int rate = 1 + random.nextInt(100);
            acc = random.ints(to, -70, 70).map(q -> random.nextInt(4) == 0 ? q << 6 : 0).toArray();
            u = random.ints(to, -5000, 5000).map(i -> leaks ? i : 0).toArray();
            v = random.ints(to, -1000, 1000).toArray();
            bias = random.ints(to, 0, 3).toArray();
            threshold = random.ints(to, 1, 1000 * rate).toArray();
            dead = random.ints(to, 0, p.refractoryDelay()).toArray();
            int one = random.nextInt(from, to);
            switch (random.nextInt(8)) {
                case 0 -> acc[one] = random.nextBoolean() ? 1 << 21 : -(1 << 21) - 1;
                case 1 -> v[one] = random.nextBoolean() ? LIMIT + 5000 : -LIMIT - 5000;
                case 2 -> u[one] = leaks ? LIMIT : 0;
                case 3 -> bias[one] = LIMIT / 2;
                default -> { }
            }
            start = copies();
            spikes = new int[to];
            before = new int[to];
            int[] fired = new int[to];
            int[] counts = new int[to];
            int found = n;
            int busy = 7;
            boolean outside = false;
            end = copies();
            for (int i = from; i < to; i++) {
                long current = FixedPoint.decay(u[i], p.currentDecay()) + (long) acc[i];
                long driven = current + bias[i];
                long x = FixedPoint.decay(v[i], p.voltageDecay()) + driven;
                outside |= acc[i] != acc[i] << 10 >> 10 || x < -LIMIT || x > LIMIT;
                // Without leak currents are small as inputs and biases are.
                outside |= leaks && (Math.max(current, driven) >= 1 << 23 || Math.min(current, driven) < -(1 << 23));
                x = dead[i] > 0 ? 0 : x;
                boolean fires = reset != NeuronProfile.Reset.NONE && x > threshold[i];
                long now = fires ? reset == NeuronProfile.Reset.SOFT ? x - threshold[i] : 0 : x;
                end[0][i] = 0;
                end[1][i] = leaks ? (int) current : u[i];
                end[2][i] = (int) now;
                end[3][i] = fires ? p.refractoryDelay() - 1 : Math.max(0, dead[i] - 1);
                if (fires) {
                    fired[found] = i;
                    counts[found++] = busy;
                }
                busy += acc[i] != 0 || now != v[i] ? 1 : 0;
            }
            odd = outside;
            firing = Arrays.copyOf(fired, found);
            activeBefore = Arrays.copyOf(counts, found);
            active = busy;
        }

        private int[][] copies() {
            return new int[][] {acc.clone(), u.clone(), v.clone(), dead.clone()};
        }

        void requireUntouched() {
            assertArrayEquals(start, copies());
        }

        void requireAll(int counts) {
            assertEquals(odd, counts == -1);
            if (odd) {
                requireUntouched();
            } else {
                require(counts);
            }
        }

        void require(int counts) {
            assertArrayEquals(end, copies());
            assertEquals(firing.length - n, counts >>> 16);
            assertEquals(active - 7, counts & 0xFFFF);
            assertArrayEquals(firing, Arrays.copyOfRange(spikes, 0, firing.length));
            assertArrayEquals(activeBefore, Arrays.copyOfRange(before, 0, firing.length));
        }
    }

    @Test
    void aWrongChoiceIsNamed() {
        String set = System.getProperty(Kernels.PROPERTY);
        try {
            System.setProperty(Kernels.PROPERTY, "quick");
            assertEquals("system property axongrid.kernels is 'quick', there are plain, wide, fast, vector, auto",
                assertThrows(InvalidInputException.class, Kernels::chosen).getMessage());
        } finally {
            if (set == null) {
                System.clearProperty(Kernels.PROPERTY);
            } else {
                System.setProperty(Kernels.PROPERTY, set);
            }
        }
    }
}
