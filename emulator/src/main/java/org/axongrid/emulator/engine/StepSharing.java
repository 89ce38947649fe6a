package org.axongrid.emulator.engine;

/**
 * Whether a step's cores are run by all workers side by side or by one of them alone: side by side costs a barrier and messages that go from one
 * processor's cache to another's, which steps with little to do do not earn back. What the last steps had to do decides, by counts; and where workers wait for
 * each other longer than one would have worked for all, because other programs have their processors, the clock does. It changes over when what it missed has become
 * more than changing over costs, so that it is never far behind the better of the two. No result depends on it.
 */
final class StepSharing {
    /**
     * System property: how much has to be missed for a change, ns, whichever way. With a negative number each step changes over, with
     * {@link Long#MAX_VALUE} none does; with either no clock is looked at.
     */
    static final String PROPERTY = "axongrid.stepPatience";
    private static final long PATIENCE_NS = 20_000;
    /** While one works, others may have gone to sleep and wake up late. */
    private static final long PATIENCE_ALONE_NS = 60_000;
    /** What has to be missed at most before side by side is tried again on a machine that does other things. */
    private static final long PATIENCE_BUSY_NS = 400_000_000;
    private static final int MORE_PATIENT = 8;
    /** So many times what it lost in waits must a time side by side have gained for the machine to count as calm. */
    private static final int CALM = 4;

    private final long patienceNs = Long.getLong(PROPERTY, PATIENCE_NS);
    private final long patienceAloneNs = Long.getLong(PROPERTY, PATIENCE_ALONE_NS);
    private final boolean forced = Long.getLong(PROPERTY) != null;
    private boolean alone;
    private long missedNs;
    /** As {@link #patienceAloneNs}; longer after each time that sharing lost more in waits than it gained. */
    private long aloneNs = patienceAloneNs;
    /** Since sharing began: what it gained by counts, and what it lost in waits. */
    private long gainedNs;
    private long lostNs;

    /** Side by side, as at the beginning. */
    void reset() {
        alone = false;
        missedNs = 0;
        gainedNs = 0;
        lostNs = 0;
    }

    /** @return whether the step that comes is run by one worker */
    boolean isAlone() {
        return alone;
    }

    /** @return whether one worker goes on alone in the run that comes: others have the processors, and would have to be waited for to begin with */
    boolean staysAlone() {
        return alone && (forced ? patienceNs < 0 : aloneNs > patienceAloneNs);
    }

    /**
     * Notes what a step had to do that one worker ran for all.
     *
     * @param all     all workers' cores together, ns
     * @param longest those of the worker that had most, ns
     */
    void note(long all, long longest) {
        note(all, longest, 0);
    }

    /**
     * Notes what a step had to do.
     *
     * @param all     all workers' cores together, ns
     * @param longest those of the worker that had most, ns
     * @param wait    how long a worker waited for another after the step before, ns
     */
    void note(long all, long longest, long wait) {
        long saved = all - longest - HostWork.BARRIER_NS;
        if (alone) {
            missed(missedNs + saved, aloneNs);
            return;
        }
        // Working for all takes no longer than that, with a margin for counts that are rough.
        long lost = forced ? 0 : Math.max(0, wait - 2 * all - HostWork.BARRIER_NS);
        if (!forced) {
            gainedNs += Math.max(0, saved);
            lostNs += lost;
        }
        missed(missedNs + lost - saved, patienceNs);
    }

    private void missed(long ns, long patience) {
        long missed = Math.max(0, ns);
        if (missed > patience) {
            if (!alone && !forced) {
                judge();
            }
            reset(!alone);
            return;
        }
        // Those of several workers may lie in one cache line: in busy networks nobody writes to it.
        if (missed != missedNs) {
            missedNs = missed;
        }
    }

    /** Sharing ends: was it waiting that made it the worse choice? */
    private void judge() {
        if (lostNs > gainedNs) {
            aloneNs = Math.min(PATIENCE_BUSY_NS, Math.max(aloneNs, lostNs) * MORE_PATIENT);
        } else if (gainedNs > CALM * lostNs) {
            aloneNs = patienceAloneNs;
        }
    }

    private void reset(boolean nowAlone) {
        reset();
        alone = nowAlone;
    }
}
