package org.axongrid.emulator.layer;

/** Gives inputs to a {@link LayeredRunner}; each thread has its own. */
public interface LayerInput {
    /**
     * @param index number of the input
     * @return by bias region of the image: mantissas of its elements
     */
    int[][] biases(int index);

    /**
     * @param index number of the input
     * @return by time-step: the neurons of the input layer that spike; {@code null} if the input does not spike
     */
    int[][] spikes(int index);
}
