package org.axongrid.mapper.partition;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;

/**
 * What a piece takes of its core.
 *
 * @param compartments compartments
 * @param synapseWords synapse memory, shared lists once
 * @param wordsPerAxon longest list
 * @param inputAxons   input axon entries
 * @param outputAxons  output axon entries
 * @param thresholds   distinct thresholds
 * @param memoryWords  words of the memory that all tables share; 0 where each has its own
 */
public record CoreUse(int compartments, long synapseWords, int wordsPerAxon, long inputAxons, long outputAxons, int thresholds,
                      long memoryWords) {
    /** A limit that is exceeded: which, what is needed, what there is. */
    public record Excess(ChipParameter limit, long used, long available) {
        @Override
        public String toString() {
            return used + " " + limit.unit() + " of " + limit.key() + ", limit " + available + " (" + (used - available) + " too many)";
        }
    }

    /** @return the first limit of the chip that is exceeded, or null */
    public Excess excess(ChipSpec chip) {
        Excess e = check(chip, ChipParameter.COMPARTMENTS, compartments);
        e = e != null ? e : check(chip, ChipParameter.SYNAPSE_WORDS, synapseWords);
        e = e != null ? e : check(chip, ChipParameter.WORDS_PER_AXON, wordsPerAxon);
        e = e != null ? e : check(chip, ChipParameter.INPUT_AXONS, inputAxons);
        e = e != null ? e : check(chip, ChipParameter.OUTPUT_AXONS, outputAxons);
        e = e != null ? e : check(chip, ChipParameter.THRESHOLD_PROFILES, thresholds);
        e = e != null ? e : check(chip, ChipParameter.COMPARTMENT_PROFILES, thresholds);
        return e != null || memoryWords == 0 ? e : check(chip, ChipParameter.CORE_MEMORY_WORDS, memoryWords);
    }

    private static Excess check(ChipSpec chip, ChipParameter limit, long used) {
        return used > chip.get(limit) ? new Excess(limit, used, chip.get(limit)) : null;
    }
}
