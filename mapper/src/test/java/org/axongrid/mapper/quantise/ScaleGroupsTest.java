package org.axongrid.mapper.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ScaleGroupsTest {
    @Test
    void fewChannelsKeepTheirOwn() {
        assertArrayEquals(new double[] {3, 1, 3, 2}, ScaleGroups.group(new double[] {3, 1, 3, 2}, 3));
    }

    @Test
    void oneGroupIsTheLargest() {
        assertArrayEquals(new double[] {3, 3, 3}, ScaleGroups.group(new double[] {3, 1, 2}, 1));
    }

    @RepeatedTest(30)
    void asGoodAsTryingAllCuts(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        double[] needed = random.doubles(2 + random.nextInt(7), 0.1, 3).toArray();
        int groups = 1 + random.nextInt(3);
        double[] found = ScaleGroups.group(needed, groups);
        assertTrue(Arrays.stream(found).distinct().count() <= groups, "seed " + seed);
        for (int c = 0; c < needed.length; c++) {
            assertTrue(found[c] >= needed[c], "seed " + seed);
        }
        assertEquals(best(needed, groups), growth(needed, found), 1e-9, "seed " + seed);
    }

    private static double growth(double[] needed, double[] found) {
        double sum = 0;
        for (int c = 0; c < needed.length; c++) {
            sum += Math.log(found[c] / needed[c]);
        }
        return sum;
    }

    /** Every choice of group maxima among the values. */
    private static double best(double[] needed, int groups) {
        double[] sorted = Arrays.stream(needed).sorted().toArray();
        double best = Double.POSITIVE_INFINITY;
        for (int chosen = 1; chosen < 1 << sorted.length; chosen++) {
            if (Integer.bitCount(chosen) > groups || (chosen >> sorted.length - 1 & 1) == 0) {
                continue;
            }
            double sum = 0;
            for (int c = 0, at = 0; c < sorted.length; c++) {
                at = c;
                while ((chosen >> at & 1) == 0) {
                    at++;
                }
                sum += Math.log(sorted[at] / sorted[c]);
            }
            best = Math.min(best, sum);
        }
        return best;
    }
}
