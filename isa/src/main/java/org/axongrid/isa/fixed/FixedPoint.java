package org.axongrid.isa.fixed;

/** Arithmetic of Loihi-style registers (project reference on Loihi, section 2.2). */
public final class FixedPoint {
    /** Decay constants are fractions of this. */
    public static final int DECAY_ONE = 4096;

    private FixedPoint() { }

    /**
     * Two's complement wrap.
     *
     * @param x    any value
     * @param bits register width, sign included, 1..32
     * @return {@code x} modulo 2^bits, as a signed value
     */
    public static int wrap(int x, int bits) {
        int unused = 32 - bits;
        return x << unused >> unused;
    }

    /**
     * Exponential decay as the chip does it: on the magnitude, so it rounds toward zero.
     *
     * @param x     register value
     * @param decay 0 (keep) .. 4096 (clear), offset bit included
     * @return {@code sign(x) * ((|x| * (4096 - decay)) >> 12)}
     */
    public static int decay(int x, int decay) {
        long kept = Math.abs((long) x) * (DECAY_ONE - decay) >> 12;
        return (int) (x < 0 ? -kept : kept);
    }

    /** @return {@code x} limited to {@code min..max} */
    public static int clamp(long x, int min, int max) {
        return (int) Math.max(min, Math.min(max, x));
    }
}
