package org.axongrid.mapper.hypergraph.partition;

import java.util.function.Function;

/** Fills one core after the other in a fixed order of the vertices. */
final class SequentialStrategy implements PartitionStrategy {
    private final String id;
    private final Function<Problem, int[]> order;
    private final boolean layerBreak;

    SequentialStrategy(String id, Function<Problem, int[]> order, boolean layerBreak) {
        this.id = id;
        this.order = order;
        this.layerBreak = layerBreak;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        return VertexOrder.fill(problem, order.apply(problem), layerBreak);
    }
}
