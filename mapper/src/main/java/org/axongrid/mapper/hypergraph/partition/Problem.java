package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.VertexCoordinates;

/** What a strategy has to cut, and the limits it must keep. */
public final class Problem {
    /** Tools that leave 3 % of imbalance get this many cores (project reference on mapping, section 5). */
    private static final double IMBALANCE = 1.03;

    private final Hypergraph graph;
    private final VertexCoordinates coordinates;
    private final int capacity;
    private final int cores;
    private final Level level;

    /**
     * @param graph       the hypergraph
     * @param coordinates where its vertices are in the network, or null
     * @param capacity    neurons per core
     * @param cores       cores to use at most, 0 to choose
     * @throws InvalidInputException if a vertex does not fit a core or all of them not the cores
     */
    public Problem(Hypergraph graph, VertexCoordinates coordinates, int capacity, int cores) {
        this.graph = graph;
        this.coordinates = coordinates;
        this.capacity = capacity;
        if (graph.largestWeight() > capacity) {
            int v = 0;
            while (graph.weight(v) <= capacity) {
                v++;
            }
            throw new InvalidInputException("vertex " + (v + 1) + " has " + graph.weight(v) + " neurons, the capacity of a core is " + capacity
                + " (" + (graph.weight(v) - capacity) + " too many)");
        }
        int fewest = graph.fewestCores(capacity);
        if (cores > 0 && cores < fewest) {
            throw new InvalidInputException(graph.totalWeight() + " neurons need at least " + fewest + " cores of " + capacity + ", allowed are "
                + cores + " (" + (fewest - cores) + " too few)");
        }
        this.cores = cores > 0 ? cores : defaultCores();
        this.level = Level.of(graph);
    }

    /**
     * One core more than neurons alone need, because packing tightly costs packets; but not where layers fill the fewest cores evenly, and no
     * more than a partitioner that leaves 3 % of imbalance would be given.
     */
    private int defaultCores() {
        int fewest = graph.fewestCores(capacity);
        if (coordinates != null) {
            int[] layered = VertexOrder.fill(this, VertexOrder.raster(this), true);
            if (Arrays.stream(layered).max().orElse(0) < fewest) {
                return fewest;
            }
        }
        boolean tight = Math.floor(IMBALANCE * Math.ceil((double) graph.totalWeight() / fewest)) > capacity;
        return tight ? fewest + 1 : fewest;
    }

    /** @return the hypergraph */
    public Hypergraph graph() {
        return graph;
    }

    /** @return where its vertices are in the network, or null if that is not known */
    public VertexCoordinates coordinates() {
        return coordinates;
    }

    /** @return neurons per core */
    public int capacity() {
        return capacity;
    }

    /** @return cores to use at most */
    public int cores() {
        return cores;
    }

    Level level() {
        return level;
    }
}
