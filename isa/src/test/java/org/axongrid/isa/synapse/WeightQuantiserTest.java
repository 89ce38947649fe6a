package org.axongrid.isa.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightQuantiserTest {
    /** Eight mixed bits: multiples of two. The whole tables are among the conformance vectors. */
    @ParameterizedTest
    @CsvSource({"5, 4, 4, 4", "7, 8, 6, 6", "-5, -4, -6, -4", "-7, -8, -8, -6", "255, 254, 254, 254", "-256, -254, -256, -256"})
    void oddMantissasInMixedMode(int mantissa, int nearest, int floor, int truncated) {
        assertEquals(nearest, WeightQuantiser.NEAREST_EVEN.stored(mantissa, SignMode.MIXED, 8, 0));
        assertEquals(floor, WeightQuantiser.FLOOR.stored(mantissa, SignMode.MIXED, 8, 0));
        assertEquals(truncated, WeightQuantiser.TRUNCATE.stored(mantissa, SignMode.MIXED, 8, 0));
    }

    @Test
    void signedFieldsOfOneBit() {
        assertEquals(0, WeightQuantiser.NEAREST_EVEN.stored(-200, SignMode.MIXED, 1, 0));
        assertEquals(-256, WeightQuantiser.FLOOR.stored(-1, SignMode.MIXED, 1, 0));
        assertEquals(0, WeightQuantiser.TRUNCATE.stored(-200, SignMode.MIXED, 1, 0));
    }

    @Test
    void whatFitsStaysAndIsStorable() {
        for (SignMode signs : SignMode.values()) {
            SynapseFormat f = new SynapseFormat(SynapseFormat.Compression.DENSE, signs, 4, 0, 0, 6, false);
            for (long field = 0; field < 16; field++) {
                int mantissa = f.load(field);
                for (WeightQuantiser q : WeightQuantiser.values()) {
                    int expected = q == WeightQuantiser.NEAREST_EVEN && mantissa == -256 ? -224 : mantissa;
                    assertEquals(expected, q.stored(mantissa, signs, 4, 0), q + " " + signs + " " + mantissa);
                }
            }
        }
    }
}
