package org.axongrid.emulator.engine;

import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.cycle.NetworkTiming;

/**
 * How emulated time is computed.
 *
 * @param costs     a core's operations
 * @param barrierPs closing one time-step
 * @param network   the mesh's times for the {@code cycle} mode; null for the {@code fast} mode, which takes from the network no more than the
 *                  longest way of a message
 * @param periodPs  time of a step that a fixed clock gives; 0 if steps end when their work ends
 */
public record Timing(StepCosts costs, long barrierPs, NetworkTiming network, long periodPs) {
    /** Times for steps that end when their work ends. */
    public Timing(StepCosts costs, long barrierPs, NetworkTiming network) {
        this(costs, barrierPs, network, 0);
    }

    /** Times for the {@code fast} mode. */
    public Timing(StepCosts costs, long barrierPs) {
        this(costs, barrierPs, null);
    }
}
