package org.axongrid.cli.pipeline;

/**
 * One method at one number of steps.
 *
 * @param method              its name
 * @param steps               the paper's T
 * @param chipSteps           time-steps on a chip with a step a hop, preparation included
 * @param floatAccuracy       of the network in real numbers
 * @param accuracy            of the network in integers; NaN if it did not run
 * @param activity            what it took
 */
public record ComparisonRow(String method, int steps, int chipSteps, double floatAccuracy, double accuracy, Activity activity) {
    /**
     * Means over images, preparation included: of the integer network if it ran, else of the float one.
     *
     * @param messages            spikes sent, a graded one being one
     * @param spikes              spikes sent, a graded one being as many as its payload
     * @param operations          synaptic operations of the messages
     * @param unaryOperations     synaptic operations of the spikes
     */
    public record Activity(double messages, double spikes, double operations, double unaryOperations) { }
}
