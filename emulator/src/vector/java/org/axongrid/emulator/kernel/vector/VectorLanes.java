package org.axongrid.emulator.kernel.vector;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link org.axongrid.emulator.kernel.LaneRows}: sums stay in vector registers while rows are added. */
final class VectorLanes {
    private static final VectorSpecies<Long> WIDE = LongVector.SPECIES_PREFERRED.length() >= 8 ? LongVector.SPECIES_512 : LongVector.SPECIES_256;
    private static final VectorSpecies<Long> FOUR = LongVector.SPECIES_256;
    /** Longs of a vector. */
    static final int W = WIDE.length();

    private VectorLanes() { }

    static void four(long[] w, int base, char[] channel, int from, int to, long[] out, int at) {
        LongVector a = LongVector.fromArray(FOUR, out, at);
        for (int i = from; i < to; i++) {
            a = a.add(LongVector.fromArray(FOUR, w, base + (channel[i] << 2)));
        }
        a.intoArray(out, at);
    }

    static void eight(long[] w, int base, char[] channel, int from, int to, long[] out, int at) {
        if (W == 8) {
            LongVector a = LongVector.fromArray(WIDE, out, at);
            for (int i = from; i < to; i++) {
                a = a.add(LongVector.fromArray(WIDE, w, base + (channel[i] << 3)));
            }
            a.intoArray(out, at);
            return;
        }
        LongVector a = LongVector.fromArray(WIDE, out, at);
        LongVector b = LongVector.fromArray(WIDE, out, at + W);
        for (int i = from; i < to; i++) {
            int o = base + (channel[i] << 3);
            a = a.add(LongVector.fromArray(WIDE, w, o));
            b = b.add(LongVector.fromArray(WIDE, w, o + W));
        }
        a.intoArray(out, at);
        b.intoArray(out, at + W);
    }

    static void sixteen(long[] w, int base, char[] channel, int from, int to, long[] out, int at) {
        LongVector a = LongVector.fromArray(WIDE, out, at);
        LongVector b = LongVector.fromArray(WIDE, out, at + W);
        if (W == 8) {
            for (int i = from; i < to; i++) {
                int o = base + (channel[i] << 4);
                a = a.add(LongVector.fromArray(WIDE, w, o));
                b = b.add(LongVector.fromArray(WIDE, w, o + W));
            }
            a.intoArray(out, at);
            b.intoArray(out, at + W);
            return;
        }
        LongVector c = LongVector.fromArray(WIDE, out, at + 2 * W);
        LongVector d = LongVector.fromArray(WIDE, out, at + 3 * W);
        for (int i = from; i < to; i++) {
            int o = base + (channel[i] << 4);
            a = a.add(LongVector.fromArray(WIDE, w, o));
            b = b.add(LongVector.fromArray(WIDE, w, o + W));
            c = c.add(LongVector.fromArray(WIDE, w, o + 2 * W));
            d = d.add(LongVector.fromArray(WIDE, w, o + 3 * W));
        }
        a.intoArray(out, at);
        b.intoArray(out, at + W);
        c.intoArray(out, at + 2 * W);
        d.intoArray(out, at + 3 * W);
    }

    static void four(long[] w, int base, int second, int third, char[] channel, int from, int to, long[] out, int at, int at2, int at3) {
        LongVector a = LongVector.fromArray(FOUR, out, at);
        LongVector b = LongVector.fromArray(FOUR, out, at2);
        LongVector c = LongVector.fromArray(FOUR, out, at3);
        for (int i = from; i < to; i++) {
            int o = channel[i] << 2;
            a = a.add(LongVector.fromArray(FOUR, w, base + o));
            b = b.add(LongVector.fromArray(FOUR, w, second + o));
            c = c.add(LongVector.fromArray(FOUR, w, third + o));
        }
        a.intoArray(out, at);
        b.intoArray(out, at2);
        c.intoArray(out, at3);
    }

    /** Three blocks of one vector each. */
    static void wide(long[] w, int base, int second, int third, int shift, char[] channel, int from, int to, long[] out, int at, int at2, int at3) {
        LongVector a = LongVector.fromArray(WIDE, out, at);
        LongVector b = LongVector.fromArray(WIDE, out, at2);
        LongVector c = LongVector.fromArray(WIDE, out, at3);
        for (int i = from; i < to; i++) {
            int o = channel[i] << shift;
            a = a.add(LongVector.fromArray(WIDE, w, base + o));
            b = b.add(LongVector.fromArray(WIDE, w, second + o));
            c = c.add(LongVector.fromArray(WIDE, w, third + o));
        }
        a.intoArray(out, at);
        b.intoArray(out, at2);
        c.intoArray(out, at3);
    }

    /** Three blocks of two vectors each. */
    static void twice(long[] w, int base, int second, int third, int shift, char[] channel, int from, int to, long[] out, int at, int at2, int at3) {
        LongVector a = LongVector.fromArray(WIDE, out, at);
        LongVector b = LongVector.fromArray(WIDE, out, at2);
        LongVector c = LongVector.fromArray(WIDE, out, at3);
        LongVector d = LongVector.fromArray(WIDE, out, at + W);
        LongVector e = LongVector.fromArray(WIDE, out, at2 + W);
        LongVector f = LongVector.fromArray(WIDE, out, at3 + W);
        for (int i = from; i < to; i++) {
            int o = channel[i] << shift;
            a = a.add(LongVector.fromArray(WIDE, w, base + o));
            b = b.add(LongVector.fromArray(WIDE, w, second + o));
            c = c.add(LongVector.fromArray(WIDE, w, third + o));
            d = d.add(LongVector.fromArray(WIDE, w, base + o + W));
            e = e.add(LongVector.fromArray(WIDE, w, second + o + W));
            f = f.add(LongVector.fromArray(WIDE, w, third + o + W));
        }
        a.intoArray(out, at);
        b.intoArray(out, at2);
        c.intoArray(out, at3);
        d.intoArray(out, at + W);
        e.intoArray(out, at2 + W);
        f.intoArray(out, at3 + W);
    }
}
