package org.axongrid.isa.fixed;

import java.util.Arrays;
import java.util.Optional;

/**
 * What registers do at the edges of their widths and what a negative weight exponent loses: a named compatibility switch of a chip image.
 * The open emulators of Loihi agree on everything else; where they differ (project reference on Loihi, section 3), each constant follows one
 * of them. {@link #NENGO_LOIHI} is the default and the only one that the mapper uses.
 */
public enum Arithmetic {
    /** As the chip, as far as is known: accumulator and current wrap, the voltage saturates, each weight is floored. */
    NENGO_LOIHI("nengo-loihi"),
    /**
     * As Lava's bit-accurate models: the accumulator has no limit, the current wraps once by 2^24 when it is above 2^23 or not above -2^23, the
     * bias is added unwrapped, and a negative exponent shifts the sum of all weights that a step brings for one delay.
     */
    LAVA("lava"),
    /** As Brian2Loihi: no limits but that of each single weight, which is floored; u and v are 32-bit integers here, floats there. */
    BRIAN2LOIHI("brian2loihi");

    /** Brian2Loihi's limit of an effective weight. */
    private static final int LARGEST_WEIGHT = (1 << 21) - 64;

    private final String key;

    Arithmetic(String key) {
        this.key = key;
    }

    /** @return the name of the program that it follows, as in conformance vectors */
    public String key() {
        return key;
    }

    /** @return the constant of that key, if there is one */
    public static Optional<Arithmetic> of(String key) {
        return Arrays.stream(values()).filter(a -> a.key.equals(key)).findFirst();
    }

    /**
     * @param sum  all effective weights of a step
     * @param bits width of the dendritic accumulator
     * @return what the accumulator holds
     */
    public int accumulated(int sum, int bits) {
        return this == NENGO_LOIHI ? FixedPoint.wrap(sum, bits) : sum;
    }

    /**
     * @param decayed current of the step before, decayed
     * @param input   what the accumulator holds
     * @param bits    width of the current register
     * @return the new current
     */
    public int current(int decayed, int input, int bits) {
        int sum = decayed + input;
        return switch (this) {
            case NENGO_LOIHI -> FixedPoint.wrap(sum, bits);
            case LAVA -> {
                long half = 1L << bits - 1;
                yield (int) (sum > half ? sum - 2 * half : sum <= -half ? sum + 2 * half : sum);
            }
            case BRIAN2LOIHI -> sum;
        };
    }

    /**
     * @param current the new current
     * @param bias    effective bias
     * @param bits    width of the current register
     * @return what the voltage receives
     */
    public int driven(int current, int bias, int bits) {
        return this == NENGO_LOIHI ? FixedPoint.wrap(current + bias, bits) : current + bias;
    }

    /** @return whether the voltage saturates at its profile's limits */
    public boolean limitsVoltage() {
        return this != BRIAN2LOIHI;
    }

    /**
     * @param bits width of a bias mantissa
     * @return the smallest that is used; the chip leaves out the most negative one
     */
    public int biasMin(int bits) {
        return -(1 << bits - 1) + (this == LAVA ? 0 : 1);
    }

    /** @return whether a negative exponent acts on sums and not on each weight */
    public boolean shiftsSums() {
        return this == LAVA;
    }

    /**
     * @param mantissa stored weight mantissa
     * @param exponent weight exponent
     * @param shift    the chip's weight shift
     * @return what one synapse adds to the accumulator; before the shift of the sum if {@link #shiftsSums()}
     */
    public int effective(int mantissa, int exponent, int shift) {
        if (exponent >= 0) {
            int weight = mantissa << exponent + shift;
            return this == BRIAN2LOIHI ? Math.max(-LARGEST_WEIGHT, Math.min(LARGEST_WEIGHT, weight)) : weight;
        }
        return switch (this) {
            case NENGO_LOIHI, BRIAN2LOIHI -> mantissa >> -exponent << shift;
            case LAVA -> mantissa << shift;
        };
    }
}
