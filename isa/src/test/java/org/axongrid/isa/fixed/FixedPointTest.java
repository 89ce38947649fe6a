package org.axongrid.isa.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPointTest {
    private static final int[] EDGES = {0, 1, -1, 2, -2, 4095, 4096, -4096, (1 << 21) - 1, 1 << 21, -(1 << 21), -(1 << 21) - 1, (1 << 23) - 1,
        1 << 23, -(1 << 23), Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1};

    @Test
    void wrapIsTheFormulaOfTheReference() {
        Random random = new Random(1);
        for (int bits = 1; bits <= 32; bits++) {
            BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
            BigInteger all = BigInteger.ONE.shiftLeft(bits);
            for (int i = 0; i < 300; i++) {
                int x = i < EDGES.length ? EDGES[i] : random.nextInt();
                int wrapped = FixedPoint.wrap(x, bits);
                assertEquals(BigInteger.valueOf(x).add(half).mod(all).subtract(half).intValueExact(), wrapped, x + " in " + bits + " bits");
                assertEquals(wrapped, FixedPoint.wrap(wrapped, bits));
            }
        }
    }

    @Test
    void wrappingASumDoesNotDependOnItsOrder() {
        Random random = new Random(2);
        for (int i = 0; i < 1000; i++) {
            int a = random.nextInt();
            int b = random.nextInt();
            int c = random.nextInt();
            int all = FixedPoint.wrap(a + b + c, 22);
            assertEquals(all, FixedPoint.wrap(FixedPoint.wrap(FixedPoint.wrap(c, 22) + a, 22) + b, 22));
            assertEquals(all, FixedPoint.wrap(FixedPoint.wrap(a + b, 22) + FixedPoint.wrap(c, 22), 22));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "-1, 1, 0", "1, 4095, 0", "-1, 4095, 0", "4096, 1, 4095", "-4096, 1, -4095", "4097, 1, 4095", "-4097, 1, -4095",
        "1000, 2048, 500", "-1001, 2048, -500", "8388607, 1, 8386559", "-8388608, 1, -8386560"})
    void decayRoundsTowardsZero(int x, int decay, int expected) {
        assertEquals(expected, FixedPoint.decay(x, decay));
    }

    @Test
    void decayLaws() {
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            int x = i < EDGES.length ? EDGES[i] : random.nextInt();
            int k = random.nextInt(4097);
            assertEquals(x, FixedPoint.decay(x, 0), "no decay is the identity");
            assertEquals(0, FixedPoint.decay(x, FixedPoint.DECAY_ONE), "full decay is zero");
            int y = FixedPoint.decay(x, k);
            BigInteger magnitude = BigInteger.valueOf(x).abs().multiply(BigInteger.valueOf(4096 - k)).shiftRight(12);
            assertEquals(magnitude.multiply(BigInteger.valueOf(Integer.signum(x))).intValueExact(), y, x + " by " + k);
            assertTrue(Math.abs((long) y) <= Math.abs((long) x) && (long) y * x >= 0, "never away from zero, never to the other side");
            if (x != 0 && k > 0) {
                assertTrue(Math.abs((long) y) < Math.abs((long) x), "at least 1 is lost");
            }
            if (x != Integer.MIN_VALUE) {
                assertEquals(-y, FixedPoint.decay(-x, k), "odd");
            }
        }
    }

    @Test
    void clampKeepsWhatIsInside() {
        assertEquals(5, FixedPoint.clamp(5, -8, 7));
        assertEquals(-8, FixedPoint.clamp(-9, -8, 7));
        assertEquals(7, FixedPoint.clamp(1L << 40, -8, 7));
        assertEquals(-8, FixedPoint.clamp(-(1L << 40), -8, 7));
    }
}
