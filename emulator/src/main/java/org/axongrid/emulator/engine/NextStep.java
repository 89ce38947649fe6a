package org.axongrid.emulator.engine;

/**
 * What workers agree on at the end of a step when nobody looks in between: the next step in which any of them has something to do. Steps before it are
 * skipped by all.
 * They tell each other what the step had to do and how long they waited after the one before, too, so that all of them judge alike whether the next one is worth
 * sharing.
 */
final class NextStep {
    /** Two cache lines apart. */
    private static final int PADDING = 32;
    private static final int TURNS = 2;

    private final SpinBarrier barrier;
    private final int workers;
    /** By turn and worker. A worker may be a turn ahead of another that still reads, never two. */
    private final int[] said;
    /** By worker, its own: how long it waited last, ns, and whether the next wait does not count. */
    private final int[] waited;

    NextStep(SpinBarrier barrier, int workers) {
        this.barrier = barrier;
        this.workers = workers;
        said = new int[(TURNS * workers + 1) * PADDING];
        waited = new int[(workers + 1) * PADDING];
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
        said[first + worker * PADDING + 2] = waited[worker * PADDING];
        long before = System.nanoTime();
        barrier.await(worker);
        boolean counts = waited[worker * PADDING + 1] == 0;
        waited[worker * PADDING] = counts ? (int) Math.min(System.nanoTime() - before, Integer.MAX_VALUE) : 0;
        waited[worker * PADDING + 1] = 0;
        int next = own;
        long all = 0;
        long longest = 0;
        long wait = 0;
        for (int w = 0; w < workers; w++) {
            next = Math.min(next, said[first + w * PADDING]);
            int ns = said[first + w * PADDING + 1];
            all += ns;
            longest = Math.max(longest, ns);
            wait = Math.max(wait, said[first + w * PADDING + 2]);
        }
        sharing.note(all, longest, wait);
        return next;
    }

    /** Forgets how long a worker waited, and does not look at its next wait: others may have slept, and wake up late. */
    void forgetWaits(int worker) {
        waited[worker * PADDING] = 0;
        waited[worker * PADDING + 1] = 1;
    }
}
