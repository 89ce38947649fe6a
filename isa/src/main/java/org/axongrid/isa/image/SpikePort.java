package org.axongrid.isa.image;

/**
 * Lines through which a host sends spikes into a system: on the chip, messages that the embedded processors inject into the mesh. A line is a
 * source without a compartment: a spike on it is a message to each of its destinations, all in the same step.
 *
 * @param name  unique among the image's ports
 * @param first by line: its first destination; one element more than there are lines
 * @param core  by destination: index into the image's list of cores
 * @param axon  by destination: input axon of that core
 * @param atom  by destination: atom of that axon
 */
public record SpikePort(String name, int[] first, int[] core, int[] axon, int[] atom) {
    /** @return number of lines */
    public int lines() {
        return first.length - 1;
    }
}
