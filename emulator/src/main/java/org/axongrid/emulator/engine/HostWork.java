package org.axongrid.emulator.engine;

import org.axongrid.emulator.core.HostCosts;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.synapse.SynapseFormat.Kind;

/**
 * How long emulating takes the host, in rough nanoseconds ({@link HostCosts}), from what an image holds or from what cores counted: to decide how threads
 * are used. No result depends on it, and no clock is looked at, so that a run does the same each time.
 */
final class HostWork {
    /** What a step with more than one thread costs on top: the barrier, and messages and counts that go from one processor's cache to another's. */
    static final long BARRIER_NS = 2_000;

    private HostWork() { }

    /** @return by core: work in a step at a usual activity, ns */
    static long[] expected(LoadedSystem system) {
        long[] ns = new long[system.cores()];
        for (int c = 0; c < ns.length; c++) {
            ns[c] = system.weightOf(c);
        }
        return ns;
    }

    /**
     * @param byCore what each core counted
     * @param steps  in how many steps
     * @return by core: work in a step, ns
     */
    static long[] counted(EventCounters[] byCore, long steps) {
        long[] ns = new long[byCore.length];
        for (int c = 0; c < ns.length; c++) {
            EventCounters n = byCore[c];
            long sparse = n.synapticOperations[Kind.SPARSE.ordinal()];
            double all = (n.synapticOperationsTotal() - sparse) * HostCosts.DENSE_NS + sparse * HostCosts.SPARSE_NS + (n.messages + n.messagesReceived) * (double) HostCosts.MESSAGE_NS
                + n.updatesActive + n.updatesIdle + (n.programmedActive + n.programmedIdle) * (double) HostCosts.PROGRAM_NS;
            ns[c] = (long) (all / Math.max(1, steps));
        }
        return ns;
    }

    /**
     * @param work    by core: work in a step, ns
     * @param workers how many share it
     * @return length of a step, ns
     */
    static long stepNs(long[] work, int workers) {
        long[] load = new long[workers];
        int[] workerOf = CoreAssignment.of(work, workers);
        long longest = 0;
        for (int c = 0; c < work.length; c++) {
            load[workerOf[c]] += work[c];
            longest = Math.max(longest, load[workerOf[c]]);
        }
        return longest + (workers > 1 ? BARRIER_NS : 0);
    }

    /**
     * @param work    by core: work in a step, ns
     * @param threads most workers
     * @return with how many workers a step is shortest, the fewest if several are: 1 if there is so little to do that they would wait for each other,
     *         and no more than there are cores to run or processors to run them
     */
    static int usefulWorkers(long[] work, int threads) {
        int most = Math.min(Math.min(threads, Math.max(1, work.length)), Runtime.getRuntime().availableProcessors());
        int best = 1;
        long shortest = stepNs(work, 1);
        for (int workers = 2; workers <= most; workers++) {
            long ns = stepNs(work, workers);
            if (ns < shortest) {
                shortest = ns;
                best = workers;
            }
        }
        return best;
    }
}
