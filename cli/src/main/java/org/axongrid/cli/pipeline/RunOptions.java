package org.axongrid.cli.pipeline;

import java.util.List;
import org.axongrid.mapper.quantise.Scales;

/**
 * How to run a model.
 *
 * @param method        conversion method
 * @param steps         T; 0 for as many as the longest recording has
 * @param chip          preset or YAML file
 * @param mapping       partition strategy
 * @param placement     placer, null for the one that goes with the strategy
 * @param chips         chips to use at most, 0 for the chip's own limit
 * @param weightBits    2..9
 * @param scales        how many scales a population has
 * @param seed          of random strategies
 * @param threads       host threads
 * @param parallelism   how they are used, null to choose
 * @param batch         images that a thread takes together layer by layer, 0 to choose
 * @param limit         images to run at most
 * @param references    whether the float SNN and the integer oracle run too
 * @param timing        timing mode, one of {@link ChipTiming#MODES}
 * @param energyProfile cost profile for energy, null for the chip's own
 * @param timingProfile cost profile for time, null for the chip's own
 * @param neuron        neuron program for the spiking neurons, a name or a file; null for what the method needs
 * @param probes        what to record of the first images, as {@link org.axongrid.emulator.probe.Probe} reads it
 * @param probeImages   images to record
 * @param calibration   data that methods find thresholds from, or null
 * @param calibrationImages images of it at most
 * @param trace         what of it is written step by step
 * @param twoCompartments whether a native soft reset takes two compartments, as on Loihi 1 silicon
 * @param allowSaturation whether a network that overflows the chip's registers runs all the same
 * @param importing how files of spiking networks and of events are read
 */
public record RunOptions(String method, int steps, String chip, String mapping, String placement, int chips, int weightBits,
                         Scales scales, long seed, int threads, HostUse parallelism, int batch, int limit, boolean references,
                         String timing, String energyProfile, String timingProfile, String neuron, boolean twoCompartments,
                         List<String> probes, int probeImages, String calibration, int calibrationImages, TraceRequest trace,
                         boolean allowSaturation, ImportOptions importing) {
    /** @return the same with another T */
    public RunOptions withSteps(int newSteps) {
        return new RunOptions(method, newSteps, chip, mapping, placement, chips, weightBits, scales, seed, threads, parallelism, batch, limit, references,
            timing, energyProfile, timingProfile, neuron, twoCompartments, probes, probeImages, calibration, calibrationImages, trace,
            allowSaturation, importing);
    }

    /** @return whether neurons run something that the float SNN and the oracle do not know */
    public boolean hasOtherNeurons() {
        return neuron != null && !neuron.equals("if-soft");
    }
}
