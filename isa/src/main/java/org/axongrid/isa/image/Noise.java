package org.axongrid.isa.image;

/**
 * Noise that a step adds: {@code (r + 64 * mantissaOffset) * 2^(exponent - 7)}, rounded down, with r uniform in -127..127 (nengo-loihi; project
 * reference on Loihi, section 2.5). The generator on the chip is not public, so noise matches in distribution only; here it is a seeded
 * xorshift32 per core.
 *
 * @param target         what it is added to
 * @param mantissaOffset mean in units of 64
 * @param exponent       1..23
 */
public record Noise(Target target, int mantissaOffset, int exponent) {
    /** No noise. */
    public static final Noise NONE = new Noise(Target.NOTHING, 0, 7);

    /** What noise is added to. */
    public enum Target {
        /** Nothing. */
        NOTHING,
        /** The dendritic accumulator, so that the current keeps it. */
        DENDRITE,
        /** What the voltage receives. */
        MEMBRANE
    }

    /** Checks the ranges. */
    public Noise {
        if (exponent < 1 || exponent > 23 || mantissaOffset < -128 || mantissaOffset > 127) {
            throw new IllegalArgumentException("noise exponent " + exponent + " (1..23), mantissa offset " + mantissaOffset + " (-128..127)");
        }
    }

    /**
     * @param random 32 random bits
     * @return the noise of one step
     */
    public int sample(int random) {
        int mantissa = (random >>> 1) % 255 - 127 + 64 * mantissaOffset;
        return exponent >= 7 ? mantissa << exponent - 7 : mantissa >> 7 - exponent;
    }
}
