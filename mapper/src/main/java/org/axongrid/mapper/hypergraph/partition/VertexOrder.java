package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;
import org.axongrid.mapper.hypergraph.VertexCoordinates;
import org.axongrid.mapper.partition.Hilbert;

/** Orders of vertices, and what comes of filling one core after the other in such an order. */
final class VertexOrder {
    private VertexOrder() { }

    /** @return the order of the file */
    static int[] file(Problem problem) {
        int[] order = new int[problem.graph().vertices()];
        Arrays.setAll(order, v -> v);
        return order;
    }

    /** @return layer by layer, row by row; without coordinates the order of the file */
    static int[] raster(Problem problem) {
        VertexCoordinates at = problem.coordinates();
        if (at == null) {
            return file(problem);
        }
        int width = max(at.x()) + 1;
        long[] rank = new long[at.x().length];
        Arrays.setAll(rank, v -> (long) at.y()[v] * width + at.x()[v]);
        return sorted(at, rank);
    }

    /** @return layer by layer, positions along a Hilbert curve, blocks of a position together; without coordinates the order of the file */
    static int[] hilbert(Problem problem) {
        VertexCoordinates at = problem.coordinates();
        if (at == null) {
            return file(problem);
        }
        int layers = max(at.layer()) + 1;
        int[] width = new int[layers];
        int[] height = new int[layers];
        for (int v = 0; v < at.x().length; v++) {
            width[at.layer()[v]] = Math.max(width[at.layer()[v]], at.x()[v] + 1);
            height[at.layer()[v]] = Math.max(height[at.layer()[v]], at.y()[v] + 1);
        }
        int[][] rankOf = new int[layers][];
        for (int l = 0; l < layers; l++) {
            if ((long) width[l] * height[l] > 16L * at.x().length + 1024) {
                return raster(problem);
            }
            int[] curve = Hilbert.order(Math.max(1, width[l]), Math.max(1, height[l]));
            rankOf[l] = new int[curve.length];
            for (int i = 0; i < curve.length; i++) {
                rankOf[l][curve[i]] = i;
            }
        }
        long[] rank = new long[at.x().length];
        Arrays.setAll(rank, v -> rankOf[at.layer()[v]][at.y()[v] * width[at.layer()[v]] + at.x()[v]]);
        return sorted(at, rank);
    }

    /** @return a random order */
    static int[] random(Problem problem, Dice dice) {
        int[] order = file(problem);
        dice.shuffle(order);
        return order;
    }

    /**
     * Fills cores one after the other; a core is closed when the next vertex does not fit.
     *
     * @param breaks whether a layer starts a new core, where layers are known
     * @return core by vertex
     */
    static int[] fill(Problem problem, int[] order, boolean breaks) {
        int[] part = new int[order.length];
        VertexCoordinates at = problem.coordinates();
        int core = 0;
        long load = 0;
        for (int i = 0; i < order.length; i++) {
            int v = order[i];
            int w = problem.graph().weight(v);
            boolean layerEnds = breaks && at != null && i > 0 && at.layer()[v] != at.layer()[order[i - 1]];
            if (load + w > problem.capacity() || layerEnds) {
                core++;
                load = 0;
            }
            part[v] = core;
            load += w;
        }
        return part;
    }

    /** @return the partition, with vertices that are too many for their core on further cores: for a search that time cut short */
    static int[] fitting(Problem problem, int[] part) {
        int[] fitting = part.clone();
        long[] load = new long[2 * part.length + problem.cores() + 1];
        int next = Arrays.stream(part).max().orElse(0) + 1;
        int spill = -1;
        for (int v = 0; v < part.length; v++) {
            int w = problem.graph().weight(v);
            if (load[part[v]] + w > problem.capacity()) {
                if (spill < 0 || load[spill] + w > problem.capacity()) {
                    spill = next++;
                }
                fitting[v] = spill;
            }
            load[fitting[v]] += w;
        }
        return fitting;
    }

    private static int[] sorted(VertexCoordinates at, long[] rank) {
        return java.util.stream.IntStream.range(0, rank.length).boxed()
            .sorted(java.util.Comparator.<Integer>comparingInt(v -> at.layer()[v]).thenComparingLong(v -> rank[v])
                .thenComparingInt(v -> at.block()[v]).thenComparingInt(v -> v))
            .mapToInt(Integer::intValue).toArray();
    }

    private static int max(int[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
