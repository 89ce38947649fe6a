package org.axongrid.mapper.hypergraph.partition;

/**
 * A partition and what it costs.
 *
 * @param origin   strategy that found it
 * @param part     core by vertex
 * @param packets  packets between cores
 * @param overload neurons above capacity, of all cores
 * @param cores    cores that hold a vertex
 */
record Solution(String origin, int[] part, long packets, long overload, int cores) {
    static Solution of(String origin, Problem problem, int[] part) {
        PinTable table = new PinTable(problem, problem.level(), part, false);
        boolean[] used = new boolean[table.cores];
        int cores = 0;
        for (int c : part) {
            cores += used[c] ? 0 : 1;
            used[c] = true;
        }
        return new Solution(origin, part, table.packets, table.overload(), cores);
    }

    /** @return whether this is the better one: one that fits first, then the one with fewer packets, then the one with fewer cores */
    boolean betterThan(Solution other, int cores) {
        long excess = overload + Math.max(0, this.cores - cores);
        long otherExcess = other.overload + Math.max(0, other.cores - cores);
        if (excess != otherExcess) {
            return excess < otherExcess;
        }
        return packets != other.packets ? packets < other.packets : this.cores < other.cores;
    }
}
