package org.axongrid.emulator.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Each loop against the plainest way to say the same. The seed is the number of the repetition. */
class KernelLoopsTest {
    @RepeatedTest(30)
    void rows(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        int n = random.nextInt(300);
        int at = random.nextInt(20);
        int factor = random.nextInt();
        int[][] rows = new int[4][];
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
            assertArrayEquals(sum(start, at, n, 1, rows), acc);
            acc = start.clone();
            DenseRows.addScaled(acc, at, rows[0], factor, n, copy);
            assertArrayEquals(sum(start, at, n, factor, rows[0]), acc);
        }
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
        Random random = new Random(info.getCurrentRepetition());
        int n = random.nextInt(1, 512);
        int limit = (1 << 23) - 1;
        boolean soft = random.nextBoolean();
        int rate = 1 + random.nextInt(100);
        int[] acc = random.ints(n, -70, 70).map(q -> random.nextInt(4) == 0 ? q << 6 : 0).toArray();
        int[] bias = random.ints(n, 0, 3).toArray();
        int[] threshold = random.ints(n, 1, 1000 * rate).toArray();
        int[] v = random.ints(n, -1000, 1000).toArray();
        if (random.nextInt(3) == 0) {
            acc[random.nextInt(n)] = 1 << 21;
        }
        if (random.nextInt(3) == 0) {
            v[random.nextInt(n)] = random.nextBoolean() ? limit + 1 : -limit - 1;
        }
        int[] expectedV = v.clone();
        int[] spikes = new int[n + 5];
        int[] before = new int[n + 5];
        boolean odd = false;
        int fired = 5;
        int active = 7;
        for (int i = 0; i < n; i++) {
            int q = acc[i] << 10 >> 10;
            long x = (long) v[i] + (q + bias[i] << 8 >> 8);
            odd |= q != acc[i] || x < -limit || x > limit;
            expectedV[i] = (int) x;
            if (x > threshold[i]) {
                expectedV[i] = soft ? (int) x - threshold[i] : 0;
                spikes[fired] = i;
                before[fired++] = active;
            }
            active += q != 0 || expectedV[i] != v[i] ? 1 : 0;
        }
        int[] driven = new int[n];
        int[] accBefore = acc.clone();
        int[] vBefore = v.clone();
        int found = IntegrateAndFire.drive(acc, v, bias, driven, 10, 8, -limit, limit, 0, n);
        assertEquals(odd, found != 0);
        assertArrayEquals(accBefore, acc);
        assertArrayEquals(vBefore, v);
        if (odd) {
            return;
        }
        int[] code = new int[n];
        if (soft) {
            IntegrateAndFire.resetSoft(acc, v, driven, threshold, code, 0, n);
        } else {
            IntegrateAndFire.resetHard(acc, v, driven, threshold, code, 0, n);
        }
        assertArrayEquals(new int[n], acc);
        assertArrayEquals(expectedV, v);
        int[] s = new int[n + 6];
        int[] b = new int[n + 6];
        int counts = IntegrateAndFire.collect(code, s, b, 5, 7, new int[n / 4 + 2], 0, n);
        assertEquals(fired - 5, counts >>> 16);
        assertEquals(active - 7, counts & 0xFFFF);
        assertArrayEquals(Arrays.copyOf(spikes, fired), Arrays.copyOf(s, fired));
        assertArrayEquals(Arrays.copyOf(before, fired), Arrays.copyOf(b, fired));
    }

    @Test
    void aWrongChoiceIsNamed() {
        String set = System.getProperty(Kernels.PROPERTY);
        try {
            System.setProperty(Kernels.PROPERTY, "quick");
            assertEquals("system property axongrid.kernels is 'quick', there are plain, wide, fast",
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
