package org.axongrid.isa.image;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;

/**
 * Counts the memory that synapses, state, accumulators and axon tables of a core share on chips where they do (Loihi 2: 192 KiB per core, project
 * reference on energy, section 3.2). How wide the tables' entries are is unpublished, so it is a parameter of the chip.
 */
public final class CoreMemory {
    private static final int WORD = 64;

    private CoreMemory() { }

    /** @return whether the chip has such a memory */
    public static boolean isShared(ChipSpec chip) {
        return chip.get(ChipParameter.CORE_MEMORY_WORDS) > 0;
    }

    /**
     * @param chip         the chip
     * @param synapseWords words of synapse lists
     * @param compartments compartments
     * @param stateBits    bits of their state words, all compartments together
     * @param accumulators dendritic accumulators, those of delays included
     * @param inputAxons   input axons
     * @param factors      factors of atoms
     * @param outputs      output axon entries
     * @return 64-bit words: each kind of table rounded up on its own
     */
    public static long words(ChipSpec chip, long synapseWords, long compartments, long stateBits, long accumulators, long inputAxons, long factors,
                             long outputs) {
        return synapseWords + words(stateBits + compartments * chip.get(ChipParameter.BIAS_BITS))
            + words(accumulators * chip.get(ChipParameter.ACCUMULATOR_BITS)) + words(inputAxons * chip.get(ChipParameter.INPUT_AXON_BITS))
            + words(factors * chip.get(ChipParameter.FACTOR_BITS))
            + words(outputs * chip.get(ChipParameter.OUTPUT_AXON_BITS));
    }

    private static long words(long bits) {
        return (bits + WORD - 1) / WORD;
    }
}
