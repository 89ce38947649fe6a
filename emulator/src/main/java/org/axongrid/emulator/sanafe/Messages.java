package org.axongrid.emulator.sanafe;

import java.util.Arrays;

/** Messages of one step in the order in which the cores make them, and the work that remains in a core behind its last one. */
final class Messages {
    int count;
    int[] source = new int[64];
    int[] destination = new int[64];
    /** Seconds between the message before (or the start) and this one. */
    double[] generation = new double[64];
    /** Seconds that the destination needs for it. */
    double[] receive = new double[64];
    /** By core: seconds of neuron work behind the last message. */
    final double[] rest;

    Messages(int cores) {
        rest = new double[cores];
    }

    void clear() {
        count = 0;
        Arrays.fill(rest, 0);
    }

    void add(int from, int to, double generated, double received) {
        if (count == source.length) {
            source = Arrays.copyOf(source, 2 * count);
            destination = Arrays.copyOf(destination, 2 * count);
            generation = Arrays.copyOf(generation, 2 * count);
            receive = Arrays.copyOf(receive, 2 * count);
        }
        source[count] = from;
        destination[count] = to;
        generation[count] = generated;
        receive[count++] = received;
    }
}
