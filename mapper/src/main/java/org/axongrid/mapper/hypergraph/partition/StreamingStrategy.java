package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/**
 * One pass over the vertices; each goes to the core with the highest (rate of its nets that touch the core) x (fraction of the core that is
 * free): linear deterministic greedy (Stanton and Kliot, KDD 2012) with nets in place of edges. A vertex that no core attracts goes to the
 * emptiest one.
 */
final class StreamingStrategy implements PartitionStrategy {
    @Override
    public String id() {
        return "streaming";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        Level level = problem.level();
        int[] part = new int[level.vertices()];
        Arrays.fill(part, -1);
        int cores = problem.cores();
        long[] load = new long[level.vertices() + cores];
        double[] affinity = new double[load.length];
        int[] seen = new int[load.length];
        Arrays.fill(seen, -1);
        for (int v = 0; v < part.length; v++) {
            Arrays.fill(affinity, 0, cores, 0);
            for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
                int e = level.vertexNets[i];
                for (int j = level.netStart[e]; j < level.netStart[e + 1]; j++) {
                    int c = part[level.pins[j]];
                    // Each net counts once per core: the pins of a net are walked together.
                    if (c >= 0 && seen[c] != i) {
                        seen[c] = i;
                        affinity[c] += level.rate[e];
                    }
                }
            }
            int best = -1;
            double bestScore = -1;
            for (int c = 0; c < cores; c++) {
                double free = 1 - (double) load[c] / problem.capacity(c);
                double score = affinity[c] * free + 1e-9 * free;
                if (load[c] + level.weight[v] <= problem.capacity(c) && problem.allows(v, c) && score > bestScore) {
                    bestScore = score;
                    best = c;
                }
            }
            // Free space in splinters: a further core.
            part[v] = best >= 0 ? best : cores++;
            load[part[v]] += level.weight[v];
        }
        return problem.finished(part);
    }
}
