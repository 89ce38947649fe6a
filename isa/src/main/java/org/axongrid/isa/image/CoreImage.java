package org.axongrid.isa.image;

/** The memories of one neurocore. What they hold depends on the chip's {@link org.axongrid.isa.chip.CoreModel}. */
public sealed interface CoreImage permits LoihiCoreImage, TrueNorthCoreImage {
    /** @return number of the core in the system */
    int core();

    /** @return number of compartments (neurons) in use */
    int compartments();

    /** @return number of input axons in use */
    int inputAxons();
}
