package org.axongrid.cli.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.axongrid.mapper.hypergraph.place.JointRefinement;

/** Maps a bare hypergraph with one or several strategies and placers. */
public final class HypergraphMapping {
    /** Share of the budget that goes to placement; partitions cost packets on any mesh, placements only hops. */
    private static final double PLACEMENT_SHARE = 0.1;
    /** Share that goes to joint refinement where that is wanted. */
    private static final double JOINT_SHARE = 0.15;
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
     * @param joint      whether each partition and placement is refined together too, on hop-weighted packets
     * @param importPart file of a partition to score, or null
     * @param seed       of all that is random
     * @param threads    threads of the host
     * @param seconds    time for each searching strategy, its placement included
     */
    public record Options(Path hypergraph, int capacity, int cores, Mesh mesh, List<PartitionStrategy> strategies, List<CorePlacer> placers,
                          boolean joint, Path importPart, long seed, int threads, double seconds) { }

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
            rows.addAll(placed("imported", part, System.nanoTime()));
        }
        for (PartitionStrategy strategy : options.strategies()) {
            HeapUse.reset();
            long start = System.nanoTime();
            double share = 1 - PLACEMENT_SHARE - RESERVE - (options.joint() ? JOINT_SHARE : 0);
            Search search = new Search(options.seed(), options.threads(), options.seconds() * share);
            int[] part = strategy.partition(problem, search, known);
            known.add(part);
            rows.addAll(placed(strategy.id(), part, start));
        }
        return rows;
    }

    /**
     * @param rows  the rows
     * @param joint whether hop-weighted packets decide, and not packets
     * @return the row to export, one without violated limits if there is one
     */
    public static MappingRow best(List<MappingRow> rows, boolean joint) {
        Comparator<MappingRow> fits = Comparator.comparing(r -> !r.violated().isEmpty());
        Comparator<MappingRow> hops = Comparator.comparingLong(r -> r.placement().hopPackets());
        Comparator<MappingRow> packets = Comparator.comparingLong(r -> r.partition().packets());
        return rows.stream().min(fits.thenComparing(joint ? hops : packets).thenComparing(joint ? packets : hops)).orElseThrow();
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
        int numbers = Arrays.stream(part).max().orElse(0) + 1;
        if (numbers > 2 * metrics.cores() || numbers > on.tiles()) {
            // An imported partition with gaps in its numbers.
            numbers = PartitionMetrics.compact(part);
        }
        if (numbers > on.tiles()) {
            violated.add(numbers + " cores, the mesh " + on + " has " + on.tiles());
            on = Mesh.holding(numbers);
        }
        CoreTraffic traffic = CoreTraffic.of(graph, part, numbers);
        List<MappingRow> rows = new ArrayList<>();
        double before = (System.nanoTime() - start) * 1e-9;
        for (CorePlacer placer : options.placers()) {
            long placing = System.nanoTime();
            int[] tile = placer.place(traffic, on, options.seed(), options.seconds() * PLACEMENT_SHARE);
            double seconds = before + (System.nanoTime() - placing) * 1e-9;
            rows.add(new MappingRow(strategy, placer.id(), 1, part, tile, metrics, PlacementMetrics.of(traffic, tile, on), violated,
                seconds, HeapUse.peakBytes()));
            if (options.joint() && violated.isEmpty()) {
                rows.add(refined(rows.get(rows.size() - 1), on));
            }
        }
        return rows;
    }

    private MappingRow refined(MappingRow row, Mesh on) {
        long start = System.nanoTime();
        JointRefinement.Result found = JointRefinement.refine(graph, options.capacity(), on, new JointRefinement.Result(row.part(), row.tile()),
            options.seed(), options.seconds() * JOINT_SHARE);
        CoreTraffic traffic = CoreTraffic.of(graph, found.part(), found.tile().length);
        return new MappingRow(row.strategy() + "+joint", row.placer(), 1, found.part(), found.tile(),
            PartitionMetrics.of(graph, found.part()), PlacementMetrics.of(traffic, found.tile(), on), List.of(),
            row.seconds() + (System.nanoTime() - start) * 1e-9, HeapUse.peakBytes());
    }
}
