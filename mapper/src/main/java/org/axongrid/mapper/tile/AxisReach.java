package org.axongrid.mapper.tile;

import java.util.HashMap;
import java.util.Map;
import org.axongrid.mapper.network.Projection;

/**
 * One axis of a projection. What a source position reaches is the product of what its row and its column reach, so that counts of boxes are
 * products of counts along the axes.
 */
final class AxisReach {
    private final int[][] targets;
    private final int extent;
    private final Map<Integer, int[]> parts = new HashMap<>();
    private final Map<Long, Long> busiest = new HashMap<>();

    AxisReach(Projection p, boolean rows) {
        targets = new int[rows ? p.sourceShape().height() : p.sourceShape().width()][];
        extent = rows ? p.targetShape().height() : p.targetShape().width();
        for (int s = 0; s < targets.length; s++) {
            targets[s] = rows ? p.targetRows(s) : p.targetColumns(s);
        }
    }

    /** @return by source coordinate: how many of {@code n} even parts of the target it reaches */
    int[] parts(int n) {
        return parts.computeIfAbsent(n, k -> {
            int[] count = new int[targets.length];
            for (int s = 0; s < count.length; s++) {
                int last = -1;
                for (int t : targets[s]) {
                    int part = TileBox.part(t, n, extent);
                    count[s] += part == last ? 0 : 1;
                    last = part;
                }
            }
            return count;
        });
    }

    /** @return source coordinates that reach a part, most of all of {@code n} parts */
    long footprint(int n) {
        return busiest.computeIfAbsent((long) n << 32, k -> {
            long[] sources = new long[n];
            for (int[] reached : targets) {
                int last = -1;
                for (int t : reached) {
                    int part = TileBox.part(t, n, extent);
                    sources[part] += part == last ? 0 : 1;
                    last = part;
                }
            }
            return max(sources);
        });
    }

    /** @return parts reached, summed over a part of the source, most of all of {@code m} parts of the source; the target has {@code n} */
    long reached(int m, int n) {
        return busiest.computeIfAbsent((long) n << 32 | m, k -> {
            long[] sums = new long[m];
            int[] count = parts(n);
            for (int s = 0; s < count.length; s++) {
                sums[TileBox.part(s, m, count.length)] += count[s];
            }
            return max(sums);
        });
    }

    private static long max(long[] values) {
        long max = 0;
        for (long v : values) {
            max = Math.max(max, v);
        }
        return max;
    }
}
