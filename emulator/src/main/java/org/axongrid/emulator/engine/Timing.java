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
 */
public record Timing(StepCosts costs, long barrierPs, NetworkTiming network) {
    /** Times for the {@code fast} mode. */
    public Timing(StepCosts costs, long barrierPs) {
        this(costs, barrierPs, null);
    }
}
