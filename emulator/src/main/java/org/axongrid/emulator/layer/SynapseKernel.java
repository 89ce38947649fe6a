package org.axongrid.emulator.layer;

/** Adds what the spikes of a layer do to another one, for a batch of time-steps of several inputs. Immutable. */
interface SynapseKernel {
    /**
     * @param frames by time-step and input: spikes of the source
     * @param first  first of them
     * @param sums   for each of them, by target neuron: gets the effective weights of all that spiked added
     * @param count  how many
     */
    void add(SpikeFrame[] frames, int first, int[][] sums, int count);

    /** @return bytes of weights */
    long bytes();
}
