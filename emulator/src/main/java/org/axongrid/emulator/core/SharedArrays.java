package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Arrays that are never written again, each content kept once for all cores of a system: less memory, and what cores share stays in the caches. */
final class SharedArrays {
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

    private final Map<Ints, int[]> ints = new HashMap<>();

    /** @return an array of the same content, the first of its kind; nobody writes to it any more */
    int[] of(int[] values) {
        int[] first = ints.putIfAbsent(new Ints(values), values);
        return first == null ? values : first;
    }
}
