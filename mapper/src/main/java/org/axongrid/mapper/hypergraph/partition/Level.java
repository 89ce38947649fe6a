package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;
import org.axongrid.mapper.hypergraph.Hypergraph;

/**
 * A hypergraph as the partitioners see it, and each coarser one made from it: both directions of incidence, each pin once, nets of a single
 * vertex left out since they never cost anything, and nets with the same pins merged. Which pin is the source does not matter for packets:
 * the source is a pin of its own net, so that P is the sum over nets of rate times (cores touched - 1).
 */
final class Level {
    final int[] weight;
    final int[] rate;
    final int[] netStart;
    final int[] pins;
    final int[] vertexStart;
    final int[] vertexNets;
    /** By vertex of the finer level: the vertex that holds it here; null for the finest. */
    final int[] holder;

    private Level(int[] weight, int[] rate, int[] netStart, int[] pins, int[] holder) {
        this.weight = weight;
        this.rate = rate;
        this.netStart = netStart;
        this.pins = pins;
        this.holder = holder;
        vertexStart = new int[weight.length + 1];
        for (int p : pins) {
            vertexStart[p + 1]++;
        }
        for (int v = 0; v < weight.length; v++) {
            vertexStart[v + 1] += vertexStart[v];
        }
        vertexNets = new int[pins.length];
        int[] fill = Arrays.copyOf(vertexStart, weight.length);
        for (int e = 0; e < rate.length; e++) {
            for (int i = netStart[e]; i < netStart[e + 1]; i++) {
                vertexNets[fill[pins[i]]++] = e;
            }
        }
    }

    int vertices() {
        return weight.length;
    }

    int nets() {
        return rate.length;
    }

    int degree(int v) {
        return vertexStart[v + 1] - vertexStart[v];
    }

    static Level of(Hypergraph graph) {
        int[] weight = new int[graph.vertices()];
        Arrays.setAll(weight, graph::weight);
        int[] rate = new int[graph.nets()];
        Arrays.setAll(rate, graph::rate);
        int[] start = new int[graph.nets() + 1];
        Arrays.setAll(start, graph::netStart);
        int[] pins = new int[graph.pins()];
        Arrays.setAll(pins, graph::pin);
        return contracted(weight, rate, start, pins, null);
    }

    /**
     * @param holder by vertex: its vertex in the coarser level, numbered from 0 on without gaps
     * @param count  vertices of the coarser level
     * @return the coarser level
     */
    Level coarser(int[] holder, int count) {
        int[] coarse = new int[count];
        for (int v = 0; v < weight.length; v++) {
            coarse[holder[v]] += weight[v];
        }
        return contracted(coarse, rate, netStart, pins, holder);
    }

    /**
     * @param chosen vertices of this level
     * @return what they are among themselves, numbered in the order given; pins of others are left out
     */
    Level among(int[] chosen) {
        int[] index = new int[weight.length];
        Arrays.fill(index, -1);
        int[] own = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            index[chosen[i]] = i;
            own[i] = weight[chosen[i]];
        }
        return contracted(own, rate, netStart, pins, index);
    }

    /** @param holder by vertex of the finer level its vertex here, -1 to leave it out; null for itself */
    private static Level contracted(int[] weight, int[] rate, int[] netStart, int[] pins, int[] holder) {
        int[] newPins = new int[pins.length];
        int[] newStart = new int[rate.length + 1];
        int[] newRate = new int[rate.length];
        int[] seen = new int[weight.length];
        Arrays.fill(seen, -1);
        NetIndex index = new NetIndex(rate.length);
        int nets = 0;
        int at = 0;
        for (int e = 0; e < rate.length; e++) {
            int first = at;
            for (int i = netStart[e]; i < netStart[e + 1]; i++) {
                int v = holder == null ? pins[i] : holder[pins[i]];
                if (v >= 0 && seen[v] != e) {
                    seen[v] = e;
                    newPins[at++] = v;
                }
            }
            if (at - first < 2 || rate[e] == 0) {
                at = first;
                continue;
            }
            Arrays.sort(newPins, first, at);
            int same = index.find(newPins, newStart, first, at, nets);
            if (same < nets && (long) newRate[same] + rate[e] <= Integer.MAX_VALUE) {
                newRate[same] += rate[e];
                at = first;
            } else {
                newRate[nets++] = rate[e];
                newStart[nets] = at;
            }
        }
        return new Level(weight, Arrays.copyOf(newRate, nets), Arrays.copyOf(newStart, nets + 1), Arrays.copyOf(newPins, at), holder);
    }

    /** Finds nets with the same pins: open addressing by a hash of the sorted pins. */
    private static final class NetIndex {
        private final int[] table;

        NetIndex(int nets) {
            table = new int[Math.max(16, Integer.highestOneBit(Math.max(1, nets)) * 4)];
            Arrays.fill(table, -1);
        }

        /** @return the known net with pins {@code first..end-1}, or {@code next}, which is then known by them */
        int find(int[] pins, int[] start, int first, int end, int next) {
            long hash = end - first;
            for (int i = first; i < end; i++) {
                hash = (hash ^ pins[i]) * 0x9E3779B97F4A7C15L;
                hash ^= hash >>> 29;
            }
            int at = (int) (hash >>> 20) & table.length - 1;
            while (table[at] >= 0) {
                int e = table[at];
                if (Arrays.equals(pins, start[e], start[e + 1], pins, first, end)) {
                    return e;
                }
                at = at + 1 & table.length - 1;
            }
            table[at] = next;
            return next;
        }
    }
}
