package org.axongrid.isa.microcode;

/** Something that updates compartments by a neuron program. Holds no state. */
@FunctionalInterface
public interface NeuronKernel {
    /**
     * Runs the program once for each compartment {@code from .. to - 1}, ascending.
     *
     * @param block state of the core, set up for the range
     * @param from  first compartment
     * @param to    one after the last
     */
    void update(NeuronBlock block, int from, int to);
}
