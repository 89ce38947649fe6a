package org.axongrid.mapper.codegen;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.image.SpikePort;
import org.axongrid.mapper.network.Shape;

/** A spike port while its destinations are found. */
final class PortBuilder {
    private final IntArrayList[] destinations;

    /** @param shape the input's: a line for each of its neurons */
    PortBuilder(Shape shape) {
        destinations = new IntArrayList[shape.size()];
        Arrays.setAll(destinations, i -> new IntArrayList());
    }

    /** Adds a destination of a line. */
    void connect(int line, int core, int axon, int atom) {
        destinations[line].addInt(core);
        destinations[line].addInt(axon);
        destinations[line].addInt(atom);
    }

    /**
     * @param name     the port's name
     * @param byNumber numbers of the image's cores, ascending
     * @return the port
     */
    SpikePort build(String name, int[] byNumber) {
        int[] first = new int[destinations.length + 1];
        for (int line = 0; line < destinations.length; line++) {
            first[line + 1] = first[line] + destinations[line].size() / 3;
        }
        int[][] columns = new int[3][first[destinations.length]];
        for (int line = 0; line < destinations.length; line++) {
            for (int i = 0; i < destinations[line].size(); i++) {
                int value = destinations[line].getInt(i);
                columns[i % 3][first[line] + i / 3] = i % 3 == 0 ? Arrays.binarySearch(byNumber, value) : value;
            }
        }
        return new SpikePort(name, first, columns[0], columns[1], columns[2]);
    }
}
