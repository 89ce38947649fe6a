package org.axongrid.emulator.engine;

/**
 * Where the time of a run went. A step lasts as long as its longest part (they overlap), then comes the barrier: project reference on
 * the network, section 8.3.
 */
public final class StepTimes {
    /** What can bound a step. */
    public enum Bound {
        /** The busiest core's updates, spikes and sending. */
        COMPUTE,
        /** The busiest core's receiving and synaptic operations. */
        RECEIVE,
        /** The last message: its production, its way through the mesh, and waiting for it. */
        NETWORK
    }

    /** Picoseconds in all. */
    public long totalPs;
    /** Picoseconds in barriers. */
    public long barrierPs;
    /** Steps by what bounded them. */
    public final long[] stepsBoundBy = new long[Bound.values().length];
    /** Picoseconds of the steps, without barrier, by what bounded them. */
    public final long[] psBoundBy = new long[Bound.values().length];

    /** Steps whose work takes longer than the fixed period: on hardware an error. */
    public long overruns;
    /** Picoseconds of work in the longest step. */
    public long longestPs;

    /** @return what bounds a step of the {@code fast} mode */
    static Bound bound(long computePs, long receivePs, long drainPs) {
        return drainPs > Math.max(receivePs, computePs) ? Bound.NETWORK : receivePs > computePs ? Bound.RECEIVE : Bound.COMPUTE;
    }

    /** @return what bounds a step of the {@code cycle} mode */
    static Bound bound(long computePs, long receivePs, boolean waited) {
        return computePs >= receivePs ? Bound.COMPUTE : waited ? Bound.NETWORK : Bound.RECEIVE;
    }

    /** @return time that passes in a step with so much work, without barrier, ps */
    static long totalPs(long workPs, Timing timing) {
        // A fixed clock does not wait.
        return timing.periodPs() > 0 ? timing.periodPs() : workPs + timing.barrierPs();
    }

    /**
     * Adds one step of the {@code fast} mode.
     *
     * @param computePs longest time of a core's updates, spikes and sending
     * @param receivePs longest time of a core's receiving
     * @param drainPs   when the last message is received if nothing is in its way
     * @param timing    how time is computed
     */
    public void step(long computePs, long receivePs, long drainPs, Timing timing) {
        add(bound(computePs, receivePs, drainPs), Math.max(Math.max(receivePs, computePs), drainPs), timing);
    }

    /**
     * Adds one step of the {@code cycle} mode, in which receiving includes the wait for messages.
     *
     * @param waited whether the core that received last mostly waited, so that the network is what bound the step
     */
    void step(long computePs, long receivePs, boolean waited, Timing timing) {
        add(bound(computePs, receivePs, waited), Math.max(computePs, receivePs), timing);
    }

    private void add(Bound bound, long longest, Timing timing) {
        stepsBoundBy[bound.ordinal()]++;
        psBoundBy[bound.ordinal()] += longest;
        long work = longest + timing.barrierPs();
        barrierPs += timing.barrierPs();
        longestPs = Math.max(longestPs, work);
        totalPs += totalPs(longest, timing);
        overruns += timing.periodPs() > 0 && work > timing.periodPs() ? 1 : 0;
    }

    /** Adds another's times to this. */
    public void add(StepTimes o) {
        totalPs += o.totalPs;
        barrierPs += o.barrierPs;
        overruns += o.overruns;
        longestPs = Math.max(longestPs, o.longestPs);
        for (int b = 0; b < stepsBoundBy.length; b++) {
            stepsBoundBy[b] += o.stepsBoundBy[b];
            psBoundBy[b] += o.psBoundBy[b];
        }
    }
}
