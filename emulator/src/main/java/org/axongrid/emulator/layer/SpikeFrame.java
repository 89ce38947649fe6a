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
    private final int channels;

    SpikeFrame(int positions, int channels, boolean graded) {
        this.channels = channels;
        channel = new char[positions * channels];
        count = new int[positions];
        payload = graded ? new int[channel.length] : null;
    }

    void clear() {
        Arrays.fill(count, 0);
    }

    void add(int position, int ownChannel, int ownPayload) {
        int at = position * channels + count[position]++;
        channel[at] = (char) ownChannel;
        if (payload != null) {
            payload[at] = ownPayload;
        }
    }

    /** @return spikes of the channels {@code from .. to - 1} at a position */
    int count(int position, int from, int to) {
        int n = 0;
        int first = position * channels;
        int last = first + count[position];
        for (int i = first; i < last; i++) {
            int c = channel[i];
            n += c >= from && c < to ? 1 : 0;
        }
        return n;
    }
}
