package org.axongrid.mapper.hypergraph.partition;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The second eigenvector of a hypergraph's normalised Laplacian {@code 1 - D^-1/2 H W E^-1 H^T D^-1/2} (Zhou, Huang, Schoelkopf, NIPS 2006;
 * H incidence, W rates, E pins per net, D rates per vertex), found by power iteration on a coarsened hypergraph and a few more iterations on
 * each finer level (Barnard and Simon, Concurrency 1994). No eigenvalue of {@code D^-1/2 H W E^-1 H^T D^-1/2} is negative, so it needs no shift.
 */
final class FiedlerVector {
    private static final int COARSEST = 100;
    private static final int COARSE_ITERATIONS = 300;
    private static final int FINE_ITERATIONS = 15;

    private FiedlerVector() { }

    /** @return by vertex: its component, scaled by {@code D^-1/2} so that components can be compared; 0 for a vertex without nets */
    static double[] of(Level finest, Dice dice) {
        Deque<Level> levels = new ArrayDeque<>();
        Level level = finest;
        levels.push(level);
        long total = 0;
        for (int w : finest.weight) {
            total += w;
        }
        while (level.vertices() > COARSEST) {
            Level coarser = new Coarsening(level, new int[level.vertices()], Math.max(1, total / 20), dice).step();
            if (coarser == null) {
                break;
            }
            levels.push(coarser);
            level = coarser;
        }
        double[] x = new double[level.vertices()];
        for (int v = 0; v < x.length; v++) {
            x[v] = dice.below(1 << 20) - (1 << 19);
        }
        level = levels.pop();
        iterate(level, x, COARSE_ITERATIONS);
        while (!levels.isEmpty()) {
            int[] holder = level.holder;
            level = levels.pop();
            double[] finer = new double[level.vertices()];
            for (int v = 0; v < finer.length; v++) {
                finer[v] = x[holder[v]];
            }
            x = finer;
            iterate(level, x, FINE_ITERATIONS);
        }
        return x;
    }

    /** Iterates on {@code x}, whose components are scaled by {@code D^-1/2}, kept free of the constant first eigenvector. */
    private static void iterate(Level level, double[] x, int iterations) {
        double[] degree = new double[x.length];
        double all = 0;
        for (int v = 0; v < x.length; v++) {
            for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
                degree[v] += level.rate[level.vertexNets[i]];
            }
            all += degree[v];
        }
        if (all == 0) {
            return;
        }
        double[] net = new double[level.nets()];
        for (int k = 0; k < iterations; k++) {
            double mean = 0;
            for (int v = 0; v < x.length; v++) {
                mean += degree[v] * x[v];
            }
            mean /= all;
            double norm = 0;
            for (int v = 0; v < x.length; v++) {
                x[v] -= mean;
                norm += degree[v] * x[v] * x[v];
            }
            double scale = norm > 0 ? Math.sqrt(all / norm) : 1;
            for (int e = 0; e < net.length; e++) {
                double sum = 0;
                for (int i = level.netStart[e]; i < level.netStart[e + 1]; i++) {
                    sum += x[level.pins[i]];
                }
                net[e] = level.rate[e] * sum / (level.netStart[e + 1] - level.netStart[e]);
            }
            for (int v = 0; v < x.length; v++) {
                double sum = 0;
                for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
                    sum += net[level.vertexNets[i]];
                }
                x[v] = degree[v] > 0 ? scale * sum / degree[v] : 0;
            }
        }
    }
}
