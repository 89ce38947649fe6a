package org.axongrid.emulator.layer;

import org.axongrid.isa.layer.LayerSynapses;
import org.axongrid.isa.layer.LayerTaps;

/** Any spikes through any kernel: with payloads, and with channel groups (shortcuts have a group for each channel). Rows are added one by one. */
final class RowKernel implements SynapseKernel {
    private final LayerTaps taps;
    private final int sourceChannels;
    private final int targetChannels;
    private final int inPerGroup;
    private final int outPerGroup;
    /** {@code [tap][source channel][channel of the group]}, effective. */
    private final int[] weights;

    /**
     * @param s              the synapses
     * @param sourceChannels channels of the source
     * @param targetChannels channels of the target
     * @param weightShift    the chip's
     */
    RowKernel(LayerSynapses s, int sourceChannels, int targetChannels, int weightShift) {
        taps = s.taps();
        this.sourceChannels = sourceChannels;
        this.targetChannels = targetChannels;
        inPerGroup = sourceChannels / s.groups();
        outPerGroup = targetChannels / s.groups();
        weights = new int[s.kernel().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = s.kernel()[i] << weightShift;
        }
    }

    @Override
    public long bytes() {
        return 4L * weights.length;
    }

    @Override
    public void add(SpikeFrame[] frames, int first, int[][] sums, int count) {
        for (int f = 0; f < count; f++) {
            SpikeFrame frame = frames[first + f];
            for (int target = 0; target + 1 < taps.first().length; target++) {
                int at = target * targetChannels;
                for (int c = taps.first()[target]; c < taps.first()[target + 1]; c++) {
                    if (outPerGroup == 1 && inPerGroup == 1 && frame.payload == null) {
                        single(frame, taps.source()[c], taps.tap()[c] * sourceChannels, sums[f], at);
                    } else {
                        rows(frame, taps.source()[c], taps.tap()[c] * sourceChannels, sums[f], at);
                    }
                }
            }
        }
    }

    private void single(SpikeFrame frame, int position, int row, int[] sums, int at) {
        int first = position * sourceChannels;
        int last = first + frame.count[position];
        for (int i = first; i < last; i++) {
            int ci = frame.channel[i];
            sums[at + ci] += weights[row + ci];
        }
    }

    private void rows(SpikeFrame frame, int position, int row, int[] sums, int at) {
        int first = position * sourceChannels;
        int last = first + frame.count[position];
        for (int i = first; i < last; i++) {
            int ci = frame.channel[i];
            add(sums, at + ci / inPerGroup * outPerGroup, (row + ci) * outPerGroup, frame.payload == null ? 1 : frame.payload[i]);
        }
    }

    /** Modulo 2^32, which the accumulator's own wrap makes exact. */
    private void add(int[] sums, int at, int from, int payload) {
        final int[] w = weights;
        for (int k = 0; k < outPerGroup; k++) {
            sums[at + k] += payload * w[from + k];
        }
    }
}
