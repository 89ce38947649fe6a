package org.axongrid.emulator.layer;

/** Gives inputs to a {@link LayeredRunner}; each thread has its own. */
@FunctionalInterface
public interface LayerInput {
    /**
     * @param index number of the input
     * @return by bias region of the image: mantissas of its elements
     */
    int[][] biases(int index);
}
