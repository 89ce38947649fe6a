package org.axongrid.mapper.partition;

import java.util.Arrays;

/** The Hilbert curve over a rectangle: neighbours on the curve are neighbours in the plane, so that a stretch of it is a compact patch. */
public final class Hilbert {
    private Hilbert() { }

    /**
     * @param width  columns
     * @param height rows
     * @return the positions {@code y * width + x} in the order in which the curve over the smallest enclosing power-of-two square meets
     *     them
     */
    public static int[] order(int width, int height) {
        int side = Integer.highestOneBit(Math.max(1, Math.max(width, height) * 2 - 1));
        long[] keyed = new long[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                keyed[y * width + x] = distance(side, x, y) << 32 | (y * width + x);
            }
        }
        Arrays.sort(keyed);
        return Arrays.stream(keyed).mapToInt(k -> (int) k).toArray();
    }

    /** Position of (x, y) on the curve over a square of {@code side} columns: quadrant by quadrant, turning the plane on the way down. */
    private static long distance(int side, int x, int y) {
        long d = 0;
        for (int s = side / 2; s > 0; s /= 2) {
            int right = (x & s) != 0 ? 1 : 0;
            int lower = (y & s) != 0 ? 1 : 0;
            d += (long) s * s * (3 * right ^ lower);
            if (lower == 0) {
                if (right == 1) {
                    x = s - 1 - (x & s - 1);
                    y = s - 1 - (y & s - 1);
                }
                int swap = x;
                x = y;
                y = swap;
            }
        }
        return d;
    }
}
