package org.axongrid.emulator.layer;

import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.isa.layer.LayerTaps;

/**
 * Binary spikes through a kernel without channel groups. Weights lie four to a {@code long}, 16 bits each, made non-negative by an offset, so that one addition adds
 * four weights and no carry leaves a lane before {@link #most} rows are added; the offset of as many rows is taken off again when lanes are read. Target channels are
 * cut into blocks of {@value #LANES}, whose sums stay in processor registers while the rows of all spikes that reach a position are added; a block's weights
 * stay in the second-level cache for a batch.
 */
final class LaneKernel implements SynapseKernel {
    /** Target channels of a block. */
    static final int LANES = 32;
    private static final int HALF = 16;
    private static final int LANE_MAX = 0xFFFF;
    private static final int LONGS = LANES / 4;
    private static final int HALF_LONGS = HALF / 4;

    private final LayerTaps taps;
    private final int sourceChannels;
    private final int targetChannels;
    /** By block: {@code [tap][source channel][long]}. */
    private final long[][] weights;
    private final boolean half;
    private final int offset;
    private final int shift;
    private final int most;

    /**
     * @param s              the synapses
     * @param sourceChannels channels of the source
     * @param targetChannels channels of the target
     * @param weightShift    the chip's
     */
    LaneKernel(LayerSynapses s, int sourceChannels, int targetChannels, int weightShift) {
        taps = s.taps();
        this.sourceChannels = sourceChannels;
        this.targetChannels = targetChannels;
        shift = s.weightShift() + weightShift;
        int low = 0;
        int high = 0;
        for (int w : s.kernel()) {
            low = Math.min(low, w >> s.weightShift());
            high = Math.max(high, w >> s.weightShift());
        }
        offset = -low;
        most = LANE_MAX / Math.max(1, high - low);
        half = targetChannels <= HALF;
        int lanes = half ? HALF : LANES;
        weights = new long[(targetChannels + lanes - 1) / lanes][];
        for (int b = 0; b < weights.length; b++) {
            weights[b] = pack(s, b * lanes, Math.min(lanes, targetChannels - b * lanes), lanes / 4);
        }
    }

    /** @return whether a kernel's weights fit the lanes with rows to spare */
    static boolean fits(LayerSynapses s) {
        for (int w : s.kernel()) {
            int own = w >> s.weightShift();
            if (own < -512 || own > 511) {
                return false;
            }
        }
        return s.groups() == 1;
    }

    private long[] pack(LayerSynapses s, int first, int count, int longs) {
        int rows = s.kernel().length / targetChannels;
        long[] packed = new long[Math.multiplyExact(rows, longs)];
        int[] kernel = s.kernel();
        for (int row = 0; row < rows; row++) {
            int at = row * targetChannels + first;
            for (int k = 0; k < count; k++) {
                packed[row * longs + (k >> 2)] |= (long) ((kernel[at + k] >> s.weightShift()) + offset) << ((k & 3) << 4);
            }
        }
        return packed;
    }

    @Override
    public long bytes() {
        long all = 0;
        for (long[] block : weights) {
            all += 8L * block.length;
        }
        return all;
    }

    @Override
    public void add(SpikeFrame[] frames, int first, int[][] sums, int count) {
        int positions = taps.first().length - 1;
        long[] lanes = new long[LONGS];
        for (int b = 0; b < weights.length; b++) {
            for (int f = 0; f < count; f++) {
                if (half) {
                    for (int t = 0; t < positions; t++) {
                        half(weights[b], frames[first + f], t, sums[f], lanes);
                    }
                } else {
                    for (int t = 0; t < positions; t++) {
                        whole(weights[b], frames[first + f], t, b * LANES, sums[f], lanes);
                    }
                }
            }
        }
    }

    private void whole(long[] w, SpikeFrame frame, int target, int firstChannel, int[] sums, long[] lanes) {
        final char[] channel = frame.channel;
        final int[] count = frame.count;
        final int[] source = taps.source();
        final int[] tap = taps.tap();
        final int last = taps.first()[target + 1];
        int rows = 0;
        long a0 = 0;
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        long a4 = 0;
        long a5 = 0;
        long a6 = 0;
        long a7 = 0;
        for (int c = taps.first()[target]; c < last; c++) {
            int p = source[c];
            int at = p * sourceChannels;
            final int end = at + count[p];
            final int base = tap[c] * sourceChannels * LONGS;
            while (at < end) {
                final int stop = Math.min(end, at + most - rows);
                rows += stop - at;
                for (; at < stop; at++) {
                    int o = base + (channel[at] << 3);
                    a0 += w[o];
                    a1 += w[o + 1];
                    a2 += w[o + 2];
                    a3 += w[o + 3];
                    a4 += w[o + 4];
                    a5 += w[o + 5];
                    a6 += w[o + 6];
                    a7 += w[o + 7];
                }
                if (rows == most) {
                    store(lanes, a0, a1, a2, a3);
                    lanes[4] = a4;
                    lanes[5] = a5;
                    lanes[6] = a6;
                    lanes[7] = a7;
                    read(lanes, LONGS, rows, target, firstChannel, sums);
                    a0 = 0;
                    a1 = 0;
                    a2 = 0;
                    a3 = 0;
                    a4 = 0;
                    a5 = 0;
                    a6 = 0;
                    a7 = 0;
                    rows = 0;
                }
            }
        }
        if (rows > 0) {
            store(lanes, a0, a1, a2, a3);
            lanes[4] = a4;
            lanes[5] = a5;
            lanes[6] = a6;
            lanes[7] = a7;
            read(lanes, LONGS, rows, target, firstChannel, sums);
        }
    }

    private void half(long[] w, SpikeFrame frame, int target, int[] sums, long[] lanes) {
        final char[] channel = frame.channel;
        final int[] count = frame.count;
        final int[] source = taps.source();
        final int[] tap = taps.tap();
        final int last = taps.first()[target + 1];
        int rows = 0;
        long a0 = 0;
        long a1 = 0;
        long a2 = 0;
        long a3 = 0;
        for (int c = taps.first()[target]; c < last; c++) {
            int p = source[c];
            int at = p * sourceChannels;
            final int end = at + count[p];
            final int base = tap[c] * sourceChannels * HALF_LONGS;
            while (at < end) {
                final int stop = Math.min(end, at + most - rows);
                rows += stop - at;
                for (; at < stop; at++) {
                    int o = base + (channel[at] << 2);
                    a0 += w[o];
                    a1 += w[o + 1];
                    a2 += w[o + 2];
                    a3 += w[o + 3];
                }
                if (rows == most) {
                    store(lanes, a0, a1, a2, a3);
                    read(lanes, HALF_LONGS, rows, target, 0, sums);
                    a0 = 0;
                    a1 = 0;
                    a2 = 0;
                    a3 = 0;
                    rows = 0;
                }
            }
        }
        if (rows > 0) {
            store(lanes, a0, a1, a2, a3);
            read(lanes, HALF_LONGS, rows, target, 0, sums);
        }
    }

    private static void store(long[] lanes, long a0, long a1, long a2, long a3) {
        lanes[0] = a0;
        lanes[1] = a1;
        lanes[2] = a2;
        lanes[3] = a3;
    }

    /** Adds lanes to the sums of a target position's channels, without what the rows' offsets added. */
    private void read(long[] lanes, int longs, int rows, int target, int firstChannel, int[] sums) {
        final int off = rows * offset;
        final int at = target * targetChannels + firstChannel;
        final int n = Math.min(4 * longs, targetChannels - firstChannel);
        final int whole = n >> 2;
        for (int i = 0; i < whole; i++) {
            long x = lanes[i];
            int s = at + 4 * i;
            sums[s] += ((int) x & LANE_MAX) - off << shift;
            sums[s + 1] += ((int) (x >>> 16) & LANE_MAX) - off << shift;
            sums[s + 2] += ((int) (x >>> 32) & LANE_MAX) - off << shift;
            sums[s + 3] += (int) (x >>> 48) - off << shift;
        }
        for (int k = 4 * whole; k < n; k++) {
            sums[at + k] += ((int) (lanes[k >> 2] >>> ((k & 3) << 4)) & LANE_MAX) - off << shift;
        }
    }
}
