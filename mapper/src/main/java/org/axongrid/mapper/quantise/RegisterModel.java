package org.axongrid.mapper.quantise;

/**
 * Widths of the target's registers, in units of one weight step (on Loihi 64 register steps: weights enter shifted left by 6).
 *
 * @param accumulatorBits signed width of the dendritic accumulator; a step's summed input wraps there (two's complement)
 * @param membraneBits    signed width of the membrane potential; it saturates, and each saturation is counted
 * @param membraneMin     smallest membrane potential, at or above what the width allows (TrueNorth holds potentials at a negative threshold)
 * @param currentBits     signed width of the synaptic current of neurons that keep one, in register steps; it wraps
 * @param fractionBits    register steps per weight step as a power of two; what decays is rounded in them
 */
public record RegisterModel(int accumulatorBits, int membraneBits, long membraneMin, int currentBits, int fractionBits) {
    /** Loihi 1: 22-bit accumulator and 24-bit voltage in 1/64 steps (nengo-loihi {@code builder/discretize.py}). */
    public static final RegisterModel LOIHI = new RegisterModel(16, 18, 24, 6);
    /** No limit that any net here can reach: plain 64-bit arithmetic. */
    public static final RegisterModel UNLIMITED = new RegisterModel(63, 63, 63, 0);

    /** Registers that hold weight steps only, and currents of any size. */
    public RegisterModel(int accumulatorBits, int membraneBits) {
        this(accumulatorBits, membraneBits, -(1L << membraneBits - 1), 63, 0);
    }

    /** Checks the widths: 2 to 63 bits. */
    public RegisterModel {
        if (currentBits < 2 || currentBits > 63 || fractionBits < 0 || fractionBits > 31 || accumulatorBits < 2
            || accumulatorBits > 63 || membraneBits < 2 || membraneBits > 63) {
            throw new IllegalArgumentException("register widths of 2 to 63 bits");
        }
        if (membraneMin < -(1L << membraneBits - 1) || membraneMin > 0) {
            throw new IllegalArgumentException("a smallest potential of " + membraneMin + " in " + membraneBits + " bits");
        }
    }

    /** Registers that hold all that their widths allow. */
    public RegisterModel(int accumulatorBits, int membraneBits, int currentBits, int fractionBits) {
        this(accumulatorBits, membraneBits, -(1L << membraneBits - 1), currentBits, fractionBits);
    }

    /** Registers that hold weight steps only, and potentials down to a limit. */
    public RegisterModel(int accumulatorBits, int membraneBits, long membraneMin) {
        this(accumulatorBits, membraneBits, membraneMin, 63, 0);
    }

    /** @return {@code sum} as the accumulator holds it */
    public long accumulate(long sum) {
        int unused = 64 - accumulatorBits;
        return sum << unused >> unused;
    }

    /** @return largest membrane potential */
    public long membraneMax() {
        return (1L << (membraneBits - 1)) - 1;
    }
}
