package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

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
        int left = part.length;
        for (int core = 0; left > 0; core++) {
            heap.clear();
            Arrays.fill(overlap, 0);
            long load = 0;
            int next = 0;
            while (true) {
                int v = heap.pop();
                if (v < 0) {
                    next = firstLeft(problem, part, core, next);
                    v = next;
                    if (v == part.length || load + level.weight[v] > problem.capacity(core)) {
                        break;
                    }
                }
                if (load + level.weight[v] <= problem.capacity(core) && problem.allows(v, core)) {
                    part[v] = core;
                    left--;
                    load += level.weight[v];
                    hold(level, v, core, heldBy, part, overlap, heap);
                }
            }
        }
        return problem.finished(part);
    }

    private static int firstLeft(Problem problem, int[] part, int core, int from) {
        int v = from;
        while (v < part.length && (part[v] >= 0 || !problem.allows(v, core))) {
            v++;
        }
        return v;
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
