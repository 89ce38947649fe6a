package org.axongrid.emulator.kernel.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of weights added to accumulators, which unlike in plain loops may have an offset at no cost. No vector goes into a method of ours or comes out
 * of one: such a method may be compiled by itself and is not inlined then, and each vector becomes an object.
 */
final class VectorRows {
    /** Eight lanes where there are more: twice as many are hardly faster, and leave more of short rows to be added one by one. */
    private static final VectorSpecies<Integer> SPECIES =
        IntVector.SPECIES_PREFERRED.length() < IntVector.SPECIES_256.length() ? IntVector.SPECIES_PREFERRED : IntVector.SPECIES_256;
    private static final int LANES = SPECIES.length();

    private VectorRows() { }

    static void add(int[] acc, int at, int[] a, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            IntVector.fromArray(SPECIES, acc, at + i).add(IntVector.fromArray(SPECIES, a, i)).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i];
        }
    }

    static void addScaled(int[] acc, int at, int[] a, int factor, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            IntVector.fromArray(SPECIES, acc, at + i).add(IntVector.fromArray(SPECIES, a, i).mul(factor)).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] * factor;
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            IntVector.fromArray(SPECIES, acc, at + i).add(IntVector.fromArray(SPECIES, a, i).add(IntVector.fromArray(SPECIES, b, i))).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] + b[i];
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            IntVector ab = IntVector.fromArray(SPECIES, a, i).add(IntVector.fromArray(SPECIES, b, i));
            IntVector cd = IntVector.fromArray(SPECIES, c, i).add(IntVector.fromArray(SPECIES, d, i));
            IntVector.fromArray(SPECIES, acc, at + i).add(ab.add(cd)).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i];
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            IntVector ab = IntVector.fromArray(SPECIES, a, i).add(IntVector.fromArray(SPECIES, b, i));
            IntVector cd = IntVector.fromArray(SPECIES, c, i).add(IntVector.fromArray(SPECIES, d, i));
            IntVector ef = IntVector.fromArray(SPECIES, e, i).add(IntVector.fromArray(SPECIES, f, i));
            IntVector gh = IntVector.fromArray(SPECIES, g, i).add(IntVector.fromArray(SPECIES, h, i));
            IntVector.fromArray(SPECIES, acc, at + i).add(ab.add(cd).add(ef.add(gh))).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i] + e[i] + f[i] + g[i] + h[i];
        }
    }
}
