package org.axongrid.emulator.core;

import java.util.Locale;

/** What a core spends the time of a step on. A Loihi-style core adds synapses while it receives
 * ({@link #ACCUMULATE}), a TrueNorth core while it scans its rows ({@link #INTEGRATE}). */
public enum Stage {
    /** Receiving: taking messages and looking up their axons. */
    DECODE,
    /** Receiving: fetching words of synapse memory. Overlaps with {@link #ACCUMULATE}. */
    FETCH,
    /** Receiving: adding synapses to the accumulators. */
    ACCUMULATE,
    /** Visiting rows and axons whether or not they have work, and what every step takes. */
    SCAN,
    /** Adding the synapses of active axons to a row's neuron. */
    INTEGRATE,
    /** Updating compartments: native arithmetic and executed microcode. */
    UPDATE,
    /** Producing spikes. */
    SPIKE,
    /** Producing messages. */
    SEND;

    /** @return whether it is a part of receiving messages; the others are parts of what a core computes */
    public boolean isReceiving() {
        return ordinal() <= ACCUMULATE.ordinal();
    }

    /** @return the name in lower case, as tables have it */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
