package org.axongrid.emulator.kernel;

import org.axongrid.isa.image.NeuronProfile;

/**
 * What the compartments of a range have in common, as the loops of {@link LeakyIntegrateAndFire} want it: resets and dead times as masks and numbers
 * that need no branch.
 *
 * @param keptCurrent  of 4096 parts of a current, those that the next step still has; 0..4096
 * @param keptVoltage  the same of a voltage
 * @param limit        a power of two: accumulators of {@code -limit .. limit - 1} are taken
 * @param currentLimit a power of two: currents, with and without bias, of {@code -currentLimit .. currentLimit - 1} are taken
 * @param min          least voltage
 * @param max          largest voltage
 * @param fires        -1, or 0 if compartments never fire
 * @param subtracts    -1 if a compartment that fires loses its threshold, 0 if its voltage becomes 0
 * @param deadAfter    steps of dead time after the one in which it fires
 */
public record LeakyRange(int keptCurrent, int keptVoltage, int limit, int currentLimit, int min, int max, int fires, int subtracts, int deadAfter) {
    private static final int DECAY_ONE = 4096;

    /**
     * @param p               a profile without noise
     * @param accumulatorBits width of accumulators
     * @param currentBits     width of currents
     * @return its range
     */
    public static LeakyRange of(NeuronProfile p, int accumulatorBits, int currentBits) {
        return new LeakyRange(DECAY_ONE - p.currentDecay(), DECAY_ONE - p.voltageDecay(), 1 << accumulatorBits - 1, 1 << currentBits - 1,
            p.vMin(), p.vMax(), p.reset() == NeuronProfile.Reset.NONE ? 0 : -1, p.reset() == NeuronProfile.Reset.SOFT ? -1 : 0,
            Math.max(p.refractoryDelay() - 1, 0));
    }
}
