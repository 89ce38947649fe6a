package org.axongrid.isa.image;

import java.util.List;

/**
 * The memories of one TrueNorth core: a crossbar of one-bit synapses between axons and neurons, and per neuron its parameters and its one
 * destination.
 *
 * @param core        number of the core in the system
 * @param seed        start of its random words, xorshift32; not 0 if a neuron draws
 * @param rules       open points of the architecture
 * @param axonType    type by axon, 0..3; its length is the number of axons
 * @param crossbar    by axon a row of {@link #rowWords} words: neuron j is bit {@code j % 64} of word {@code j / 64}
 * @param parameters  distinct neuron parameters
 * @param parameterOf by neuron: index of its parameters, -1 for an unused one; its length is the number of neurons, unused
 *                    ones included
 * @param destCore    by neuron: number of the destination core in the system, or {@link #NOWHERE}, or {@link #OUTPUT_PIN}
 * @param destAxon    by neuron: axon of that core, or number of the output pin
 * @param destDelay   by neuron: ticks until the spike is active there, from 1; 0 where there is no destination core
 */
public record TrueNorthCoreImage(int core, int seed, TrueNorthRules rules, byte[] axonType, long[] crossbar,
                                 List<TrueNorthNeuron> parameters, int[] parameterOf, int[] destCore, int[] destAxon, int[] destDelay)
    implements CoreImage {
    /** Destination of a neuron that sends nothing. */
    public static final int NOWHERE = -1;
    /** Destination of a neuron that drives an output pin. */
    public static final int OUTPUT_PIN = -2;

    /** Copies the list. */
    public TrueNorthCoreImage {
        parameters = List.copyOf(parameters);
    }

    /** @return words of a crossbar row of so many neurons */
    public static int rowWords(int neurons) {
        return (neurons + 63) / 64;
    }

    @Override
    public int compartments() {
        return parameterOf.length;
    }

    @Override
    public int inputAxons() {
        return axonType.length;
    }

    /** @return whether axon and neuron are connected */
    public boolean connects(int axon, int neuron) {
        return (crossbar[axon * rowWords(parameterOf.length) + neuron / 64] >>> neuron % 64 & 1) != 0;
    }

    /** @return whether the neuron is in use */
    public boolean uses(int neuron) {
        return parameterOf[neuron] >= 0;
    }
}
