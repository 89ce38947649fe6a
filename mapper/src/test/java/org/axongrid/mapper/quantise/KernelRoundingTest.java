package org.axongrid.mapper.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

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
}
