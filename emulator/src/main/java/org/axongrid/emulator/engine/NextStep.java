package org.axongrid.emulator.engine;

/**
 * What workers agree on at the end of a step when nobody looks in between: the next step in which any of them has something to do. Steps before it are
 * skipped by all.
 * They tell each other what the step had to do and how long they took for it, too, and worker 0 what was gained by sharing the one before, so that all of them judge
 * alike whether the next one is worth sharing.
 */
final class NextStep {
    /** Two cache lines apart. */
    private static final int PADDING = 32;
    private static final int TURNS = 2;
    private static final int SAID = 0;
    private static final int WORK = 1;
    private static final int TOOK = 2;
    private static final int GAIN = 3;
    /** Weight of a step in the mean of what steps take. */
    private static final double NEW = 1.0 / 32;

    private final SpinBarrier barrier;
    private final int workers;
    /** By turn and worker. A worker may be a turn ahead of another that still reads, never two. */
    private final int[] said;
    /** By worker, its own: when its step began. */
    private final long[] began;
    /** Worker 0's: what was gained by the step before, ns, and what a nanosecond of counted work takes when it works alone; 0 if that is not known. */
    private long gain;
    private double aloneRate;

    NextStep(SpinBarrier barrier, int workers) {
        this.barrier = barrier;
        this.workers = workers;
        said = new int[(TURNS * workers + 1) * PADDING];
        began = new long[(workers + 1) * PADDING];
    }

    /** A worker begins a step. */
    void begins(int worker) {
        began[worker * PADDING] = System.nanoTime();
    }

    /** Worker 0 waited between two runs or phases of one. */
    void waited(long ns) {
        gain -= ns;
    }

    /** Worker 0 took so long for so much counted work, alone. */
    void alone(long all, long tookNs) {
        if (all > 0) {
            double rate = (double) tookNs / all;
            aloneRate += aloneRate == 0 ? rate : (rate - aloneRate) * NEW;
        }
    }

    /**
     * Waits for all workers, and begins the next step.
     *
     * @param worker  the caller
     * @param turn    how often it has agreed in this run
     * @param own     the first step that it has something for
     * @param hostNs  what its step had to do, ns
     * @param sharing is told what all of it was
     * @return the first step that any of them has something for
     */
    int agree(int worker, int turn, int own, long hostNs, StepSharing sharing) {
        int first = (turn % TURNS * workers + 1) * PADDING;
        int mine = first + worker * PADDING;
        long before = System.nanoTime();
        said[mine + SAID] = own;
        said[mine + WORK] = saturated(hostNs);
        said[mine + TOOK] = saturated(before - began[worker * PADDING]);
        if (worker == 0) {
            said[mine + GAIN] = saturated(gain);
        }
        barrier.await(worker);
        begins(worker);
        int next = own;
        long all = 0;
        long longest = 0;
        long took = 0;
        for (int w = 0; w < workers; w++) {
            next = Math.min(next, said[first + w * PADDING + SAID]);
            int ns = said[first + w * PADDING + WORK];
            all += ns;
            longest = Math.max(longest, ns);
            took += said[first + w * PADDING + TOOK];
        }
        if (worker == 0) {
            // One worker takes as long as all did one after the other; less where it was faster before, since those that share processors with others take turns.
            long alone = aloneRate > 0 ? Math.min(took, (long) (aloneRate * all)) : took;
            gain = alone - said[mine + TOOK] - (began[0] - before);
        }
        sharing.noteShared(all, longest, said[first + GAIN]);
        return next;
    }

    private static int saturated(long ns) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(ns, Integer.MAX_VALUE));
    }
}
