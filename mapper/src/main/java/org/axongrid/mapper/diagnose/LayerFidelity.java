package org.axongrid.mapper.diagnose;

import java.util.List;

/**
 * How well a layer says what the trained one says, over all images and neurons. Errors are root mean squares relative to the root mean square of the
 * trained activation; all shares are from 0 to 1.
 *
 * @param name        population
 * @param neurons     its size
 * @param trainedMean mean trained activation, in its units
 * @param error       by {@link Stage} the error against the trained network; 0 for the first
 * @param added       by {@link Stage} the difference from the stage before
 * @param correlation by {@link Stage} Pearson's correlation with the trained activation; NaN where one of both is constant
 * @param bias        by {@link Stage} the mean difference, relative to the trained root mean square
 * @param saturated   share of (neuron, image) in which the integer neuron sent all that it can in T steps; 0 for the readout
 * @param clipped     share of (neuron, image) whose trained activation is above what a neuron can send
 * @param dead        share of neurons that never spiked though the trained one was active on some image
 * @param uneven      share of (neuron, image) in the float SNN whose count is not the one of their own summed input; NaN where that is not known
 *                    (hard resets, pools, readout)
 * @param masked      share of (neuron, image) that SRP's mask ruled out
 */
public record LayerFidelity(String name, int neurons, double trainedMean, List<Double> error, List<Double> added, List<Double> correlation,
                            List<Double> bias, double saturated, double clipped, double dead, double uneven, double masked) {
    /** Copies the lists. */
    public LayerFidelity {
        error = List.copyOf(error);
        added = List.copyOf(added);
        correlation = List.copyOf(correlation);
        bias = List.copyOf(bias);
    }

    /**
     * @param stage a stage
     * @return its error against the trained network
     */
    public double error(Stage stage) {
        return error.get(stage.ordinal());
    }

    /**
     * @param stage a stage
     * @return what it differs by from the stage before
     */
    public double added(Stage stage) {
        return added.get(stage.ordinal());
    }
}
