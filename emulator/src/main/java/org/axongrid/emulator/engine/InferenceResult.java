package org.axongrid.emulator.engine;

/**
 * What one inference gave.
 *
 * @param index     which input it was
 * @param readout   voltage of each readout compartment in each step of its window: {@code [step * readouts + i]}, register steps
 * @param latencyPs emulated time of the inference
 */
public record InferenceResult(int index, int[] readout, long latencyPs) { }
