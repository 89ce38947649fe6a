package org.axongrid.emulator.engine;

import java.util.Arrays;

/**
 * What one inference gave.
 *
 * @param index     which input it was
 * @param readout   voltage of each readout compartment in each step of its window: {@code [step * readouts + i]}, register steps
 * @param latencyPs emulated time of the inference
 */
public record InferenceResult(int index, int[] readout, long latencyPs) {
    /**
     * @param steps how many
     * @param of    steps that the readout has
     * @return the result with the readout of the last steps only
     */
    public InferenceResult lastSteps(int steps, int of) {
        return steps == of ? this : new InferenceResult(index, Arrays.copyOfRange(readout, readout.length / of * (of - steps), readout.length), latencyPs);
    }

    /**
     * @param steps how many
     * @param of    steps that the readout has
     * @return the result with the readout of the first steps only
     */
    public InferenceResult firstSteps(int steps, int of) {
        return steps == of ? this : new InferenceResult(index, Arrays.copyOf(readout, readout.length / of * steps), latencyPs);
    }
}
