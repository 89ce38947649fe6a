package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.emulator.kernel.LaneRows;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.isa.layer.LayerTaps;

/**
 * Binary spikes through a kernel without channel groups. Weights lie four to a {@code long} as the sum of {@code weight * 2^(16 k)}, so that one addition adds four
 * weights; what a lane borrows from the next one is known when lanes are read, as long as no lane leaves 16 bits, which takes more than {@link #most} rows.
 * Target channels are cut into blocks of up to 64, whose sums stay in processor registers while the rows of all spikes that reach a position are added; a
 * block's weights stay in the second-level cache for a batch.
 */
final class LaneKernel implements SynapseKernel {
    /** Spikes of a position, on average, up to which rows are added from the source's side. */
    private static final int FEW = 24;
    private static final int LANE_MAX = 0x7FFF;
    /** Makes all lanes non-negative. */
    private static final long MIDDLE = 0x8000_8000_8000_8000L;
    private static final int LANE_BITS = 0xFFFF;
    private static final int LANE_MIDDLE = 0x8000;

    private final LayerTaps taps;
    private final int sourceChannels;
    private final int targetChannels;
    /** By block: {@code [tap][source channel][long]}. */
    private final long[][] weights;
    /** Longs of a block's row. */
    private final int longs;
    private final Kernels kernels = Kernels.chosen();
    /** The taps by source. */
    private final SourceTaps spread;
    private final boolean distinct;
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
        distinct = spread.areDistinct();
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
        longs = targetChannels <= 4 * LaneRows.FOUR ? LaneRows.FOUR : targetChannels <= 4 * LaneRows.EIGHT ? LaneRows.EIGHT : LaneRows.SIXTEEN;
        int lanes = 4 * longs;
        weights = new long[(targetChannels + lanes - 1) / lanes][];
        for (int b = 0; b < weights.length; b++) {
            weights[b] = pack(s, b * lanes, Math.min(lanes, targetChannels - b * lanes));
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

    private long[] pack(LayerSynapses s, int first, int count) {
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
        long[] lanes = new long[longs];
        boolean[] few = new boolean[count];
        long[] out = null;
        for (int f = 0; f < count; f++) {
            few[f] = isFew(frames[first + f]);
            out = few[f] && out == null ? new long[positions * longs] : out;
        }
        VectorLoops vector = kernels.lanes();
        for (int b = 0; b < weights.length; b++) {
            for (int f = 0; f < count; f++) {
                if (few[f]) {
                    spread(vector, weights[b], frames[first + f], b, out, sums[f]);
                } else {
                    for (int t = 0; t < positions; t++) {
                        gather(vector, weights[b], frames[first + f], t, b * 4 * longs, sums[f], lanes);
                    }
                }
            }
        }
    }

    /** All rows that reach one target position. */
    private void gather(VectorLoops vector, long[] w, SpikeFrame frame, int target, int firstChannel, int[] sums, long[] lanes) {
        final int[] source = taps.source();
        final int[] tap = taps.tap();
        final int last = taps.first()[target + 1];
        int rows = 0;
        boolean any = false;
        for (int c = taps.first()[target]; c < last; c++) {
            int at = source[c] * sourceChannels;
            final int end = at + frame.count[source[c]];
            final int base = tap[c] * sourceChannels * longs;
            while (at < end) {
                final int stop = Math.min(end, at + most - rows);
                if (vector != null) {
                    vector.addLanes(w, base, longs, frame.channel, at, stop, lanes, 0);
                } else {
                    LaneRows.add(w, base, longs, frame.channel, at, stop, lanes, 0);
                }
                rows += stop - at;
                at = stop;
                any = true;
                if (rows == most) {
                    read(lanes, 0, target, firstChannel, sums);
                    Arrays.fill(lanes, 0);
                    rows = 0;
                }
            }
        }
        if (any) {
            read(lanes, 0, target, firstChannel, sums);
            Arrays.fill(lanes, 0);
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

    private void spread(VectorLoops vector, long[] w, SpikeFrame frame, int block, long[] out, int[] sums) {
        Arrays.fill(out, 0);
        final int[] first = spread.first;
        final int[] target = spread.target;
        final int[] tap = spread.tap;
        final int row = sourceChannels * longs;
        for (int p = 0; p < frame.count.length; p++) {
            int from = p * sourceChannels;
            int to = from + frame.count[p];
            int c = first[p];
            // Target positions of one source differ, unless pooling windows overlap.
            for (; vector != null && distinct && c + 2 < first[p + 1] && to > from; c += 3) {
                vector.addLanes(w, tap[c] * row, tap[c + 1] * row, tap[c + 2] * row, longs, frame.channel, from, to, out, target[c] * longs,
                    target[c + 1] * longs, target[c + 2] * longs);
            }
            for (; c < first[p + 1] && to > from; c++) {
                if (vector != null) {
                    vector.addLanes(w, tap[c] * sourceChannels * longs, longs, frame.channel, from, to, out, target[c] * longs);
                } else {
                    LaneRows.add(w, tap[c] * sourceChannels * longs, longs, frame.channel, from, to, out, target[c] * longs);
                }
            }
        }
        if (targetChannels == 4 * longs) {
            readAll(out, sums);
            return;
        }
        for (int t = 0; t * longs < out.length; t++) {
            read(out, t * longs, t, block * 4 * longs, sums);
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

    /** Adds lanes to the sums of a target position's channels. */
    private void read(long[] lanes, int from, int target, int firstChannel, int[] sums) {
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
