package org.axongrid.emulator.trace;

import java.util.Locale;

/** What a slice of a core's or router's time shows, and what its argument is. */
public enum SliceKind {
    /** Updating compartments, or scanning rows; no argument. */
    UPDATE("", 1),
    /** Producing a spike; the compartment. */
    SPIKE("neuron", 2),
    /** Producing a message; the number of the receiving core. */
    SEND("to_core", 3),
    /** Receiving a message, {@link #DECODE} and {@link #SYNAPSES} together; the number of the sending core. */
    RECEIVE("from_core", 0),
    /** Looking up the axon of a message; no argument. */
    DECODE("", 1),
    /** Fetching and adding the synapses of a message; no argument. */
    SYNAPSES("", 2),
    /** A router with packets of its own cores that wait or are under way; their number. */
    PACKETS("packets", 1);

    static final SliceKind[] VALUES = values();
    private final String argument;
    private final int phase;

    SliceKind(String argument, int phase) {
        this.argument = argument;
        this.phase = phase;
    }

    /** @return the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return what its argument is, empty if it has none */
    public String argument() {
        return argument;
    }

    /** @return its number as the value of a phase signal; 0 is idle */
    int phase() {
        return phase;
    }
}
