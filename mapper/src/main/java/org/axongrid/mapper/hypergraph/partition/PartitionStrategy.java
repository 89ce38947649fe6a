package org.axongrid.mapper.hypergraph.partition;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/**
 * A way to cut a hypergraph into cores. Implementations of users are found by {@link java.util.ServiceLoader}: a public class with a public
 * constructor without arguments, named in {@code META-INF/services/org.axongrid.mapper.hypergraph.partition.PartitionStrategy}.
 */
public interface PartitionStrategy {
    /** All strategies: the quick ones, the searching ones, {@code auto}, those of users. */
    List<PartitionStrategy> ALL = Stream.concat(
        Stream.of(new SequentialStrategy("sequential-raster", VertexOrder::raster, false),
            new SequentialStrategy("sequential-hilbert", VertexOrder::hilbert, false),
            new SequentialStrategy("sequential-raster-lb", VertexOrder::raster, true),
            new SequentialStrategy("sequential-hilbert-lb", VertexOrder::hilbert, true),
            new RandomStrategy(), new StreamingStrategy(), new GreedyOverlapStrategy(), new SpectralStrategy(), new AnnealingStrategy(),
            new MultilevelStrategy(), new AutoStrategy()),
        ServiceLoader.load(PartitionStrategy.class).stream().map(ServiceLoader.Provider::get)).toList();

    /** @return its name on the command line */
    String id();

    /** @return whether it takes so little time that {@code auto} may always start from it */
    default boolean quick() {
        return false;
    }

    /** @return whether it keeps a problem's colours, so that it can cut trained networks */
    default boolean heedsColours() {
        return false;
    }

    /**
     * @param problem what to cut; no core holds more than its capacity
     * @param search  seed, threads and time
     * @return core by vertex, cores numbered from 0 on without gaps; a simple strategy may need more cores than the problem allows
     */
    int[] partition(Problem problem, Search search);

    /**
     * @param problem what to cut
     * @param search  seed, threads and time
     * @param known   partitions that other strategies found; what is returned is no worse than the best of them if this one improves on
     * others
     * @return core by vertex
     */
    default int[] partition(Problem problem, Search search, List<int[]> known) {
        return partition(problem, search);
    }

    /** @return the names of all */
    static List<String> names() {
        return ALL.stream().map(PartitionStrategy::id).toList();
    }

    /**
     * @param name a strategy's name
     * @return the strategy
     * @throws InvalidInputException naming the nearest known name
     */
    static PartitionStrategy of(String name) {
        return ALL.stream().filter(s -> s.id().equals(name)).findFirst().orElseThrow(() -> new InvalidInputException(
            "no mapping strategy named '" + name + "'" + KeyedYaml.nearest(name, names()) + " (known: " + String.join(", ", names())
                + ")"));
    }
}
