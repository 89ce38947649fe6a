package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/**
 * One step of coarsening: vertices that share much traffic become one. Rating of a pair: sum over common nets of rate / (pins - 1), divided
 * by the product of the weights so that clusters grow evenly (heavy-edge rating with weight penalty, as in Schlag et al., ALENEX 2016,
 * section 3). Vertices are visited in random order and join the best rated cluster that stays small enough.
 */
final class Coarsening {
    /** A step ends when this fraction of the vertices is left, so that there are enough levels to refine on. */
    private static final double SHRINK = 0.55;
    /** Nets with more pins say little about who belongs together and would cost the most time. */
    private static final int LARGEST_NET = 1500;

    private final Level level;
    private final int[] community;
    private final long largest;
    private final Dice dice;
    private final int[] cluster;
    private final long[] clusterWeight;
    private final double[] rating;
    private final int[] touched;

    /**
     * @param level     what is made coarser
     * @param community by vertex: only vertices of one community may be joined
     * @param largest   neurons per cluster at most
     * @param dice      for the order of visits and ties
     */
    Coarsening(Level level, int[] community, long largest, Dice dice) {
        this.level = level;
        this.community = community;
        this.largest = largest;
        this.dice = dice;
        cluster = new int[level.vertices()];
        clusterWeight = new long[level.vertices()];
        rating = new double[level.vertices()];
        touched = new int[level.vertices()];
    }

    /** @return the coarser level, or null if hardly anything can be joined */
    Level step() {
        int n = level.vertices();
        int[] order = new int[n];
        for (int v = 0; v < n; v++) {
            order[v] = v;
            cluster[v] = v;
            clusterWeight[v] = level.weight[v];
        }
        dice.shuffle(order);
        boolean[] joined = new boolean[n];
        int left = n;
        int enough = (int) (n * SHRINK);
        for (int i = 0; i < n && left > enough; i++) {
            int v = order[i];
            if (joined[v]) {
                continue;
            }
            int best = bestCluster(v);
            if (best >= 0) {
                cluster[v] = best;
                clusterWeight[best] += level.weight[v];
                joined[v] = true;
                joined[best] = true;
                left--;
            }
        }
        if (left > 0.97 * n) {
            return null;
        }
        int[] number = new int[n];
        Arrays.fill(number, -1);
        int count = 0;
        int[] holder = new int[n];
        for (int v = 0; v < n; v++) {
            int c = cluster[v];
            if (number[c] < 0) {
                number[c] = count++;
            }
            holder[v] = number[c];
        }
        return level.coarser(holder, count);
    }

    private int bestCluster(int v) {
        int count = 0;
        for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
            int e = level.vertexNets[i];
            int size = level.netStart[e + 1] - level.netStart[e];
            if (size > LARGEST_NET) {
                continue;
            }
            double share = (double) level.rate[e] / (size - 1);
            for (int j = level.netStart[e]; j < level.netStart[e + 1]; j++) {
                int u = level.pins[j];
                if (u == v || community[u] != community[v]) {
                    continue;
                }
                int c = cluster[u];
                if (rating[c] == 0) {
                    touched[count++] = c;
                }
                rating[c] += share;
            }
        }
        int best = -1;
        double bestRating = 0;
        for (int i = 0; i < count; i++) {
            int c = touched[i];
            if (clusterWeight[c] + level.weight[v] <= largest) {
                double r = rating[c] / Math.max(1, clusterWeight[c]);
                if (r > bestRating || r == bestRating && (dice.next() & 1) == 0) {
                    bestRating = r;
                    best = c;
                }
            }
            rating[c] = 0;
        }
        return best;
    }
}
