package org.axongrid.emulator.core;

/**
 * The update of a crossbar core's neurons in loops of a few operations without branches, over whole arrays with one index, which also older compilers turn
 * into vector instructions (project reference on TrueNorth, section 3). None of them sums anything up but the last: horizontal sums cost.
 */
final class TrueNorthLoops {
    /** Neurons whose counts one packed sum holds. */
    static final int COUNTED = 512;
    private static final int FIRED = 1 << 16;

    private TrueNorthLoops() { }

    /** V plus input plus leak. */
    static void sum(int[] v, int[] input, int[] leak, int[] next, int neurons) {
        for (int j = 0; j < neurons; j++) {
            next[j] = v[j] + input[j] + leak[j];
        }
    }

    /** V plus input. */
    static void sum(int[] v, int[] input, int[] next, int neurons) {
        for (int j = 0; j < neurons; j++) {
            next[j] = v[j] + input[j];
        }
    }

    /** Adds the leak, or the leak times the sign of V. */
    static void leak(int[] next, int[] plain, int[] reversed, int[] stopAtZero, int neurons) {
        for (int j = 0; j < neurons; j++) {
            int x = next[j];
            int sum = x + plain[j] + (x >> 31 | -x >>> 31) * reversed[j];
            next[j] = sum & ~((x ^ sum) >> 31 & stopAtZero[j]);
        }
    }

    /** @return number of potentials that were limited */
    static int saturate(int[] next, int min, int max, int neurons) {
        int count = 0;
        for (int j = 0; j < neurons; j++) {
            int x = Math.max(min, Math.min(max, next[j]));
            count += x == next[j] ? 0 : 1;
            next[j] = x;
        }
        return count;
    }

    /** All ones where the condition holds, else 0. */
    static void compare(int[] next, int[] upper, int[] lower, int[] fired, int[] turned, int neurons) {
        for (int j = 0; j < neurons; j++) {
            int fires = ~(next[j] - upper[j] >> 31);
            fired[j] = fires;
            turned[j] = next[j] - lower[j] >> 31 & ~fires;
        }
    }

    /** The same under noise, in two loops: of one alone JDK 17 makes no vector instructions. */
    static void compare(int[] next, int[] upper, int[] lower, int[] noise, int[] lowerNoise, int[] fired, int[] turned, int neurons) {
        for (int j = 0; j < neurons; j++) {
            fired[j] = ~(next[j] - upper[j] - noise[j] >> 31);
        }
        for (int j = 0; j < neurons; j++) {
            turned[j] = next[j] - lower[j] + (noise[j] & lowerNoise[j]) >> 31 & ~fired[j];
        }
    }

    /** What crossings do to V. */
    static void reset(int[] next, int[] fired, int[] turned, int[] upperKeep, int[] upperAdd, int[] lowerKeep, int[] lowerAdd, int neurons) {
        for (int j = 0; j < neurons; j++) {
            int fires = fired[j];
            int turns = turned[j];
            int keep = upperKeep[j] & fires | lowerKeep[j] & turns | ~(fires | turns);
            next[j] = (next[j] & keep) + (upperAdd[j] & fires | lowerAdd[j] & turns);
        }
    }

    /** What noise adds to it. */
    static void resetNoise(int[] next, int[] fired, int[] turned, int[] noise, int[] linear, int[] lowerNoise, int neurons) {
        for (int j = 0; j < neurons; j++) {
            int n = noise[j] & linear[j];
            next[j] += (n & turned[j] & lowerNoise[j]) - (n & fired[j]);
        }
    }

    /**
     * Makes the next potentials the present ones.
     *
     * @return counts of at most {@link #COUNTED} neurons, packed: those that fired, and those that got input or whose potential changed
     */
    static int commit(int[] next, int[] v, int[] input, int[] fired, int from, int to) {
        int counts = 0;
        for (int j = from; j < to; j++) {
            int x = next[j];
            int moved = x ^ v[j] | input[j];
            counts += ((moved | -moved) >>> 31) + (fired[j] & FIRED);
            v[j] = x;
        }
        return counts;
    }

    /** @return neurons that fired, of a packed count */
    static int fired(int counts) {
        return counts >>> 16;
    }

    /** @return neurons that got input or whose potential changed, of a packed count */
    static int changed(int counts) {
        return counts & FIRED - 1;
    }
}
