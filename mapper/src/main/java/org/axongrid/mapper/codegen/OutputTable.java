package org.axongrid.mapper.codegen;

/** The output axons of one population, by group of neurons that share them; counted first, then filled. */
final class OutputTable {
    /**
     * The output axons of one core.
     *
     * @param first by group of the core: its first output axon; one element more
     * @param core  by output axon: number of the destination core
     * @param axon  by output axon: input axon there
     * @param delay by output axon: extra delay, time-steps
     */
    record Outputs(int[] first, int[] core, int[] axon, int[] delay) { }

    private final int[] first;
    private int[] next;
    private int[] core;
    private int[] axon;
    private int[] delay;

    /** @param groups number of groups of the population */
    OutputTable(int groups) {
        first = new int[groups + 1];
    }

    /** Counts a destination. */
    void count(int group) {
        first[group + 1]++;
    }

    /** Says that all are counted. */
    void allocate() {
        for (int g = 1; g < first.length; g++) {
            first[g] = Math.addExact(first[g], first[g - 1]);
        }
        next = first.clone();
        int all = first[first.length - 1];
        core = new int[all];
        axon = new int[all];
        delay = new int[all];
    }

    /** Adds a destination, behind those that the group has. */
    void add(int group, int toCore, int toAxon, int extraDelay) {
        int at = next[group]++;
        core[at] = toCore;
        axon[at] = toAxon;
        delay[at] = extraDelay;
    }

    /** @return the output axons of the groups {@code from .. to - 1} */
    Outputs of(int from, int to) {
        int[] own = new int[to - from + 1];
        for (int g = from; g <= to; g++) {
            own[g - from] = first[g] - first[from];
        }
        return new Outputs(own, java.util.Arrays.copyOfRange(core, first[from], first[to]), java.util.Arrays.copyOfRange(axon, first[from], first[to]),
            java.util.Arrays.copyOfRange(delay, first[from], first[to]));
    }
}
