package org.axongrid.mapper.hypergraph.partition;

/** A strategy as a user would add one: a core for each vertex. */
public final class UserStrategy implements PartitionStrategy {
    @Override
    public String id() {
        return "core-each";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        int[] part = new int[problem.graph().vertices()];
        java.util.Arrays.setAll(part, v -> v);
        return part;
    }
}
