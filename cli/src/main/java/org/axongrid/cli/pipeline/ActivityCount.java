package org.axongrid.cli.pipeline;

import org.axongrid.mapper.reference.Simulator;

/**
 * Adds up what a simulator does, by step of the phase that gives the result; preparation goes to step 0. Steps may come in any order of
 * populations.
 */
final class ActivityCount {
    private static final int KINDS = 4;

    private final long[][] byStep;
    private final long[] before = new long[KINDS];
    private final long[] now = new long[KINDS];

    /** @param steps largest T */
    ActivityCount(int steps) {
        byStep = new long[steps + 1][KINDS];
    }

    /** Notes where the counters stand at the start of an image. */
    void start(Simulator simulator, int populations) {
        read(simulator, populations, before);
    }

    private static void read(Simulator simulator, int populations, long[] to) {
        to[0] = simulator.spikesTotal();
        to[1] = 0;
        for (int p = 1; p < populations; p++) {
            to[1] += simulator.unitsOf(p);
        }
        to[2] = simulator.synapticOperations();
        to[3] = simulator.unaryOperations();
    }

    /** Notes what came since the last note. */
    void note(Simulator simulator, int populations, int step) {
        read(simulator, populations, now);
        for (int k = 0; k < KINDS; k++) {
            byStep[step][k] += now[k] - before[k];
            before[k] = now[k];
        }
    }

    /** Adds another thread's. */
    synchronized void add(ActivityCount o) {
        for (int t = 0; t < byStep.length; t++) {
            for (int k = 0; k < KINDS; k++) {
                byStep[t][k] += o.byStep[t][k];
            }
        }
    }

    /**
     * @param steps  T
     * @param images how many there were
     * @return means over images of preparation and T steps
     */
    ComparisonRow.Activity upTo(int steps, int images) {
        // Whole numbers until the end, so that the means are a chip's to the last bit.
        long[] sum = new long[KINDS];
        for (int t = 0; t <= steps; t++) {
            for (int k = 0; k < KINDS; k++) {
                sum[k] += byStep[t][k];
            }
        }
        double n = images;
        return new ComparisonRow.Activity(sum[0] / n, sum[1] / n, sum[2] / n, sum[3] / n);
    }
}
