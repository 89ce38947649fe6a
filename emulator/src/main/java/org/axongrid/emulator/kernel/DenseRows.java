package org.axongrid.emulator.kernel;

/**
 * Adds rows of weights to consecutive accumulators. Each row has an array of its own: with rows at offsets of one array C2 (JDK 17 and 25) makes
 * no vector instructions of these loops, and they take three to four times as long. Sums are modulo 2^32.
 */
public final class DenseRows {
    private DenseRows() { }

    /** Adds {@code n} weights to the accumulators from {@code at} on. */
    public static void add(int[] acc, int at, int[] a, int n) {
        for (int i = 0; i < n; i++) {
            acc[at + i] += a[i];
        }
    }

    /** Adds {@code n} weights times a factor. */
    public static void addScaled(int[] acc, int at, int[] a, int factor, int n) {
        for (int i = 0; i < n; i++) {
            acc[at + i] += a[i] * factor;
        }
    }

    /** Adds two rows. */
    public static void add(int[] acc, int at, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            acc[at + i] += a[i] + b[i];
        }
    }

    /** Adds four rows: an accumulator is loaded and stored once for them. Of eight rows C2 of JDK 17 makes no vector instructions. */
    public static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n) {
        for (int i = 0; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i];
        }
    }
}
