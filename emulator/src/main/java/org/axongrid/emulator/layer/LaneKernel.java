package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.isa.layer.LayerTaps;

/**
 * Binary spikes through a kernel without channel groups. Weights lie four to a {@code long} as the sum of {@code weight * 2^(16 k)}, so that one addition adds four
 * weights; what a lane borrows from the next one is known when lanes are read, as long as no lane leaves 16 bits, which takes more than {@link #most} rows.
 * Target channels are cut into blocks of {@value #LANES}, whose sums stay in processor registers while the rows of all spikes that reach a position are added; a
 * block's weights stay in the second-level cache for a batch.
 */
final class LaneKernel implements SynapseKernel {
    /** Target channels of a block. */
    static final int LANES = 32;
    /** Spikes of a position, on average, up to which rows are added from the source's side. */
    private static final int FEW = 24;
    private static final int HALF = 16;
    private static final int LANE_MAX = 0x7FFF;
    /** Makes all lanes non-negative. */
    private static final long MIDDLE = 0x8000_8000_8000_8000L;
    private static final int LANE_BITS = 0xFFFF;
    private static final int LANE_MIDDLE = 0x8000;
    private static final int LONGS = LANES / 4;
    private static final int HALF_LONGS = HALF / 4;

    private final LayerTaps taps;
    private final int sourceChannels;
    private final int targetChannels;
    /** By block: {@code [tap][source channel][long]}. */
    private final long[][] weights;
    private final boolean half;
    /** The taps by source. */
    private final SourceTaps spread;
    private final int mostTaps;
    private final int shift;
    private final int most;

    /**
     * @param s              the synapses
     * @param sourcePositions positions of the source
     * @param sourceChannels  channels of the source
     * @param targetChannels channels of the target
     * @param weightShift    the chip's
     */
    LaneKernel(LayerSynapses s, int sourcePositions, int sourceChannels, int targetChannels, int weightShift) {
        taps = s.taps();
        spread = new SourceTaps(taps, sourcePositions);
        this.sourceChannels = sourceChannels;
        this.targetChannels = targetChannels;
        shift = s.weightShift() + weightShift;
        int largest = 1;
        for (int w : s.kernel()) {
            largest = Math.max(largest, Math.abs(w >> s.weightShift()));
        }
        most = LANE_MAX / largest;
        int widest = 0;
        for (int t = 0; t + 1 < taps.first().length; t++) {
            widest = Math.max(widest, taps.first()[t + 1] - taps.first()[t]);
        }
        mostTaps = widest;
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
                packed[row * longs + (k >> 2)] += (long) (kernel[at + k] >> s.weightShift()) << ((k & 3) << 4);
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
        boolean[] few = new boolean[count];
        long[] out = null;
        for (int f = 0; f < count; f++) {
            few[f] = isFew(frames[first + f]);
            out = few[f] && out == null ? new long[positions * (half ? HALF_LONGS : LONGS)] : out;
        }
        for (int b = 0; b < weights.length; b++) {
            for (int f = 0; f < count; f++) {
                SpikeFrame frame = frames[first + f];
                if (few[f]) {
                    spread(weights[b], frame, b, out, sums[f]);
                } else if (half) {
                    for (int t = 0; t < positions; t++) {
                        half(weights[b], frame, t, sums[f], lanes);
                    }
                } else {
                    for (int t = 0; t < positions; t++) {
                        whole(weights[b], frame, t, b * LANES, sums[f], lanes);
                    }
                }
            }
        }
    }

    /**
     * Where few channels of a position spike, their rows are added tap by tap from the source's side: all taps have the same short loop, whose end the processor
     * then foresees. Lanes are read once at the end, so no position may get more rows than they hold.
     */
    private boolean isFew(SpikeFrame frame) {
        long all = 0;
        int largest = 0;
        for (int n : frame.count) {
            all += n;
            largest = Math.max(largest, n);
        }
        return all <= FEW * (long) frame.count.length && largest * (long) mostTaps <= most;
    }

    private void spread(long[] w, SpikeFrame frame, int block, long[] out, int[] sums) {
        Arrays.fill(out, 0);
        int longs = half ? HALF_LONGS : LONGS;
        for (int p = 0; p < frame.count.length; p++) {
            int n = frame.count[p];
            if (n > 0 && half) {
                spreadHalf(w, frame.channel, p * sourceChannels, p * sourceChannels + n, p, out);
            } else if (n > 0) {
                spreadWhole(w, frame.channel, p * sourceChannels, p * sourceChannels + n, p, out);
            }
        }
        if (targetChannels == 4 * longs) {
            readAll(out, sums);
            return;
        }
        for (int t = 0; t * longs < out.length; t++) {
            read(out, t * longs, longs, t, block * LANES, sums);
        }
    }

    /** Lanes and sums in the same order. */
    private void readAll(long[] out, int[] sums) {
        for (int i = 0; i < out.length; i++) {
            long x = out[i] + MIDDLE;
            int s = 4 * i;
            sums[s] += ((int) x & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 1] += ((int) (x >>> 16) & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 2] += ((int) (x >>> 32) & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 3] += (int) (x >>> 48) - LANE_MIDDLE << shift;
        }
    }

    private void spreadHalf(long[] w, char[] channel, int from, int to, int position, long[] out) {
        final int[] target = spread.target;
        final int[] tap = spread.tap;
        final int last = spread.first[position + 1];
        for (int c = spread.first[position]; c < last; c++) {
            final int base = tap[c] * sourceChannels * HALF_LONGS;
            final int t = target[c] * HALF_LONGS;
            long a0 = out[t];
            long a1 = out[t + 1];
            long a2 = out[t + 2];
            long a3 = out[t + 3];
            for (int i = from; i < to; i++) {
                int o = base + (channel[i] << 2);
                a0 += w[o];
                a1 += w[o + 1];
                a2 += w[o + 2];
                a3 += w[o + 3];
            }
            out[t] = a0;
            out[t + 1] = a1;
            out[t + 2] = a2;
            out[t + 3] = a3;
        }
    }

    private void spreadWhole(long[] w, char[] channel, int from, int to, int position, long[] out) {
        final int[] target = spread.target;
        final int[] tap = spread.tap;
        final int last = spread.first[position + 1];
        for (int c = spread.first[position]; c < last; c++) {
            final int base = tap[c] * sourceChannels * LONGS;
            final int t = target[c] * LONGS;
            long a0 = out[t];
            long a1 = out[t + 1];
            long a2 = out[t + 2];
            long a3 = out[t + 3];
            long a4 = out[t + 4];
            long a5 = out[t + 5];
            long a6 = out[t + 6];
            long a7 = out[t + 7];
            for (int i = from; i < to; i++) {
                int o = base + (channel[i] << 3);
                a0 += w[o];
                a1 += w[o + 1];
                a2 += w[o + 2];
                a3 += w[o + 3];
                a4 += w[o + 4];
                a5 += w[o + 5];
                a6 += w[o + 6];
                a7 += w[o + 7];
            }
            out[t] = a0;
            out[t + 1] = a1;
            out[t + 2] = a2;
            out[t + 3] = a3;
            out[t + 4] = a4;
            out[t + 5] = a5;
            out[t + 6] = a6;
            out[t + 7] = a7;
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
                    read(lanes, 0, LONGS, target, firstChannel, sums);
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
            read(lanes, 0, LONGS, target, firstChannel, sums);
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
                    read(lanes, 0, HALF_LONGS, target, 0, sums);
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
            read(lanes, 0, HALF_LONGS, target, 0, sums);
        }
    }

    private static void store(long[] lanes, long a0, long a1, long a2, long a3) {
        lanes[0] = a0;
        lanes[1] = a1;
        lanes[2] = a2;
        lanes[3] = a3;
    }

    /** Adds lanes to the sums of a target position's channels. */
    private void read(long[] lanes, int from, int longs, int target, int firstChannel, int[] sums) {
        final int at = target * targetChannels + firstChannel;
        final int n = Math.min(4 * longs, targetChannels - firstChannel);
        final int whole = n >> 2;
        for (int i = 0; i < whole; i++) {
            long x = lanes[from + i] + MIDDLE;
            int s = at + 4 * i;
            sums[s] += ((int) x & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 1] += ((int) (x >>> 16) & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 2] += ((int) (x >>> 32) & LANE_BITS) - LANE_MIDDLE << shift;
            sums[s + 3] += (int) (x >>> 48) - LANE_MIDDLE << shift;
        }
        for (int k = 4 * whole; k < n; k++) {
            long x = lanes[from + (k >> 2)] + MIDDLE;
            sums[at + k] += ((int) (x >>> ((k & 3) << 4)) & LANE_BITS) - LANE_MIDDLE << shift;
        }
    }
}
