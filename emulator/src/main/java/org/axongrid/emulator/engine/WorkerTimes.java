package org.axongrid.emulator.engine;

import java.util.Arrays;
import org.axongrid.emulator.core.ActiveCores;

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

    /** Notes what a worker's cores took in a step. */
    void step(int worker, int t, ActiveCores cores) {
        computePs[worker][t] = cores.computePs();
        drainPs[worker][t] = cores.drainPs();
        // What takes effect in this step was received while the step before was running.
        receivePs[worker][t - 1] = cores.receivePs();
        receivePs[worker][t] = 0;
    }

    /** Notes what a worker's cores took in the steps {@code from .. to}, in which all of them rested. */
    void rest(int worker, int from, int to, ActiveCores cores) {
        Arrays.fill(computePs[worker], from, to + 1, cores.restingPs());
        Arrays.fill(drainPs[worker], from, to + 1, 0);
        Arrays.fill(receivePs[worker], from, to + 1, 0);
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
