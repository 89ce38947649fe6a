package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Projection;

/**
 * The integer synapses of one projection, and the event-driven sum over the spikes that arrive.
 *
 * <p>Kernel rows and target positions are arrays of their own: with the same index on both sides of {@code +=} the JIT compiler makes
 * vector code of the inner loop, with two offsets into flat arrays it does not (JDK 17; five times slower).
 */
final class IntRows {
    private final TapTable taps;
    private final int[][] rows;
    private final int channels;
    private final int inPerGroup;
    private final int length;
    private final boolean grouped;

    /**
     * @param p      the geometry
     * @param kernel weights in its layout
     */
    IntRows(Projection p, int[] kernel) {
        taps = new TapTable(p);
        channels = p.sourceShape().channels();
        inPerGroup = p.inPerGroup();
        length = p.outPerGroup();
        grouped = p.groups() > 1;
        rows = new int[kernel.length / length][];
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
    long scatter(int[] fired, int count, int[][] sums) {
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
    long scatter(SpikeList sent, int[] value, int[][] sums) {
        int[] neurons = sent.neurons();
        if (sent.ones() && value == null) {
            return scatter(neurons, sent.count(), sums);
        }
        long operations = 0;
        for (int i = 0; i < sent.count(); i++) {
            int position = neurons[i] / channels;
            int channel = neurons[i] - position * channels;
            int payload = value == null ? sent.payloads()[i] : sent.payloads()[i] * value[neurons[i]];
            int to = grouped ? channel / inPerGroup * length : 0;
            int lastTap = taps.first(position + 1);
            for (int tap = taps.first(position); tap < lastTap; tap++) {
                addAt(sums[taps.target(tap)], to, rows[taps.kernelPosition(tap) * channels + channel], payload);
            }
            operations += (long) (lastTap - taps.first(position)) * length;
        }
        return operations;
    }

    /** Four rows at a time, to load and store the sums less often. */
    private void addRows(int row, int[] fired, int from, int to, int[] sums) {
        int f = from;
        if (grouped) {
            for (; f < to; f++) {
                int channel = fired[f] % channels;
                addAt(sums, channel / inPerGroup * length, rows[row + fired[f]]);
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

    private static void addAt(int[] sums, int at, int[] a, int factor) {
        for (int k = 0; k < a.length; k++) {
            sums[at + k] += factor * a[k];
        }
    }

    private static void addAt(int[] sums, int at, int[] a) {
        for (int k = 0; k < a.length; k++) {
            sums[at + k] += a[k];
        }
    }

    private static void add(int[] sums, int[] a) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += a[k];
        }
    }

    private static void add(int[] sums, int[] a, int[] b, int[] c, int[] d) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += a[k] + b[k] + c[k] + d[k];
        }
    }
}
