package org.axongrid.emulator.noc;

import java.util.Arrays;

/** What a way through a router's switch takes longer because flits went in the cycle before: {@link VcParameters#turnaround}. */
final class SwitchTurnaround {
    private final int cycles;
    /** By router: the last cycle with a grant, and the last one before that. */
    private final long[] last;
    private final long[] before;

    SwitchTurnaround(VcParameters parameters) {
        cycles = parameters.turnaround();
        last = new long[parameters.routers()];
        before = new long[parameters.routers()];
        Arrays.fill(last, Integer.MIN_VALUE);
        Arrays.fill(before, Integer.MIN_VALUE);
    }

    /** @return cycles more for a flit that is granted in cycle {@code t} */
    int granted(int router, long t) {
        if (last[router] != t) {
            before[router] = last[router];
            last[router] = t;
        }
        return before[router] == t - 1 ? cycles : 0;
    }
}
