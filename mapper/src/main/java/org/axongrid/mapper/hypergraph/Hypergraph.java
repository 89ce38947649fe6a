package org.axongrid.mapper.hypergraph;

/**
 * A directed hypergraph: vertices are neurons or blocks of interchangeable ones, nets are a source and all that its spikes reach. It is the
 * model of mapping in which traffic is exact: a core gets <em>one</em> packet per spike of a source however many targets it holds
 * (project reference on mapping, section 1).
 *
 * <p>Pins of net e are {@code pins[netStart[e] .. netStart[e+1]-1]}, the first one is its source. Nothing may write to the arrays.
 */
public final class Hypergraph {
    private final int[] weight;
    private final int[] rate;
    private final int[] netStart;
    private final int[] pins;
    private final long totalWeight;

    /**
     * @param weight   neurons in each vertex, at least 0
     * @param rate     by net: spikes of its source in the observed time, summed over the block, at least 0
     * @param netStart by net: its first pin; one entry more than nets
     * @param pins     vertices, from 0 on; the source of a net first
     */
    public Hypergraph(int[] weight, int[] rate, int[] netStart, int[] pins) {
        if (netStart.length != rate.length + 1 || netStart[rate.length] != pins.length) {
            throw new IllegalArgumentException("net starts do not cover the pins");
        }
        this.weight = weight;
        this.rate = rate;
        this.netStart = netStart;
        this.pins = pins;
        long sum = 0;
        for (int w : weight) {
            sum += w;
        }
        this.totalWeight = sum;
    }

    /** @return number of vertices */
    public int vertices() {
        return weight.length;
    }

    /** @return number of nets */
    public int nets() {
        return rate.length;
    }

    /** @return neurons in vertex {@code v} */
    public int weight(int v) {
        return weight[v];
    }

    /** @return neurons in all vertices */
    public long totalWeight() {
        return totalWeight;
    }

    /** @return spikes of net {@code e} in the observed time */
    public int rate(int e) {
        return rate[e];
    }

    /** @return index of the first pin of net {@code e}; {@code e} may be the number of nets */
    public int netStart(int e) {
        return netStart[e];
    }

    /** @return vertex of the source of net {@code e} */
    public int source(int e) {
        return pins[netStart[e]];
    }

    /** @return vertex at pin {@code i} */
    public int pin(int i) {
        return pins[i];
    }

    /** @return number of pins of all nets, sources included */
    public int pins() {
        return pins.length;
    }

    /**
     * @param capacity neurons per core
     * @return fewest cores that could hold all vertices, by their sum alone
     */
    public int fewestCores(int capacity) {
        return (int) Math.max(1, (totalWeight + capacity - 1) / capacity);
    }

    /** @return the same nets with other vertex weights */
    public Hypergraph withWeights(int[] weights) {
        return new Hypergraph(weights, rate, netStart, pins);
    }

    /** @return neurons of the largest vertex */
    public int largestWeight() {
        int largest = 0;
        for (int w : weight) {
            largest = Math.max(largest, w);
        }
        return largest;
    }
}
