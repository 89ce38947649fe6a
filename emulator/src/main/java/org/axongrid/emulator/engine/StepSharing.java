package org.axongrid.emulator.engine;

/**
 * Whether a step's cores are run by all workers side by side or by one of them alone: side by side costs a barrier and messages that go from one
 * processor's cache to another's, which steps with little to do do not earn back. What the last steps had to do decides, by counts and not by the clock.
 * It changes over when what it missed has become more than changing over costs, so that it is never far behind the better of the two.
 */
final class StepSharing {
    /**
     * System property: how much has to be missed for a change, ns, whichever way. With a negative number each step changes over, with
     * {@link Long#MAX_VALUE} none does.
     */
    static final String PROPERTY = "axongrid.stepPatience";
    private static final long PATIENCE_NS = 20_000;
    /** While one works, others may have gone to sleep and wake up late. */
    private static final long PATIENCE_ALONE_NS = 60_000;

    private final long patienceNs = Long.getLong(PROPERTY, PATIENCE_NS);
    private final long patienceAloneNs = Long.getLong(PROPERTY, PATIENCE_ALONE_NS);
    private boolean alone;
    private long missedNs;

    /** Side by side, as at the beginning. */
    void reset() {
        alone = false;
        missedNs = 0;
    }

    /** @return whether the step that comes is run by one worker */
    boolean isAlone() {
        return alone;
    }

    /**
     * Notes what a step had to do.
     *
     * @param all     all workers' cores together, ns
     * @param longest those of the worker that had most, ns
     */
    void note(long all, long longest) {
        long saved = all - longest - HostWork.BARRIER_NS;
        long missed = Math.max(0, missedNs + (alone ? saved : -saved));
        if (missed > (alone ? patienceAloneNs : patienceNs)) {
            alone = !alone;
            missed = 0;
        }
        // Those of several workers may lie in one cache line: in busy networks nobody writes to it.
        if (missed != missedNs) {
            missedNs = missed;
        }
    }
}
