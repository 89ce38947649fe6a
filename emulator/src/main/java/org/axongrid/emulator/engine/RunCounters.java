package org.axongrid.emulator.engine;

import org.axongrid.emulator.count.EventCounters;

/** What the cores of a simulation count, each for itself, and what its host does. */
final class RunCounters {
    /** By core, in image order. */
    final EventCounters[] byCore;
    /** What the host did, and the steps. */
    final EventCounters host = new EventCounters();

    /**
     * @param workerOf by core: the worker that runs it
     * @param workers  number of workers
     */
    RunCounters(int[] workerOf, int workers) {
        byCore = new EventCounters[workerOf.length];
        for (int w = 0; w < workers; w++) {
            // Those of one worker together, so that two workers seldom write to one cache line.
            for (int c = 0; c < byCore.length; c++) {
                byCore[c] = workerOf[c] == w ? new EventCounters() : byCore[c];
            }
        }
    }

    /** @return all together */
    EventCounters sum() {
        EventCounters sum = new EventCounters();
        sum.add(host);
        for (EventCounters c : byCore) {
            sum.add(c);
        }
        return sum;
    }
}
