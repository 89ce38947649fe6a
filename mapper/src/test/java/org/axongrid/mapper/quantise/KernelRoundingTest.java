package org.axongrid.mapper.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelRoundingTest {
    @RepeatedTest(40)
    void weightsStayNearAndSumsAreRight(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        Random random = new Random(seed);
        int groups = 1 + random.nextInt(2);
        Projection p = new Projection(1, 2, new Shape(groups * (1 + random.nextInt(3)), 6, 6), new Shape(groups * (1 + random.nextInt(3)), 4, 4),
            Pool.NONE, 3, 3, 1, 1, 0, 0, 1, 1, groups);
        double[] real = random.doubles(p.kernelSize(), -100, 100).toArray();
        int[] rounded = KernelRounding.round(p, real, 127);
        double[] sums = new double[p.targetShape().channels()];
        Quantiser.forEachWeight(p, (at, channel) -> {
            assertTrue(Math.abs(rounded[at] - real[at]) < 1, "seed " + seed + ": weight " + at);
            sums[channel] += rounded[at] - real[at];
        });
        for (int c = 0; c < sums.length; c++) {
            assertEquals(0, sums[c], 0.5 + 1e-9, "seed " + seed + ": sum of channel " + c);
        }
    }

    /** Which weights are flipped does not depend on how they are found: few of many, most of them, or on several threads. */
    @ParameterizedTest
    @CsvSource({"0.5,3", "0.1,40", "0.4,40", "0.02,200"})
    void cheapestFirst(double offset, int channels) {
        Random random = new Random(7);
        Projection p = new Projection(1, 2, new Shape(channels, 3, 3), new Shape(40, 1, 1), Pool.NONE, 3, 3, 1, 1, 0, 0, 1, 1, 1);
        double[] real = random.doubles(p.kernelSize(), -3, 3).map(w -> Math.rint(w) + offset * random.nextDouble()).toArray();
        int[] expected = Arrays.stream(real).mapToInt(w -> (int) Math.rint(w)).toArray();
        for (int k = 0; k < 40; k++) {
            List<Integer> all = new ArrayList<>();
            for (int ci = 0; ci < channels; ci++) {
                List<Integer> taps = new ArrayList<>();
                for (int tap = 0; tap < 9; tap++) {
                    taps.add(p.row(tap / 3, tap % 3, ci) + k);
                }
                repair(taps, real, expected);
                all.addAll(taps);
            }
            repair(all, real, expected);
        }
        assertArrayEquals(expected, KernelRounding.round(p, real, 3));
    }

    private static void repair(List<Integer> members, double[] real, int[] rounded) {
        int flips = (int) Math.rint(members.stream().mapToDouble(at -> rounded[at] - real[at]).reduce(0, Double::sum));
        int direction = flips > 0 ? -1 : 1;
        List<Integer> cheapest = new ArrayList<>(members);
        cheapest.sort(Comparator.comparingDouble(at -> (rounded[at] - real[at]) * direction));
        for (int at : cheapest) {
            int next = rounded[at] + direction;
            if (flips != 0 && Math.abs(next) <= 3 && Math.abs(next - real[at]) < 1) {
                rounded[at] = next;
                flips += direction;
            }
        }
    }
}
