package org.axongrid.isa.image;

/**
 * A named list of compartments: the image's symbol table, through which a host writes biases and reads voltages.
 *
 * @param name        from the network
 * @param role        what a host does with it
 * @param core        by element: index into the image's list of cores
 * @param compartment by element: compartment of that core
 */
public record Region(String name, Role role, int[] core, int[] compartment) {
    /** What a host does with a region. */
    public enum Role {
        /** Nothing; it can be probed. */
        HIDDEN,
        /** Writes its bias mantissas before each inference. */
        BIAS_INPUT,
        /** Reads its voltages in each step of its window. */
        READOUT
    }

    /** @return number of elements */
    public int size() {
        return core.length;
    }
}
