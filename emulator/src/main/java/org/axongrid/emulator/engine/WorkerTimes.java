package org.axongrid.emulator.engine;

/** What each worker says of the time of each step, merged when a run is over. */
final class WorkerTimes {
    private final int workers;
    private long[][] computePs = new long[0][];
    private long[][] receivePs = new long[0][];
    private long[][] drainPs = new long[0][];

    WorkerTimes(int workers) {
        this.workers = workers;
    }

    /** Makes room for so many steps, numbered from 1. */
    void prepare(int steps) {
        if (computePs.length != workers || computePs[0].length < steps + 1) {
            computePs = new long[workers][steps + 1];
            receivePs = new long[workers][steps + 1];
            drainPs = new long[workers][steps + 1];
        }
    }

    /** @return by step the longest compute of a worker's cores, ps */
    long[] compute(int worker) {
        return computePs[worker];
    }

    /** @return by step the longest receiving of a worker's cores, ps */
    long[] receive(int worker) {
        return receivePs[worker];
    }

    /** @return by step when the last message of a worker's cores is received if nothing is in its way, ps */
    long[] drain(int worker) {
        return drainPs[worker];
    }

    /** Adds the steps of a run to the times of a simulation. */
    void merge(int steps, StepTimes times, Timing timing) {
        for (int t = 1; t <= steps; t++) {
            long compute = 0;
            long receive = 0;
            long drain = 0;
            for (int w = 0; w < workers; w++) {
                compute = Math.max(compute, computePs[w][t]);
                receive = Math.max(receive, receivePs[w][t]);
                drain = Math.max(drain, drainPs[w][t]);
            }
            times.step(compute, receive, drain, timing);
        }
    }
}
