package org.axongrid.emulator.kernel;

/**
 * Adds synapses with a target each. Packed, a synapse is one {@code int}: the target in the upper 16 bits and, in the lower 16, the weight shifted
 * right by what all weights have in common; half the memory traffic of a target and a weight apart. Sums are modulo 2^32.
 */
public final class ScatteredRows {
    /** Ints in a cache line. */
    private static final int LINE = 16;

    private ScatteredRows() { }

    /**
     * @param target 0..65535
     * @param weight a weight
     * @param shift  low bits of it that are 0
     * @return both in one int
     * @throws IllegalArgumentException if they do not fit
     */
    public static int pack(int target, int weight, int shift) {
        if (target >>> 16 != 0 || (short) (weight >> shift) << shift != weight) {
            throw new IllegalArgumentException("target " + target + " and weight " + weight + " >> " + shift + " do not fit 16 bits each");
        }
        return target << 16 | weight >> shift & 0xFFFF;
    }

    /** Reads one of each {@value #LINE} synapses, and the last one, so that the cache holds them all. @return something that depends on them */
    public static int touch(int[] packed, int from, int to) {
        if (from >= to) {
            return 0;
        }
        int sum = packed[to - 1];
        for (int i = from; i < to; i += LINE) {
            sum += packed[i];
        }
        return sum;
    }

    /** Adds the packed synapses {@code from .. to - 1} to the accumulators from {@code at} on. */
    public static void addPacked(int[] acc, int at, int[] packed, int shift, int from, int to) {
        for (int i = from; i < to; i++) {
            int synapse = packed[i];
            acc[at + (synapse >>> 16)] += (short) synapse << shift;
        }
    }

    /** Adds packed synapses whose weights leave out no bits. */
    public static void addPacked(int[] acc, int at, int[] packed, int from, int to) {
        for (int i = from; i < to; i++) {
            int synapse = packed[i];
            acc[at + (synapse >>> 16)] += (short) synapse;
        }
    }

    /** Adds packed synapses times a factor. */
    public static void addPackedScaled(int[] acc, int at, int[] packed, int shift, int factor, int from, int to) {
        for (int i = from; i < to; i++) {
            int synapse = packed[i];
            acc[at + (synapse >>> 16)] += ((short) synapse << shift) * factor;
        }
    }

    /** Adds the synapses {@code from .. to - 1} times a factor. */
    public static void addWide(int[] acc, int at, int[] targets, int[] weights, int factor, int from, int to) {
        for (int i = from; i < to; i++) {
            acc[at + targets[i]] += weights[i] * factor;
        }
    }
}
