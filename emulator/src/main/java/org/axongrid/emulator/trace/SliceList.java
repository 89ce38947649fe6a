package org.axongrid.emulator.trace;

import java.util.Arrays;

/** Slices of time on one track, in the order of their start, as parallel arrays; times in ps after the step's start. */
public final class SliceList {
    private byte[] kind = new byte[16];
    private int[] argument = new int[16];
    private long[] from = new long[16];
    private long[] to = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds a slice, cut at the end of the step; one that begins behind it is left out. */
    void add(SliceKind what, int about, long start, long end, long limit) {
        if (start > limit) {
            return;
        }
        if (size == kind.length) {
            kind = Arrays.copyOf(kind, 2 * size);
            argument = Arrays.copyOf(argument, 2 * size);
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
        }
        kind[size] = (byte) what.ordinal();
        argument[size] = about;
        from[size] = start;
        to[size++] = Math.min(end, limit);
    }

    /** @return number of slices */
    public int size() {
        return size;
    }

    /** @return what a slice shows */
    public SliceKind kind(int i) {
        return SliceKind.VALUES[kind[i]];
    }

    /** @return neuron, core or count that the slice is about */
    public int argument(int i) {
        return argument[i];
    }

    /** @return start, ps after the step's */
    public long from(int i) {
        return from[i];
    }

    /** @return end, not before its start */
    public long to(int i) {
        return to[i];
    }
}
