package org.axongrid.emulator.engine;

/**
 * Whether a step's cores are run by all workers side by side or by one of them alone. Two things speak against side by side:
 *
 * <ul>
 * <li>it costs a barrier and messages that go from one processor's cache to another's, which steps with little to do do not earn back. What the last steps had to
 * do decides, by counts: it changes over when what it missed has become more than changing over costs;</li>
 * <li>where other programs have the processors, workers wait for each other. Here the clock decides: when steps side by side have taken {@value #TOLERANCE_NS} ns
 * more than one worker would have, it works alone, for a while that is twice as long after each time side by side that did not pay.</li>
 * </ul>
 *
 * <p>So that it is never far behind the better of the two. No result depends on it. Each worker has its own; all are told the same while steps are shared.
 */
final class StepSharing {
    /**
     * System property: how much has to be missed by counts for a change, ns, whichever way. With a negative number each step changes over, with
     * {@link Long#MAX_VALUE} none does; with any number no clock is looked at.
     */
    static final String PROPERTY = "axongrid.stepPatience";
    private static final long PATIENCE_NS = 20_000;
    /** While one works, others may have gone to sleep and wake up late. */
    private static final long PATIENCE_ALONE_NS = 60_000;
    /** About two turns of a scheduler: one worker that loses its processor once is no reason to change. */
    private static final long TOLERANCE_NS = 8_000_000;
    private static final long REST_MIN_NS = 50_000_000;
    private static final long REST_MAX_NS = 500_000_000;

    private final long patienceNs = Long.getLong(PROPERTY, PATIENCE_NS);
    private final long patienceAloneNs = Long.getLong(PROPERTY, PATIENCE_ALONE_NS);
    private final boolean forced = Long.getLong(PROPERTY) != null;
    private boolean aloneByCounts;
    private boolean aloneByClock;
    private long missedNs;
    /** By the clock, since sharing began: what it gained in all, and what it lost since it was worth most. */
    private long gainedNs;
    private long lostNs;
    /** How long one works alone next time, and how much of that is left. */
    private long restNs = REST_MIN_NS / 2;
    private long leftNs;

    /** Side by side, as at the beginning of a run. */
    void reset() {
        aloneByCounts = false;
        aloneByClock = false;
        missedNs = 0;
    }

    /** @return whether the step that comes is run by one worker */
    boolean isAlone() {
        return aloneByCounts || aloneByClock;
    }

    /** @return whether one worker goes on alone in the run that comes: others have the processors, and would have to be waited for to begin with */
    boolean staysAlone() {
        return aloneByClock || forced && patienceNs < 0 && aloneByCounts;
    }

    /**
     * Notes a step that one worker ran for all.
     *
     * @param all     all workers' cores together, by counts, ns
     * @param longest those of the worker that had most, ns
     * @param tookNs  what it took, ns
     */
    void noteAlone(long all, long longest, long tookNs) {
        count(all, longest);
        if (aloneByClock) {
            leftNs -= tookNs;
            aloneByClock = leftNs > 0;
        }
    }

    /**
     * Notes a step that was shared.
     *
     * @param all     all workers' cores together, by counts, ns
     * @param longest those of the worker that had most, ns
     * @param gain    how much faster than one worker the step before was by the clock, ns; negative if it was slower
     */
    void noteShared(long all, long longest, long gain) {
        count(all, longest);
        if (forced || gain == 0) {
            return;
        }
        gainedNs += gain;
        lostNs = Math.max(0, lostNs - gain);
        if (lostNs > TOLERANCE_NS) {
            restNs = gainedNs > 0 ? REST_MIN_NS : Math.min(REST_MAX_NS, 2 * restNs);
            leftNs = restNs;
            aloneByClock = true;
            gainedNs = 0;
            lostNs = 0;
        }
    }

    private void count(long all, long longest) {
        long saved = all - longest - HostWork.BARRIER_NS;
        long missed = Math.max(0, missedNs + (aloneByCounts ? saved : -saved));
        if (missed > (aloneByCounts ? patienceAloneNs : patienceNs)) {
            aloneByCounts = !aloneByCounts;
            missed = 0;
        }
        // Those of several workers may lie in one cache line: in busy networks nobody writes to it.
        if (missed != missedNs) {
            missedNs = missed;
        }
    }
}
