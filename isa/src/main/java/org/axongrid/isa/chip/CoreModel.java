package org.axongrid.isa.chip;

import java.util.Locale;

/** How a chip's neurocores work, and so which {@link ChipParameter}s describe them. */
public enum CoreModel {
    /** Packed synapse lists, dendritic accumulators, compartments with current and voltage: Loihi and what follows it. */
    LOIHI,
    /** A crossbar of one-bit synapses, four axon types, the digital neuron of Cassidy et al. 2013: TrueNorth and what follows it. */
    TRUENORTH;

    /** @return the value of {@code core_model} in YAML files: the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
