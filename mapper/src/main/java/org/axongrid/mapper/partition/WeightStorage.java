package org.axongrid.mapper.partition;

/**
 * How signed integer weights are stored on Loihi.
 *
 * <p>Mixed-sign fields hold even mantissas, so a weight of b bits is the mantissa {@code w << (9 - b)} with exponent {@code b - 9}. There is
 * no 7-bit field: 7 bits take 8. Nine bits do not fit a mixed field at all: positive and negative weights go to sparse entries of an
 * excitatory and an inhibitory format with 8-bit magnitudes.
 *
 * @param bits signed bits per weight: 2..9
 */
public record WeightStorage(int bits) {
    /**
     * @param weightBits bits of the quantised weights, 2..9
     * @return how they are stored
     */
    public static WeightStorage of(int weightBits) {
        if (weightBits < 2 || weightBits > 9) {
            throw new IllegalArgumentException("2 to 9 weight bits");
        }
        return new WeightStorage(weightBits == 7 ? 8 : weightBits);
    }

    /** @return whether rows are split by sign */
    public boolean splitsSigns() {
        return bits == 9;
    }
}
