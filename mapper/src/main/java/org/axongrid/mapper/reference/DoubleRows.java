package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Projection;

/**
 * The real-valued synapses of one projection: sums over values, or over spikes, which count 1. Built like {@link IntRows}.
 */
final class DoubleRows {
    private final TapTable taps;
    private final double[][] rows;
    private final int channels;
    private final int inPerGroup;
    private final int length;
    private final boolean grouped;
    private final int[] used;
    private final double[] dense;

    /**
     * @param p      the geometry
     * @param kernel weights in its layout
     */
    DoubleRows(Projection p, double[] kernel) {
        taps = new TapTable(p);
        channels = p.sourceShape().channels();
        inPerGroup = p.inPerGroup();
        length = p.outPerGroup();
        grouped = p.groups() > 1;
        used = new int[channels];
        dense = new double[p.sourceShape().size()];
        rows = new double[kernel.length / length][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(kernel, r * length, (r + 1) * length);
        }
    }

    /**
     * Adds the weights of all synapses of the neurons that fired.
     *
     * @param fired their indices, ascending
     * @param count how many of {@code fired} are valid
     * @param sums  the target's sums, [position][channel]
     * @return the number of synapses
     */
    long scatter(int[] fired, int count, double[][] sums) {
        long operations = 0;
        int end;
        for (int from = 0; from < count; from = end) {
            int position = fired[from] / channels;
            int firstNeuron = position * channels;
            end = from + 1;
            while (end < count && fired[end] < firstNeuron + channels) {
                end++;
            }
            int lastTap = taps.first(position + 1);
            for (int tap = taps.first(position); tap < lastTap; tap++) {
                int row = taps.kernelPosition(tap) * channels - firstNeuron;
                addRows(row, fired, from, end, sums[taps.target(tap)]);
            }
            operations += (long) (lastTap - taps.first(position)) * (end - from) * length;
        }
        return operations;
    }

    /** @return synapses of a source neuron */
    int fanOut(int neuron) {
        int position = neuron / channels;
        return (taps.first(position + 1) - taps.first(position)) * length;
    }

    /**
     * Adds payload times weight over all synapses of the neurons that sent something.
     *
     * @param sent  the neurons
     * @param value by neuron what a unit of its payload is worth; {@code null} for 1
     * @param sums  the target's sums, [position][channel]
     * @return the number of synapses
     */
    long scatter(SpikeList sent, double[] value, double[][] sums) {
        int[] neurons = sent.neurons();
        if (sent.ones() && value == null) {
            return scatter(neurons, sent.count(), sums);
        }
        long operations = 0;
        int i = 0;
        while (i < sent.count()) {
            int position = neurons[i] / channels;
            int firstNeuron = position * channels;
            int n = 0;
            for (; i < sent.count() && neurons[i] < firstNeuron + channels; i++) {
                used[n++] = neurons[i] - firstNeuron;
                dense[neurons[i]] = value == null ? sent.payloads()[i] : sent.payloads()[i] * value[neurons[i]];
            }
            int lastTap = taps.first(position + 1);
            for (int tap = taps.first(position); tap < lastTap; tap++) {
                addProducts(taps.kernelPosition(tap) * channels, dense, firstNeuron, n, sums[taps.target(tap)]);
            }
            operations += (long) (lastTap - taps.first(position)) * n * length;
        }
        return operations;
    }

    /**
     * Adds value times weight over all synapses; zero values are skipped.
     *
     * @param values the source's values
     * @param sums   the target's sums, [position][channel]
     */
    void scatter(double[] values, double[][] sums) {
        for (int first = 0, position = 0; first < values.length; first += channels, position++) {
            int count = 0;
            for (int c = 0; c < channels; c++) {
                if (values[first + c] != 0) {
                    used[count++] = c;
                }
            }
            int lastTap = taps.first(position + 1);
            for (int tap = taps.first(position); count > 0 && tap < lastTap; tap++) {
                addProducts(taps.kernelPosition(tap) * channels, values, first, count, sums[taps.target(tap)]);
            }
        }
    }

    private void addRows(int row, int[] fired, int from, int to, double[] sums) {
        int f = from;
        if (grouped) {
            for (; f < to; f++) {
                int channel = fired[f] % channels;
                addAt(sums, channel / inPerGroup * length, rows[row + fired[f]], 1);
            }
            return;
        }
        for (; f + 4 <= to; f += 4) {
            add(sums, rows[row + fired[f]], rows[row + fired[f + 1]], rows[row + fired[f + 2]], rows[row + fired[f + 3]]);
        }
        for (; f < to; f++) {
            add(sums, rows[row + fired[f]]);
        }
    }

    private void addProducts(int row, double[] values, int first, int count, double[] sums) {
        int u = 0;
        if (grouped) {
            for (; u < count; u++) {
                addAt(sums, used[u] / inPerGroup * length, rows[row + used[u]], values[first + used[u]]);
            }
            return;
        }
        for (; u + 4 <= count; u += 4) {
            add(sums, rows[row + used[u]], values[first + used[u]], rows[row + used[u + 1]], values[first + used[u + 1]],
                rows[row + used[u + 2]], values[first + used[u + 2]], rows[row + used[u + 3]], values[first + used[u + 3]]);
        }
        for (; u < count; u++) {
            add(sums, rows[row + used[u]], values[first + used[u]]);
        }
    }

    private static void addAt(double[] sums, int at, double[] a, double value) {
        for (int k = 0; k < a.length; k++) {
            sums[at + k] += value * a[k];
        }
    }

    private static void add(double[] sums, double[] a) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += a[k];
        }
    }

    private static void add(double[] sums, double[] a, double[] b, double[] c, double[] d) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += a[k] + b[k] + c[k] + d[k];
        }
    }

    private static void add(double[] sums, double[] a, double va) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += va * a[k];
        }
    }

    private static void add(double[] sums, double[] a, double va, double[] b, double vb, double[] c, double vc, double[] d, double vd) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += va * a[k] + vb * b[k] + vc * c[k] + vd * d[k];
        }
    }
}
