package org.axongrid.emulator.kernel;

/**
 * Adds rows of weights to consecutive accumulators. C2 (JDK 17 and 25) makes vector instructions of such loops only if all arrays have one and the
 * same index, since two arrays might be one and the offset between them is not known. So long rows are added to a copy of the accumulators, which
 * is faster although it is copied there and back; how long depends on the number of rows. Each row has an array of its own, because it would need an
 * offset else. Sums are modulo 2^32.
 */
public final class DenseRows {
    /** From this length on a copy is faster for one row, for two, and for four. */
    private static final int COPIED_ONE = 64;
    private static final int COPIED_TWO = 48;
    private static final int COPIED_FOUR = 32;

    private DenseRows() { }

    /**
     * Adds {@code n} weights to the accumulators from {@code at} on.
     *
     * @param copy at least {@code n} elements that may be written, or null for a plain loop
     */
    public static void add(int[] acc, int at, int[] a, int n, int[] copy) {
        if (copy == null || n < COPIED_ONE) {
            for (int i = 0; i < n; i++) {
                acc[at + i] += a[i];
            }
            return;
        }
        System.arraycopy(acc, at, copy, 0, n);
        for (int i = 0; i < n; i++) {
            copy[i] += a[i];
        }
        System.arraycopy(copy, 0, acc, at, n);
    }

    /** Adds {@code n} weights times a factor. */
    public static void addScaled(int[] acc, int at, int[] a, int factor, int n, int[] copy) {
        if (copy == null || n < COPIED_ONE) {
            for (int i = 0; i < n; i++) {
                acc[at + i] += a[i] * factor;
            }
            return;
        }
        System.arraycopy(acc, at, copy, 0, n);
        for (int i = 0; i < n; i++) {
            copy[i] += a[i] * factor;
        }
        System.arraycopy(copy, 0, acc, at, n);
    }

    /** Adds two rows. */
    public static void add(int[] acc, int at, int[] a, int[] b, int n, int[] copy) {
        if (copy == null || n < COPIED_TWO) {
            for (int i = 0; i < n; i++) {
                acc[at + i] += a[i] + b[i];
            }
            return;
        }
        System.arraycopy(acc, at, copy, 0, n);
        for (int i = 0; i < n; i++) {
            copy[i] += a[i] + b[i];
        }
        System.arraycopy(copy, 0, acc, at, n);
    }

    /** Adds four rows: an accumulator is loaded and stored once for them. Of eight rows C2 of JDK 17 makes no vector instructions. */
    public static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n, int[] copy) {
        if (copy == null || n < COPIED_FOUR) {
            for (int i = 0; i < n; i++) {
                acc[at + i] += a[i] + b[i] + c[i] + d[i];
            }
            return;
        }
        System.arraycopy(acc, at, copy, 0, n);
        for (int i = 0; i < n; i++) {
            copy[i] += a[i] + b[i] + c[i] + d[i];
        }
        System.arraycopy(copy, 0, acc, at, n);
    }
}
