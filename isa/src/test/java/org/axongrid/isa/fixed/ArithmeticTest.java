package org.axongrid.isa.fixed;

import static org.axongrid.isa.fixed.Arithmetic.BRIAN2LOIHI;
import static org.axongrid.isa.fixed.Arithmetic.LAVA;
import static org.axongrid.isa.fixed.Arithmetic.NENGO_LOIHI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArithmeticTest {
    @ParameterizedTest
    @CsvSource({"254, 0, 16256", "-256, 7, -2097152", "255, 7, 2088960", "-6, -2, -128", "-3, -1, -128", "3, -1, 64", "255, -8, 0",
        "-255, -8, -64", "-256, -8, -64", "100, -3, 768"})
    void weightsLoseLowBitsTowardsMinusInfinity(int mantissa, int exponent, int effective) {
        assertEquals(effective, NENGO_LOIHI.effective(mantissa, exponent, 6));
        assertEquals(Math.max(effective, -(1 << 21) + 64), BRIAN2LOIHI.effective(mantissa, exponent, 6));
    }

    @Test
    void lavaShiftsSums() {
        assertEquals(-3 * 64, LAVA.effective(-3, -1, 6));
        assertEquals(12 * 64, LAVA.effective(3, 2, 6));
        assertTrue(LAVA.shiftsSums());
        assertFalse(NENGO_LOIHI.shiftsSums() || BRIAN2LOIHI.shiftsSums());
    }

    @ParameterizedTest
    @CsvSource({"8388607, 8388607, 8388607", "8388608, -8388608, 8388608", "8388609, -8388607, -8388607", "-8388607, -8388607, -8388607",
        "-8388608, -8388608, 8388608", "25165825, -8388607, 8388609"})
    void currentsAtTheirEdges(int sum, int wrapped, int once) {
        assertEquals(wrapped, NENGO_LOIHI.current(0, sum, 24));
        assertEquals(once, LAVA.current(0, sum, 24));
        assertEquals(sum, BRIAN2LOIHI.current(0, sum, 24));
    }

    @Test
    void onlyTheChipsOwnArithmeticWrapsAccumulatorAndBias() {
        assertEquals(-(1 << 21), NENGO_LOIHI.accumulated(1 << 21, 22));
        assertEquals(1 << 21, LAVA.accumulated(1 << 21, 22));
        assertEquals(-8388608, NENGO_LOIHI.driven(8388607, 1, 24));
        assertEquals(8388608, LAVA.driven(8388607, 1, 24));
        assertEquals(-4095, NENGO_LOIHI.biasMin(13));
        assertEquals(-4096, LAVA.biasMin(13));
        assertFalse(BRIAN2LOIHI.limitsVoltage());
    }

    @Test
    void keys() {
        for (Arithmetic a : Arithmetic.values()) {
            assertEquals(Optional.of(a), Arithmetic.of(a.key()));
        }
        assertEquals(Optional.empty(), Arithmetic.of("sana-fe"));
    }
}
