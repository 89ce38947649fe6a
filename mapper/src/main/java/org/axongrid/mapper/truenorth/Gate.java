package org.axongrid.mapper.truenorth;

import java.util.Arrays;
import org.axongrid.isa.image.TrueNorthNeuron;

/** A neuron of the chip before it is copied: what it computes, from which lines, and where its spikes go. */
final class Gate {
    /** Bits of a line below its source. */
    private static final int LINE_BITS = 8;
    private static final int TYPE_SHIFT = 4;
    /** Lines of one type that a gate can have from one source. */
    static final int SAME_LINES_MAX = 1 << TYPE_SHIFT;

    final int id;
    final Stage stage;
    /** Neuron of the population, or class of the readout, that it belongs to. */
    final int element;
    final TrueNorthNeuron neuron;
    /** Lines; the array is shared by gates with the same. */
    final long[] lines;
    /** Further lines of its own. */
    final long[] more;

    /** By destination: index of the core, then its axon. */
    private int[] destinations = new int[2];
    private int count;

    Gate(int id, Stage stage, int element, TrueNorthNeuron neuron, long[] lines, long[] more) {
        this.id = id;
        this.stage = stage;
        this.element = element;
        this.neuron = neuron;
        this.lines = lines;
        this.more = more;
    }

    /** @return a line: axons of a core with the same line are one axon */
    static long line(int gate, int type, int number) {
        return (long) gate << LINE_BITS | (long) type << TYPE_SHIFT | number;
    }

    static int source(long line) {
        return (int) (line >> LINE_BITS);
    }

    static byte type(long line) {
        return (byte) (line >> TYPE_SHIFT & 3);
    }

    void leadsTo(int core, int axon) {
        if (2 * count == destinations.length) {
            destinations = Arrays.copyOf(destinations, 4 * count);
        }
        destinations[2 * count] = core;
        destinations[2 * count++ + 1] = axon;
    }

    /** @return number of destinations, and so of copies that it takes */
    int destinations() {
        return count;
    }

    int core(int destination) {
        return destinations[2 * destination];
    }

    int axon(int destination) {
        return destinations[2 * destination + 1];
    }
}
