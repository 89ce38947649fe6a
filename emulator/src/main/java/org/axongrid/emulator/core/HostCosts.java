package org.axongrid.emulator.core;

/**
 * How long emulating takes the host, in rough nanoseconds of a busy core on the machine of docs/benchmarks.md. Only proportions matter: they decide how
 * cores are dealt to threads and whether a step is worth sharing, and no result depends on them.
 */
public final class HostCosts {
    /** A core that is visited at all. */
    public static final int VISIT_NS = 200;
    /** A synaptic operation of a dense row. */
    public static final double DENSE_NS = 0.2;
    /** A synaptic operation of a scattered row. */
    public static final double SPARSE_NS = 1;
    /** A message, sent or received. */
    public static final int MESSAGE_NS = 15;
    /** An update by a program; one without is 1 ns. */
    public static final int PROGRAM_NS = 4;
    /** A neuron of a crossbar core. */
    static final int NEURON_NS = 2;
    /** A spike for an axon of a crossbar core. */
    static final int AXON_NS = 4;
    /** Random words of a crossbar core for each nanosecond. */
    static final int WORDS_PER_NS = 3;

    private HostCosts() { }
}
