package org.axongrid.cli.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.axongrid.cli.output.HeapUse;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.HypergraphFile;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PartFile;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.hypergraph.VertexCoordinates;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.partition.Problem;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;

/** Maps a bare hypergraph with one or several strategies and placers. */
public final class HypergraphMapping {
    /** Share of the budget that goes to placement; partitions cost packets on any mesh, placements only hops. */
    private static final double PLACEMENT_SHARE = 0.1;
    /** Share that stays for reading, scoring and writing. */
    private static final double RESERVE = 0.02;

    private final Options options;
    private final Hypergraph graph;
    private final Problem problem;
    private final Mesh mesh;

    /**
     * What to do.
     *
     * @param hypergraph file
     * @param capacity   neurons per core
     * @param cores      cores at most, 0 to choose
     * @param mesh       mesh, null for the smallest square one
     * @param strategies partition strategies
     * @param placers    placers, all on each partition
     * @param importPart file of a partition to score, or null
     * @param seed       of all that is random
     * @param threads    threads of the host
     * @param seconds    time for each searching strategy, its placement included
     */
    public record Options(Path hypergraph, int capacity, int cores, Mesh mesh, List<PartitionStrategy> strategies, List<CorePlacer> placers,
                          Path importPart, long seed, int threads, double seconds) { }

    /**
     * @param options what to do
     * @throws InvalidInputException if a file cannot be used or nothing can fit
     */
    public HypergraphMapping(Options options) {
        this.options = options;
        graph = HypergraphFile.read(options.hypergraph());
        Path beside = VertexCoordinates.beside(options.hypergraph());
        problem = new Problem(graph, beside == null ? null : VertexCoordinates.read(beside, graph.vertices()), options.capacity(),
            options.cores());
        mesh = options.mesh();
        if (mesh != null && mesh.tiles() < graph.fewestCores(options.capacity())) {
            throw new InvalidInputException(graph.totalWeight() + " neurons need at least " + graph.fewestCores(options.capacity())
                + " cores of " + options.capacity() + ", the mesh " + mesh + " has " + mesh.tiles());
        }
    }

    /** @return the hypergraph */
    public Hypergraph graph() {
        return graph;
    }

    /** @return the rows in the order of the strategies, an imported partition first */
    public List<MappingRow> run() {
        List<MappingRow> rows = new ArrayList<>();
        List<int[]> known = new ArrayList<>();
        if (options.importPart() != null) {
            HeapUse.reset();
            int[] part = PartFile.read(options.importPart(), graph.vertices());
            PartitionMetrics.compact(part);
            rows.addAll(placed("imported", part, System.nanoTime()));
        }
        for (PartitionStrategy strategy : options.strategies()) {
            HeapUse.reset();
            long start = System.nanoTime();
            Search search = new Search(options.seed(), options.threads(), options.seconds() * (1 - PLACEMENT_SHARE - RESERVE));
            int[] part = strategy.partition(problem, search, known);
            known.add(part);
            rows.addAll(placed(strategy.id(), part, start));
        }
        return rows;
    }

    /** @return the row to export */
    public static MappingRow best(List<MappingRow> rows) {
        return rows.stream().min(Comparator.comparing(r -> r, (a, b) -> a == b ? 0 : a.betterThan(b) ? -1 : 1)).orElseThrow();
    }

    private List<MappingRow> placed(String strategy, int[] part, long start) {
        PartitionMetrics metrics = PartitionMetrics.of(graph, part);
        Mesh on = mesh == null ? Mesh.holding(metrics.cores()) : mesh;
        List<String> violated = new ArrayList<>();
        if (metrics.maxNeurons() > options.capacity()) {
            violated.add("a core holds " + metrics.maxNeurons() + " neurons, the capacity is " + options.capacity());
        }
        if (options.cores() > 0 && metrics.cores() > options.cores()) {
            violated.add(metrics.cores() + " cores, allowed are " + options.cores());
        }
        if (metrics.cores() > on.tiles()) {
            violated.add(metrics.cores() + " cores, the mesh " + on + " has " + on.tiles());
            on = Mesh.holding(metrics.cores());
        }
        CoreTraffic traffic = CoreTraffic.of(graph, part, metrics.cores());
        List<MappingRow> rows = new ArrayList<>();
        double before = (System.nanoTime() - start) * 1e-9;
        for (CorePlacer placer : options.placers()) {
            long placing = System.nanoTime();
            int[] tile = placer.place(traffic, on, options.seed(), options.seconds() * PLACEMENT_SHARE);
            rows.add(new MappingRow(strategy, placer.id(), 1, part, tile, metrics, PlacementMetrics.of(traffic, tile, on), violated,
                before + (System.nanoTime() - placing) * 1e-9, HeapUse.peakBytes()));
        }
        return rows;
    }
}
