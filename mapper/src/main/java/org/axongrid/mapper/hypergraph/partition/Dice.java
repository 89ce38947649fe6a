package org.axongrid.mapper.hypergraph.partition;

/** Random numbers for inner loops: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), bounded by multiplication (Lemire, TOMACS 2019). */
final class Dice {
    private static final int LOGS = 4096;
    /** {@code -ln(u)} for u in the middle of each of 4096 equal intervals of (0,1). */
    private static final float[] MINUS_LOG = new float[LOGS];

    static {
        for (int i = 0; i < LOGS; i++) {
            MINUS_LOG[i] = (float) -Math.log((i + 0.5) / LOGS);
        }
    }

    private long state;

    Dice(long seed) {
        state = seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** @return uniform in {@code 0 .. bound-1} */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }

    /** @return exponentially distributed with mean 1, in steps fine enough for acceptance tests */
    float exponential() {
        return MINUS_LOG[(int) (next() >>> 52)];
    }

    /** Shuffles an array. */
    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }
}
