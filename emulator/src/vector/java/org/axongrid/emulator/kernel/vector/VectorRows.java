package org.axongrid.emulator.kernel.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows of weights added to accumulators, which unlike in plain loops may have an offset at no cost. */
final class VectorRows {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> EIGHT = IntVector.SPECIES_256;
    private static final VectorSpecies<Integer> FOUR = IntVector.SPECIES_128;
    private static final int LANES = SPECIES.length();
    /** Whether what is left of a row goes through shorter vectors: C2 of JDK 17 does not inline all of it and makes an object of each vector. */
    private static final boolean SHORTER = Runtime.version().feature() >= 21;

    private VectorRows() { }

    static void add(int[] acc, int at, int[] a, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            load(acc, at + i).add(load(a, i)).intoArray(acc, at + i);
        }
        int i = to;
        if (SHORTER && n - i >= 8) {
            eight(acc, at + i).add(eight(a, i)).intoArray(acc, at + i);
            i += 8;
        }
        if (SHORTER && n - i >= 4) {
            four(acc, at + i).add(four(a, i)).intoArray(acc, at + i);
            i += 4;
        }
        for (; i < n; i++) {
            acc[at + i] += a[i];
        }
    }

    static void addScaled(int[] acc, int at, int[] a, int factor, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            load(acc, at + i).add(load(a, i).mul(factor)).intoArray(acc, at + i);
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] * factor;
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            load(acc, at + i).add(load(a, i).add(load(b, i))).intoArray(acc, at + i);
        }
        int i = to;
        if (SHORTER && n - i >= 8) {
            eight(acc, at + i).add(eight(a, i).add(eight(b, i))).intoArray(acc, at + i);
            i += 8;
        }
        if (SHORTER && n - i >= 4) {
            four(acc, at + i).add(four(a, i).add(four(b, i))).intoArray(acc, at + i);
            i += 4;
        }
        for (; i < n; i++) {
            acc[at + i] += a[i] + b[i];
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            load(acc, at + i).add(load(a, i).add(load(b, i))).add(load(c, i).add(load(d, i))).intoArray(acc, at + i);
        }
        int i = to;
        if (SHORTER && n - i >= 8) {
            eight(acc, at + i).add(eight(a, i).add(eight(b, i))).add(eight(c, i).add(eight(d, i))).intoArray(acc, at + i);
            i += 8;
        }
        if (SHORTER && n - i >= 4) {
            four(acc, at + i).add(four(a, i).add(four(b, i))).add(four(c, i).add(four(d, i))).intoArray(acc, at + i);
            i += 4;
        }
        for (; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i];
        }
    }

    static void add(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int[] e, int[] f, int[] g, int[] h, int n) {
        int to = SPECIES.loopBound(n);
        for (int i = 0; i < to; i += LANES) {
            load(acc, at + i).add(load(a, i).add(load(b, i)).add(load(c, i).add(load(d, i))))
                .add(load(e, i).add(load(f, i)).add(load(g, i).add(load(h, i)))).intoArray(acc, at + i);
        }
        if (n - to >= LANES / 2) {
            // Two steps of four are shorter than eight rows' rest without vectors.
            rest(acc, at, a, b, c, d, to, n);
            rest(acc, at, e, f, g, h, to, n);
            return;
        }
        for (int i = to; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i] + e[i] + f[i] + g[i] + h[i];
        }
    }

    private static void rest(int[] acc, int at, int[] a, int[] b, int[] c, int[] d, int from, int n) {
        int i = from;
        if (SHORTER && n - i >= 8) {
            eight(acc, at + i).add(eight(a, i).add(eight(b, i))).add(eight(c, i).add(eight(d, i))).intoArray(acc, at + i);
            i += 8;
        }
        if (SHORTER && n - i >= 4) {
            four(acc, at + i).add(four(a, i).add(four(b, i))).add(four(c, i).add(four(d, i))).intoArray(acc, at + i);
            i += 4;
        }
        for (; i < n; i++) {
            acc[at + i] += a[i] + b[i] + c[i] + d[i];
        }
    }

    private static IntVector load(int[] array, int at) {
        return IntVector.fromArray(SPECIES, array, at);
    }

    private static IntVector eight(int[] array, int at) {
        return IntVector.fromArray(EIGHT, array, at);
    }

    private static IntVector four(int[] array, int at) {
        return IntVector.fromArray(FOUR, array, at);
    }
}
