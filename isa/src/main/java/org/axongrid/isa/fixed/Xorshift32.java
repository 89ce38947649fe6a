package org.axongrid.isa.fixed;

/**
 * The random generator of cores: xorshift32 with the shifts 13, 17, 5 (Marsaglia, J. Stat. Softw. 8(14), 2003). Period 2^32 - 1. The chips' own
 * generators are not public.
 */
public final class Xorshift32 {
    private Xorshift32() { }

    /**
     * @param state any value but 0
     * @return the next state, which is also the random number
     */
    public static int next(int state) {
        int x = state;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        return x;
    }
}
