package org.axongrid.emulator.layer;

import java.util.Arrays;

/** The spikes of one layer in one of its time-steps, by position. */
final class SpikeFrame {
    /** By position, {@code channels} elements apart: the channels that spiked, in no order. */
    final char[] channel;
    /** By position: how many. */
    final int[] count;
    /** As {@link #channel}: payloads; null where all are 1. */
    final int[] payload;
    /** By position, a bit for each channel that spiked; null where nobody counts ranges of channels. */
    final long[] bits;
    private final int channels;
    private final int words;

    SpikeFrame(int positions, int channels, boolean graded, boolean counted) {
        this.channels = channels;
        words = (channels + 63) / 64;
        bits = counted ? new long[positions * words] : null;
        channel = new char[positions * channels];
        count = new int[positions];
        payload = graded ? new int[channel.length] : null;
    }

    void clear() {
        Arrays.fill(count, 0);
        if (bits != null) {
            Arrays.fill(bits, 0);
        }
    }

    void add(int position, int ownChannel, int ownPayload) {
        int at = position * channels + count[position]++;
        channel[at] = (char) ownChannel;
        if (payload != null) {
            payload[at] = ownPayload;
        }
        if (bits != null) {
            mark(position, ownChannel);
        }
    }

    void mark(int position, int ownChannel) {
        bits[position * words + (ownChannel >> 6)] |= 1L << ownChannel;
    }

    /** @return spikes of the channels {@code from .. to - 1} at a position */
    int count(int position, int from, int to) {
        int n = 0;
        for (int w = from >> 6; w <= to - 1 >> 6; w++) {
            long word = bits[position * words + w];
            word &= w == from >> 6 ? -1L << from : -1L;
            word &= w == to - 1 >> 6 ? -1L >>> -to : -1L;
            n += Long.bitCount(word);
        }
        return n;
    }
}
