package org.axongrid.isa.image;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays that are never written again, each content kept once for all cores of a system: kernels of a convolution lie in many cores, parameters of
 * crossbar neurons in nearly all. That saves memory, and what cores share stays in the processor's caches. Not thread-safe.
 */
public final class SharedArrays {
    private record Ints(int[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ints o && Arrays.equals(values, o.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private record Longs(long[] values) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Longs o && Arrays.equals(values, o.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    private final Map<Ints, int[]> ints = new HashMap<>();
    private final Map<Longs, long[]> longs = new HashMap<>();

    /**
     * @param values an array that nobody writes to any more
     * @return the first array of this content that was given
     */
    public int[] of(int[] values) {
        int[] first = ints.putIfAbsent(new Ints(values), values);
        return first == null ? values : first;
    }

    /**
     * @param values an array that nobody writes to any more
     * @return the first array of this content that was given
     */
    public long[] of(long[] values) {
        long[] first = longs.putIfAbsent(new Longs(values), values);
        return first == null ? values : first;
    }
}
