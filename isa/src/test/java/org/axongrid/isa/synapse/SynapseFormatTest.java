package org.axongrid.isa.synapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.Kind;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SynapseFormatTest {
    private static final int[] WEIGHT_BITS = {1, 2, 3, 4, 5, 6, 8};

    @ParameterizedTest
    @EnumSource(SignMode.class)
    void holdsExactlyTheMantissasOfItsMode(SignMode mode) {
        for (int bits : WEIGHT_BITS) {
            SynapseFormat f = format(mode, bits, 0);
            int step = 1 << 8 - bits + (mode == SignMode.MIXED ? 1 : 0);
            int lowest = mode == SignMode.MIXED ? -256 : mode == SignMode.INHIBITORY ? -256 + step : 0;
            int highest = mode == SignMode.INHIBITORY ? 0 : 256 - step;
            for (int m = -600; m <= 600; m++) {
                if (m >= lowest && m <= highest && m % step == 0) {
                    long field = f.store(m);
                    assertTrue(field >= 0 && field < 1L << bits, m + " as " + field + " in " + f);
                    assertEquals(m, f.load(field), f.toString());
                } else {
                    int mantissa = m;
                    assertThrows(IllegalArgumentException.class, () -> f.store(mantissa), () -> mantissa + " in " + f);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SignMode.class)
    void everyFieldIsAMantissa(SignMode mode) {
        for (int bits : WEIGHT_BITS) {
            SynapseFormat f = format(mode, bits, 0);
            for (long field = 0; field < 1L << bits; field++) {
                assertEquals(field, f.store(f.load(field)), f.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "58, 1", "59, 2", "63, 2", "64, 2", "65, 2", "122, 2", "123, 3", "128, 3", "496, 8", "1090, 18", "8552, 134"})
    void wordsLeaveRoomForTheEndMark(long bits, int words) {
        assertEquals(words, SynapseFormat.words(bits));
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "63, 6", "64, 7", "127, 7", "128, 8", "1023, 10", "1024, 11", "65535, 16"})
    void indexBits(int largest, int bits) {
        assertEquals(bits, SynapseFormat.indexBitsFor(largest));
    }

    @Test
    void widthsAndKinds() {
        SynapseFormat dense = new SynapseFormat(Compression.DENSE, SignMode.MIXED, 5, 0, 3, 9, false);
        assertEquals(8, dense.synapseBits());
        assertEquals(19, dense.prefixBits());
        assertEquals(Kind.DENSE, dense.kind());
        SynapseFormat sparse = new SynapseFormat(Compression.SPARSE, SignMode.MIXED, 5, 0, 3, 9, false);
        assertEquals(17, sparse.synapseBits());
        assertEquals(10, sparse.prefixBits());
        assertEquals(Kind.SPARSE, sparse.kind());
        assertEquals(Kind.SHARED, new SynapseFormat(Compression.SPARSE, SignMode.MIXED, 5, 0, 3, 9, true).kind());
    }

    @ParameterizedTest
    @CsvSource({"7, 0, 0, 6", "0, 0, 0, 6", "9, 0, 0, 6", "8, 8, 0, 6", "8, -9, 0, 6", "8, 0, 7, 6", "8, 0, -1, 6", "8, 0, 0, 0", "8, 0, 0, 17"})
    void rejectsImpossibleWidths(int weightBits, int exponent, int delayBits, int indexBits) {
        assertThrows(IllegalArgumentException.class,
            () -> new SynapseFormat(Compression.DENSE, SignMode.MIXED, weightBits, exponent, delayBits, indexBits, false));
    }

    private static SynapseFormat format(SignMode mode, int weightBits, int exponent) {
        return new SynapseFormat(Compression.DENSE, mode, weightBits, exponent, 0, 6, false);
    }
}
