package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** The sources of one population's neurons: gates, ascending, and weights. */
final class FanIn {
    private int[][] source;
    private int[][] weight;
    private final int[] size;
    private final int shift;
    private final int bits;

    FanIn(QuantisedNetwork net, int p, Gate[][] outputs) {
        Network network = net.network();
        bits = net.weightBits();
        int n = network.populations().get(p).shape().size();
        source = new int[n][8];
        weight = new int[n][8];
        size = new int[n];
        shift = net.weightShift()[network.into(p)[0]];
        for (int i : network.into(p)) {
            add(network.projections().get(i), net.kernels().get(i), outputs[network.projections().get(i).source()]);
        }
        for (int i = 0; i < n; i++) {
            merge(i);
        }
    }

    private void add(Projection p, int[] kernel, Gate[] from) {
        int channels = p.targetShape().channels();
        for (int sy = 0; sy < p.sourceShape().height(); sy++) {
            for (int sx = 0; sx < p.sourceShape().width(); sx++) {
                int first = p.sourceShape().index(0, sy, sx);
                p.forEachTap(sy, sx, (position, ky, kx) -> {
                    for (int ci = 0; ci < p.sourceShape().channels(); ci++) {
                        for (int k = 0; k < p.outPerGroup(); k++) {
                            int w = kernel[p.row(ky, kx, ci) + k] >> shift;
                            if (w != 0) {
                                put(position * channels + p.firstOutChannel(ci) + k, from[first + ci].id, w);
                            }
                        }
                    }
                });
            }
        }
    }

    private void put(int i, int from, int w) {
        if (size[i] == source[i].length) {
            source[i] = Arrays.copyOf(source[i], 2 * size[i]);
            weight[i] = Arrays.copyOf(weight[i], 2 * size[i]);
        }
        source[i][size[i]] = from;
        weight[i][size[i]++] = w;
    }

    /** Sorts by source and adds up what comes from one source several times. */
    private void merge(int i) {
        long[] keyed = new long[size[i]];
        for (int k = 0; k < keyed.length; k++) {
            keyed[k] = (long) source[i][k] << 32 | weight[i][k] & 0xFFFFFFFFL;
        }
        Arrays.sort(keyed);
        int n = 0;
        for (int k = 0; k < keyed.length;) {
            int from = (int) (keyed[k] >> 32);
            int sum = 0;
            for (; k < keyed.length && (int) (keyed[k] >> 32) == from; k++) {
                sum += (int) keyed[k];
            }
            if (sum != 0) {
                source[i][n] = from;
                weight[i][n++] = sum;
            }
        }
        size[i] = n;
    }

    void release() {
        source = null;
        weight = null;
    }

    int sources(int i) {
        return size[i];
    }

    long magnitude(int i) {
        long sum = 0;
        for (int k = 0; k < size[i]; k++) {
            sum += Math.abs(weight[i][k]);
        }
        return sum;
    }

    /** @return lines of the neuron that has most */
    int most() {
        int most = 0;
        for (int i = 0; i < size.length; i++) {
            boolean mirrored = mirrored(i);
            int lines = 0;
            for (int k = 0; k < size[i]; k++) {
                lines += Lines.count(mirrored ? -weight[i][k] : weight[i][k], bits);
            }
            most = Math.max(most, lines);
        }
        return most;
    }

    /** @return whether the digits of the negated weights are used: where a weight is as large as the highest digit */
    boolean mirrored(int i) {
        int top = 1 << bits - 1;
        int beyond = 0;
        for (int k = 0; k < size[i]; k++) {
            beyond += weight[i][k] == top ? 1 : weight[i][k] == -top ? -1 : 0;
        }
        return beyond > 0;
    }

    /** Adds the lines of the sources with ids {@code from <= id < to}. */
    void lines(int i, int from, int to, boolean mirrored, Lines out) {
        for (int k = 0; k < size[i]; k++) {
            if (source[i][k] >= from && source[i][k] < to) {
                out.addWeight(source[i][k], mirrored ? -weight[i][k] : weight[i][k], bits);
            }
        }
    }

    /** @return magnitude of the lowest sum of these sources, and the highest */
    int[] range(int i, int from, int to) {
        int[] range = new int[2];
        for (int k = 0; k < size[i]; k++) {
            if (source[i][k] >= from && source[i][k] < to) {
                range[weight[i][k] > 0 ? 1 : 0] += Math.abs(weight[i][k]);
            }
        }
        return range;
    }

    /** @return ids at which the sources of neurons at one position are cut, so that each part keeps to so many lines and so large a sum */
    int[] cuts(int first, int neurons, int linesMax, int sumMax) {
        TreeMap<Integer, Integer> largest = new TreeMap<>();
        for (int i = first; i < first + neurons; i++) {
            for (int k = 0; k < size[i]; k++) {
                largest.merge(source[i][k], Math.abs(weight[i][k]), Math::max);
            }
        }
        List<Integer> cuts = new ArrayList<>(List.of(0));
        int lines = 0;
        int sum = 0;
        for (var entry : largest.entrySet()) {
            int own = Math.max(bits, Lines.count(-entry.getValue(), bits) + 1);
            if (lines > 0 && (lines + own > linesMax || sum + entry.getValue() > sumMax)) {
                cuts.add(entry.getKey());
                lines = 0;
                sum = 0;
            }
            lines += own;
            sum += entry.getValue();
        }
        cuts.add(Integer.MAX_VALUE);
        return cuts.stream().mapToInt(Integer::intValue).toArray();
    }
}
