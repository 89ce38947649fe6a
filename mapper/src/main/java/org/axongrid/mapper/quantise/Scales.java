package org.axongrid.mapper.quantise;

/** How many scales a population has. */
public enum Scales {
    /** One: every neuron of a layer has the same threshold. */
    LAYER,
    /** As many as a core has threshold registers: channels with like weights share one. */
    GROUPED,
    /** One per output channel; a core then holds few channels. */
    CHANNEL
}
