package org.axongrid.emulator.engine;

import org.axongrid.emulator.core.StepCosts;

/**
 * Times for the {@code fast} timing mode.
 *
 * @param costs     a core's operations
 * @param barrierPs closing one time-step
 */
public record Timing(StepCosts costs, long barrierPs) { }
