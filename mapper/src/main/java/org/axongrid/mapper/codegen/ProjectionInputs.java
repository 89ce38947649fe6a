package org.axongrid.mapper.codegen;

import org.axongrid.isa.layer.LayerInputs;
import org.axongrid.mapper.partition.SynapseBlock;

/**
 * The input axons of a core for one projection. Cores that hold as many channels at the same positions share it, unless channel groups tell them apart: what differs
 * between them is which weights their lists have.
 *
 * @param tables   what the lists take, for the plan
 * @param pointer  by axon: first word of its lists, from the projection's first on
 * @param words    by axon: words of one atom's list
 * @param atoms    by axon: number of atoms
 * @param base     by axon: base compartment
 * @param input    by axon: dendritic accumulator
 * @param source   by axon: number of the source group among all of its population's, or line of the port's group
 * @param size     words of all lists
 * @param lists    the distinct groups of lists, in the order of memory
 * @param encoder  writes them
 */
record ProjectionInputs(LayerInputs tables, int[] pointer, int[] words, int[] atoms, int[] base, int[] input, int[] source, int size, Lists[] lists,
                        RowEncoder encoder) {
    /**
     * The lists of neighbouring source channels that have the same taps.
     *
     * @param first    first source channel
     * @param channels number of channels
     * @param block    the taps
     * @param pointer  first word, from the projection's first on
     * @param words    words of each list
     */
    record Lists(int first, int channels, SynapseBlock block, int pointer, int words) { }
}
