package org.axongrid.cli.pipeline;

import org.axongrid.mapper.nir.NirOptions;

/**
 * How files are read that describe spiking neurons.
 *
 * @param nir    what NIR leaves open
 * @param events whether the input sends spikes, else images; {@code null} for what suits the model
 * @param bin    microseconds of a step, for recordings of events
 */
public record ImportOptions(NirOptions nir, Boolean events, int bin) {
    /** Milliseconds, as N-MNIST is usually cut. */
    public static final int BIN = 1000;
    /** Nothing said. */
    public static final ImportOptions DEFAULT = new ImportOptions(NirOptions.DEFAULT, null, BIN);

    /** @return the same for input of that kind */
    public ImportOptions withEvents(boolean spikes) {
        return new ImportOptions(nir, spikes, bin);
    }
}
