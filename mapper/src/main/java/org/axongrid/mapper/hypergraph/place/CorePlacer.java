package org.axongrid.mapper.hypergraph.place;

import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/** A way to put cores on a mesh. */
public interface CorePlacer {
    /** All placers, the quick ones first, {@code auto} last. */
    List<CorePlacer> ALL = List.of(new CurvePlacer(false), new CurvePlacer(true), new SpectralPlacer(), new ForceDirectedPlacer(),
        new RecursiveBisectionPlacer(), new AnnealingPlacer(), new AutoPlacer());

    /** @return its name on the command line */
    String id();

    /**
     * @param traffic packets between cores
     * @param mesh    a mesh with a tile for each core at least
     * @param seed    of all that is random
     * @param seconds time that searching placers take; the others need far less
     * @return tile by core, no tile twice
     */
    int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds);

    /**
     * @param traffic packets between cores
     * @param mesh    a mesh
     * @param start   tile by core
     * @param seed    of all that is random
     * @param seconds time
     * @return a placement that is no worse, by annealing
     */
    static int[] improved(CoreTraffic traffic, Mesh mesh, int[] start, long seed, double seconds) {
        return AnnealingPlacer.improve(traffic, mesh, start, seed, seconds);
    }

    /** @return the names of all */
    static List<String> names() {
        return ALL.stream().map(CorePlacer::id).toList();
    }

    /**
     * @param name a placer's name
     * @return the placer
     * @throws InvalidInputException naming the nearest known name
     */
    static CorePlacer of(String name) {
        return ALL.stream().filter(p -> p.id().equals(name)).findFirst().orElseThrow(() -> new InvalidInputException(
            "no placer named '" + name + "'" + KeyedYaml.nearest(name, names()) + " (known: " + String.join(", ", names()) + ")"));
    }
}
