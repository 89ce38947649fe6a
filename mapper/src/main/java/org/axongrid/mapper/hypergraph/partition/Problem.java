package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
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
    /** By vertex and by core: a core takes only vertices of its colour; null if any core takes any vertex. */
    private final int[] colour;
    private final int[] coreColour;
    private final int[] capacityOf;

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
        this.colour = null;
        this.coreColour = null;
        this.capacityOf = new int[this.cores];
        Arrays.fill(capacityOf, capacity);
    }

    /**
     * A problem in which each core takes vertices of one colour only, as where it can hold one population.
     *
     * @param graph      the hypergraph
     * @param colour     by vertex
     * @param coreColour by core
     * @param capacityOf by core: neurons
     */
    public Problem(Hypergraph graph, int[] colour, int[] coreColour, int[] capacityOf) {
        this.graph = graph;
        this.coordinates = null;
        this.capacity = Arrays.stream(capacityOf).max().orElse(1);
        this.cores = coreColour.length;
        this.level = Level.of(graph);
        this.colour = colour;
        this.coreColour = coreColour;
        this.capacityOf = capacityOf;
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

    /** @return neurons that core {@code c} may hold */
    int capacity(int c) {
        return c < capacityOf.length ? capacityOf[c] : capacity;
    }

    /** @return whether each core takes vertices of one colour only */
    boolean coloured() {
        return colour != null;
    }

    /** @return whether core {@code c} takes vertices of the colour of vertex {@code v} of the finest level */
    boolean allows(int v, int c) {
        return colour == null || coreColour[c] == colour[v];
    }

    /**
     * @param part what a search ended with
     * @return the same with cores numbered without gaps and none too full: what a search that time cut short left too much goes to further
     *     cores; where cores have colours, as it is
     */
    int[] finished(int[] part) {
        if (coloured()) {
            return part;
        }
        int[] finished = VertexOrder.fitting(this, part);
        PartitionMetrics.compact(finished);
        return finished;
    }

    /** @return by vertex of the finest level, or null */
    int[] colour() {
        return colour;
    }

    /** @return by core, or null */
    int[] coreColour() {
        return coreColour;
    }

    Level level() {
        return level;
    }
}
