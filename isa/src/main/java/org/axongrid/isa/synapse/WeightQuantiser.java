package org.axongrid.isa.synapse;

import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;

/**
 * Weight mantissas to those that a format of so many bits can hold: the three documented rounding conventions (project reference on Loihi,
 * section 4.1). This happens when a network is compiled; a core sees only stored mantissas.
 */
public enum WeightQuantiser {
    /** nengo-loihi: to the nearest, ties to even, and once more so that a negative exponent shifts out nothing but zeros. */
    NEAREST_EVEN,
    /** Lava: toward minus infinity, magnitudes toward zero in the inhibitory mode. */
    FLOOR,
    /** Brian2Loihi: toward zero. */
    TRUNCATE;

    /** @return the convention of the program that {@code arithmetic} follows */
    public static WeightQuantiser of(Arithmetic arithmetic) {
        return switch (arithmetic) {
            case NENGO_LOIHI -> NEAREST_EVEN;
            case LAVA -> FLOOR;
            case BRIAN2LOIHI -> TRUNCATE;
        };
    }

    /**
     * @param mantissa any mantissa
     * @param signs    sign mode
     * @param bits     weight bits, 1..8
     * @param exponent weight exponent
     * @return the mantissa to store, a multiple of 2^(8 - bits), twice that in mixed mode
     */
    public int stored(int mantissa, SignMode signs, int bits, int exponent) {
        int lost = 8 - bits + (signs == SignMode.MIXED ? 1 : 0);
        return switch (this) {
            case NEAREST_EVEN -> nearest(mantissa, lost, exponent);
            case FLOOR -> {
                if (signs == SignMode.INHIBITORY) {
                    yield -(Math.max(0, Math.min(255, -mantissa)) >> lost << lost);
                }
                yield Math.max(signs == SignMode.MIXED ? -256 : 0, Math.min(255, mantissa)) >> lost << lost;
            }
            case TRUNCATE -> mantissa / (1 << lost) * (1 << lost);
        };
    }

    private static int nearest(int mantissa, int lost, int exponent) {
        int largest = (1 << 8 - lost) - 1;
        int q = limit(Math.rint(mantissa / (double) (1 << lost)), largest);
        int shift = lost + exponent;
        if (shift < 0) {
            double unit = 1 << -shift;
            q = limit(Math.rint(q / unit) * unit, largest);
        }
        return q * (1 << lost);
    }

    private static int limit(double q, int largest) {
        return (int) Math.max(-largest, Math.min(largest, q));
    }
}
