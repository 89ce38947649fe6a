package org.axongrid.emulator.engine;

/**
 * What workers agree on at the end of a step when nobody looks in between: the next step in which any of them has something to do. Steps before it are
 * skipped by all.
 * They tell each other what the step had to do, too, so that all of them judge alike whether the next one is worth sharing.
 */
final class NextStep {
    /** Two cache lines apart. */
    private static final int PADDING = 32;
    private static final int TURNS = 2;

    private final SpinBarrier barrier;
    private final int workers;
    /** By turn and worker. A worker may be a turn ahead of another that still reads, never two. */
    private final int[] said;

    NextStep(SpinBarrier barrier, int workers) {
        this.barrier = barrier;
        this.workers = workers;
        said = new int[(TURNS * workers + 1) * PADDING];
    }

    /**
     * Waits for all workers.
     *
     * @param worker  who asks
     * @param turn    how often it asked before, in this run
     * @param own     its own next step
     * @param hostNs  about how long its cores took
     * @param sharing its own, which is told of all workers' cores
     * @return the first of all next steps
     */
    int agree(int worker, int turn, int own, long hostNs, StepSharing sharing) {
        int first = (turn % TURNS * workers + 1) * PADDING;
        said[first + worker * PADDING] = own;
        said[first + worker * PADDING + 1] = (int) Math.min(hostNs, Integer.MAX_VALUE);
        barrier.await(worker);
        int next = own;
        long all = 0;
        long longest = 0;
        for (int w = 0; w < workers; w++) {
            next = Math.min(next, said[first + w * PADDING]);
            int ns = said[first + w * PADDING + 1];
            all += ns;
            longest = Math.max(longest, ns);
        }
        sharing.note(all, longest);
        return next;
    }
}
