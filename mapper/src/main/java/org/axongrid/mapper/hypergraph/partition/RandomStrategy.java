package org.axongrid.mapper.hypergraph.partition;

/** Fills cores in a random order: what any strategy must beat. */
final class RandomStrategy implements PartitionStrategy {
    @Override
    public String id() {
        return "random";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        return VertexOrder.fill(problem, VertexOrder.random(problem, new Dice(search.seed())), false);
    }
}
