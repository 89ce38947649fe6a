package org.axongrid.emulator.core;

import org.agrona.collections.Int2IntHashMap;

/**
 * A core's image, decoded: immutable after loading, so that all simulations of one image share it. Here is what all kinds of cores have, the way
 * out of them.
 *
 * <p>A message to a core is one {@code int}, the <em>line</em>: the position of (input axon, atom) in the sequence of all atoms of all input
 * axons.
 */
abstract class LoadedCore {
    /** Position among the system's loaded cores. */
    final int index;
    /** By output axon: loaded index of the destination. */
    final int[] outCore;
    /** By output axon: first line there. */
    final int[] outLine;
    /** By output axon: steps until it takes effect, at least 1. */
    final int[] outSteps;
    /** By output axon: east-west hops. */
    final int[] outHopsX;
    /** By output axon: north-south hops. */
    final int[] outHopsY;
    /** By output axon: chip borders crossed. */
    final int[] outCrossings;
    private final int[] outAxon;

    /**
     * @param index    position among the cores in use
     * @param number   of the core in the system
     * @param places   of all cores
     * @param outCore  by output axon: number of the destination core in the system
     * @param outAxon  by output axon: input axon there
     * @param outSteps by output axon: steps until a message takes effect, at least 1
     */
    LoadedCore(int index, int number, CorePlaces places, int[] outCore, int[] outAxon, int[] outSteps) {
        this.index = index;
        this.outCore = outCore.clone();
        this.outAxon = outAxon.clone();
        this.outSteps = outSteps;
        int outs = outCore.length;
        outLine = new int[outs];
        outHopsX = new int[outs];
        outHopsY = new int[outs];
        outCrossings = new int[outs];
        for (int o = 0; o < outs; o++) {
            int to = outCore[o];
            outHopsX[o] = places.hopsX(number, to);
            outHopsY[o] = places.hopsY(number, to);
            outCrossings[o] = places.crossings(number, to);
        }
    }

    /** Resolves output axons once all cores are loaded. */
    final void link(Int2IntHashMap indexOfCore, LoadedCore[] all) {
        for (int o = 0; o < outCore.length; o++) {
            outCore[o] = indexOfCore.get(outCore[o]);
            outLine[o] = all[outCore[o]].firstLine(outAxon[o]);
        }
    }

    /** @return first line of an input axon */
    abstract int firstLine(int axon);

    /** @return times to receive a message, by what {@link #serviceOf} says, ps */
    abstract long[] servicePs(StepCosts costs);

    /** @return which of these times a message on a line takes */
    abstract int serviceOf(int line);

    /** @return most messages that one step can send on an output axon */
    abstract int sources(int output);

    /** @return exponent of a compartment's bias register */
    abstract int biasExponent(int compartment);

    /** @return first step in which a compartment runs */
    abstract int startStep(int compartment);

    /** @return about how long a step at a usual activity takes the host, ns, to spread cores over workers */
    abstract long weight();
}
