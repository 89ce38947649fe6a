package org.axongrid.mapper.hypergraph;

import java.util.Arrays;

/**
 * What a partition costs, exactly (definitions: project reference on mapping, section 1). L(e) is the set of cores that hold a target of net
 * e; sums over cores count those that hold a vertex.
 *
 * @param cores           cores that hold a vertex
 * @param maxNeurons      neurons of the fullest core
 * @param totalNeurons    neurons of all cores
 * @param packets         P: sum over nets of rate times cores in L(e) other than the source's
 * @param localDeliveries the same for the source's own core
 * @param cutRate         summed rate of nets with a target on another core
 * @param unicast         packets if every synapse to another core had its own
 * @param maxInAxons      most input axons of a core: source neurons with a target there, its own among them
 * @param sumInAxons      input axons of all cores
 * @param maxOutAxons     most output axons of a core: one per source neuron and other core in L(e)
 * @param sumOutAxons     output axons of all cores
 * @param maxSynapses     most synapses of a core, none shared
 */
public record PartitionMetrics(int cores, long maxNeurons, long totalNeurons, long packets, long localDeliveries, long cutRate,
                               long unicast, long maxInAxons, long sumInAxons, long maxOutAxons, long sumOutAxons, long maxSynapses) {
    /**
     * @param graph the hypergraph
     * @param part  core by vertex; cores may be left out
     * @return the costs
     */
    public static PartitionMetrics of(Hypergraph graph, int[] part) {
        if (part.length != graph.vertices()) {
            throw new IllegalArgumentException("a partition of " + part.length + " vertices, the hypergraph has " + graph.vertices());
        }
        int k = Arrays.stream(part).max().orElse(0) + 1;
        long[] neurons = new long[k];
        boolean[] used = new boolean[k];
        for (int v = 0; v < part.length; v++) {
            neurons[part[v]] += graph.weight(v);
            used[part[v]] = true;
        }
        Sums sums = new Sums(graph, part, k);
        for (int e = 0; e < graph.nets(); e++) {
            sums.add(e);
        }
        int cores = 0;
        for (boolean u : used) {
            cores += u ? 1 : 0;
        }
        return new PartitionMetrics(cores, max(neurons), graph.totalWeight(), sums.packets, sums.local, sums.cut, sums.unicast,
            max(sums.in), Arrays.stream(sums.in).sum(), max(sums.out), Arrays.stream(sums.out).sum(), max(sums.synapses));
    }

    /** @return mean over cores of neurons, as a fraction of the fullest core's */
    public double meanUtilisationOfMax() {
        return (double) totalNeurons / ((double) cores * maxNeurons);
    }

    /**
     * Numbers the cores anew, in the order in which vertices first name them, so that none is left out.
     *
     * @param part core by vertex, changed in place
     * @return number of cores
     */
    public static int compact(int[] part) {
        int[] number = new int[Arrays.stream(part).max().orElse(0) + 1];
        int cores = 0;
        for (int v = 0; v < part.length; v++) {
            if (number[part[v]] == 0) {
                number[part[v]] = ++cores;
            }
            part[v] = number[part[v]] - 1;
        }
        return cores;
    }

    private static long max(long[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** The sums over nets while they are built. */
    private static final class Sums {
        private final Hypergraph graph;
        private final int[] part;
        private final long[] in;
        private final long[] out;
        private final long[] synapses;
        private final int[] netSeen;
        private final int[] reached;
        private final long[] targetNeurons;
        private long packets;
        private long local;
        private long cut;
        private long unicast;

        Sums(Hypergraph graph, int[] part, int k) {
            this.graph = graph;
            this.part = part;
            in = new long[k];
            out = new long[k];
            synapses = new long[k];
            netSeen = new int[k];
            reached = new int[k];
            targetNeurons = new long[k];
            Arrays.fill(netSeen, -1);
        }

        void add(int e) {
            int count = 0;
            for (int i = graph.netStart(e) + 1; i < graph.netStart(e + 1); i++) {
                int c = part[graph.pin(i)];
                if (netSeen[c] != e) {
                    netSeen[c] = e;
                    targetNeurons[c] = 0;
                    reached[count++] = c;
                }
                targetNeurons[c] += graph.weight(graph.pin(i));
            }
            int home = part[graph.source(e)];
            long n = graph.weight(graph.source(e));
            long rate = graph.rate(e);
            int others = 0;
            for (int i = 0; i < count; i++) {
                int c = reached[i];
                in[c] += n;
                synapses[c] += n * targetNeurons[c];
                if (c == home) {
                    local += rate;
                } else {
                    others++;
                    unicast += rate * targetNeurons[c];
                }
            }
            packets += rate * others;
            out[home] += n * others;
            cut += others > 0 ? rate : 0;
        }
    }
}
