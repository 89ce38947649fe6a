package org.axongrid.mapper.partition;

import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.mapper.network.Shape;

/** In which order a population's positions are dealt to cores: what the sequential strategies differ in. */
public enum PositionOrder {
    /** Row by row. */
    RASTER("sequential-raster") {
        @Override
        public int[] order(Shape shape, Random random) {
            int[] positions = new int[shape.positions()];
            java.util.Arrays.setAll(positions, i -> i);
            return positions;
        }
    },
    /** Along a Hilbert curve, so that a core holds a compact patch: its halo, the traffic, grows with the patch's edge. */
    HILBERT("sequential-hilbert") {
        @Override
        public int[] order(Shape shape, Random random) {
            return Hilbert.order(shape.width(), shape.height());
        }
    },
    /** Shuffled: the baseline that any strategy must beat, and a test that mappings do not change results. */
    RANDOM("random") {
        @Override
        public int[] order(Shape shape, Random random) {
            int[] positions = RASTER.order(shape, random);
            for (int i = positions.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = positions[i];
                positions[i] = positions[j];
                positions[j] = swap;
            }
            return positions;
        }
    };

    private final String strategy;

    PositionOrder(String strategy) {
        this.strategy = strategy;
    }

    /** @return the strategy's name on the command line */
    public String strategy() {
        return strategy;
    }

    /** @return the names of all */
    public static List<String> names() {
        return java.util.Arrays.stream(values()).map(PositionOrder::strategy).toList();
    }

    /**
     * @param name a strategy's name
     * @return the order
     * @throws InvalidInputException naming the nearest known name
     */
    public static PositionOrder of(String name) {
        for (PositionOrder o : values()) {
            if (o.strategy.equals(name)) {
                return o;
            }
        }
        throw new InvalidInputException("no mapping strategy named '" + name + "'" + KeyedYaml.nearest(name, names()) + " (known: "
            + String.join(", ", names()) + ")");
    }

    /** @return the positions of a map of that shape, in this order */
    public abstract int[] order(Shape shape, Random random);
}
