package org.axongrid.emulator.core;

import java.util.Arrays;

/** What receiving a message takes, for all cores of a system under one set of costs. Immutable. */
final class ServiceTimes {
    private final LoadedCore[] cores;
    private final long[][] ps;
    private final long[] longest;

    /**
     * @param cores all cores, in image order
     * @param costs times of operations
     */
    ServiceTimes(LoadedCore[] cores, StepCosts costs) {
        this.cores = cores;
        ps = new long[cores.length][];
        longest = new long[cores.length];
        for (int c = 0; c < ps.length; c++) {
            ps[c] = cores[c].servicePs(costs);
            longest[c] = Arrays.stream(ps[c]).max().orElse(0);
        }
    }

    /** @return time to receive a message on a line of a core, ps */
    long ps(int core, int line) {
        return ps[core][cores[core].serviceOf(line)];
    }

    /** @return longest time of any message to a core, ps */
    long longestPs(int core) {
        return longest[core];
    }
}
