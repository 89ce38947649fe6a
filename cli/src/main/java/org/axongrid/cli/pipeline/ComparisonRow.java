package org.axongrid.cli.pipeline;

/**
 * One method at one number of steps.
 *
 * @param method              its name
 * @param steps               the paper's T
 * @param chipSteps           time-steps on a chip with a step a hop, preparation included: what the emulated chip takes if the method ran on it
 * @param floatAccuracy       of the network in real numbers
 * @param accuracy            of the network in integers, on the chip if it ran there; NaN if it did not run at all
 * @param lost                images that real numbers have right and integers wrong
 * @param won                 the reverse
 * @param activity            what it took on the simulators
 * @param chip                what it took on the chip, {@code null} if it did not run there
 */
public record ComparisonRow(String method, int steps, int chipSteps, double floatAccuracy, double accuracy, int lost, int won,
                            Activity activity, OnChip chip) {
    /**
     * Means over images, preparation included: of the integer network if it ran, else of the float one.
     *
     * @param messages            spikes sent, a graded one being one
     * @param spikes              spikes sent, a graded one being as many as its payload
     * @param operations          synaptic operations of the messages
     * @param unaryOperations     synaptic operations of the spikes
     */
    public record Activity(double messages, double spikes, double operations, double unaryOperations) { }

    /**
     * Means over images of all that an inference takes, preparation included.
     *
     * @param operations   synaptic operations, those of layers that run again included
     * @param energyJ      J
     * @param latencySec   emulated time, s
     * @param host         what the host reads and writes, {@code null} unless it takes part in the preparation
     */
    public record OnChip(double operations, double energyJ, double latencySec, Host host) { }

    /**
     * What the host does for an image whose layers are prepared one after the other.
     *
     * @param reads       words read, those of the readout included
     * @param stateWrites state words written
     */
    public record Host(double reads, double stateWrites) { }

    /** @return whether integers lose more than a coin thrown for each image on which both differ would, by two standard deviations */
    public boolean losesByRounding() {
        return lost - won > 2 * Math.sqrt(lost + won);
    }

    /** @return synaptic operations: the chip's if it ran, else the simulators' */
    public double operations() {
        return chip != null ? chip.operations() : activity.operations();
    }
}
