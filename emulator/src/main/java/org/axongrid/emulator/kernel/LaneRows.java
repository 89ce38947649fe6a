package org.axongrid.emulator.kernel;

/**
 * Adds rows of weights that lie four to a {@code long}. A row has 4, 8 or 16 longs; which rows is said by a list of channels: row {@code c} begins at
 * {@code base + c * longs}. Sums stay in registers while the rows of a list are added.
 */
public final class LaneRows {
    /** Longs of the shortest rows. */
    public static final int FOUR = 4;
    /** Longs of the middle rows. */
    public static final int EIGHT = 8;
    /** Longs of the longest rows. */
    public static final int SIXTEEN = 16;

    private LaneRows() { }

    /** Adds the rows {@code channel[from .. to - 1]} of {@code longs} longs to {@code out[at ..]}. */
    public static void add(long[] w, int base, int longs, char[] channel, int from, int to, long[] out, int at) {
        if (longs == FOUR) {
            four(w, base, channel, from, to, out, at);
        } else if (longs == EIGHT) {
            eight(w, base, 3, channel, from, to, out, at);
        } else {
            eight(w, base, 4, channel, from, to, out, at);
            eight(w, base + EIGHT, 4, channel, from, to, out, at + EIGHT);
        }
    }

    private static void four(long[] w, int base, char[] channel, int from, int to, long[] out, int at) {
        long a0 = out[at];
        long a1 = out[at + 1];
        long a2 = out[at + 2];
        long a3 = out[at + 3];
        for (int i = from; i < to; i++) {
            int o = base + (channel[i] << 2);
            a0 += w[o];
            a1 += w[o + 1];
            a2 += w[o + 2];
            a3 += w[o + 3];
        }
        out[at] = a0;
        out[at + 1] = a1;
        out[at + 2] = a2;
        out[at + 3] = a3;
    }

    private static void eight(long[] w, int base, int shift, char[] channel, int from, int to, long[] out, int at) {
        long a0 = out[at];
        long a1 = out[at + 1];
        long a2 = out[at + 2];
        long a3 = out[at + 3];
        long a4 = out[at + 4];
        long a5 = out[at + 5];
        long a6 = out[at + 6];
        long a7 = out[at + 7];
        for (int i = from; i < to; i++) {
            int o = base + (channel[i] << shift);
            a0 += w[o];
            a1 += w[o + 1];
            a2 += w[o + 2];
            a3 += w[o + 3];
            a4 += w[o + 4];
            a5 += w[o + 5];
            a6 += w[o + 6];
            a7 += w[o + 7];
        }
        out[at] = a0;
        out[at + 1] = a1;
        out[at + 2] = a2;
        out[at + 3] = a3;
        out[at + 4] = a4;
        out[at + 5] = a5;
        out[at + 6] = a6;
        out[at + 7] = a7;
    }
}
