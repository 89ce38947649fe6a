package org.axongrid.emulator.layer;

import java.util.Arrays;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.engine.Timing;

/** The longest core's times in each time-step of the system, for one input; layers add what their cores took. */
final class InputTimes {
    private final long[] compute;
    private final long[] receive;
    private final long[] drain;

    /** @param steps time-steps of the system, numbered from 1 */
    InputTimes(int steps) {
        compute = new long[steps + 1];
        receive = new long[steps + 1];
        drain = new long[steps + 1];
    }

    /** Before an input: what cores take in each step while they rest. */
    void begin(long[] resting) {
        System.arraycopy(resting, 0, compute, 0, compute.length);
        Arrays.fill(receive, 0);
        Arrays.fill(drain, 0);
    }

    void computed(int t, long ps) {
        compute[t] = Math.max(compute[t], ps);
    }

    /** @param t step in which the messages take effect: they were received while the step before was running */
    void received(int t, long ps) {
        receive[t - 1] = Math.max(receive[t - 1], ps);
    }

    void drained(int t, long ps) {
        drain[t] = Math.max(drain[t], ps);
    }

    long[] drains() {
        return drain;
    }

    /** Adds all steps to the times of a run. @return time of the input, ps */
    long addTo(StepTimes times, Timing timing) {
        long before = times.totalPs;
        for (int t = 1; t < compute.length; t++) {
            times.step(compute[t], receive[t], drain[t], timing);
        }
        return times.totalPs - before;
    }
}
