package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;
import org.axongrid.mapper.hypergraph.PartitionMetrics;

/**
 * Opens a core and adds the vertex whose nets overlap most with those that the core holds already, relative to its neurons, until nothing
 * fits; then opens the next one: the hyperedge-overlap idea of Ronzani and Silvano (arXiv 2601.16118). Where nothing overlaps it goes on with
 * the first vertex left in the order of the file.
 */
final class GreedyOverlapStrategy implements PartitionStrategy {
    @Override
    public String id() {
        return "greedy-overlap";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        Level level = problem.level();
        int[] part = new int[level.vertices()];
        Arrays.fill(part, -1);
        int[] heldBy = new int[level.nets()];
        Arrays.fill(heldBy, -1);
        double[] overlap = new double[level.vertices()];
        GainHeap heap = new GainHeap(level.vertices());
        int next = 0;
        for (int core = 0; next < part.length; core++) {
            heap.clear();
            Arrays.fill(overlap, 0);
            long load = 0;
            boolean full = false;
            while (!full) {
                int v = heap.pop();
                if (v < 0) {
                    while (next < part.length && part[next] >= 0) {
                        next++;
                    }
                    v = next;
                    full = next == part.length || load + level.weight[v] > problem.capacity();
                }
                if (!full && load + level.weight[v] <= problem.capacity()) {
                    part[v] = core;
                    load += level.weight[v];
                    hold(level, v, core, heldBy, part, overlap, heap);
                }
            }
        }
        PartitionMetrics.compact(part);
        return part;
    }

    private static void hold(Level level, int v, int core, int[] heldBy, int[] part, double[] overlap, GainHeap heap) {
        for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
            int e = level.vertexNets[i];
            if (heldBy[e] == core) {
                continue;
            }
            heldBy[e] = core;
            for (int j = level.netStart[e]; j < level.netStart[e + 1]; j++) {
                int u = level.pins[j];
                if (part[u] < 0) {
                    overlap[u] += level.rate[e];
                    heap.raise(u, overlap[u] / Math.max(1, level.weight[u]));
                }
            }
        }
    }
}
