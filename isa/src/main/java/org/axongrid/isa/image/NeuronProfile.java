package org.axongrid.isa.image;

/**
 * Parameters that compartments of a core share (project reference on Loihi, section 2.1).
 *
 * @param currentDecay      0..4096: part of u that is lost per step; 4096 leaves u = this step's input. Offset bit included
 * @param voltageDecay      0..4096: the same for v
 * @param thresholdMantissa spike when v is strictly above {@code mantissa << weight shift}
 * @param reset             what a spike does to v
 * @param refractoryDelay   steps from a spike to the next possible one, 1 = no dead time
 * @param vMin              lower end of v; below it saturates
 * @param vMax              upper end of v
 * @param biasExponent      bias = mantissa << exponent
 * @param startStep         first time-step, from 1, in which the compartments run; before it they hold their state
 */
public record NeuronProfile(int currentDecay, int voltageDecay, int thresholdMantissa, Reset reset, int refractoryDelay, int vMin, int vMax,
                            int biasExponent, int startStep) {
    /** What happens to v when it is above the threshold. */
    public enum Reset {
        /** No spike at all: v is a readout. */
        NONE,
        /** v = 0, the native mode of Loihi 1. */
        HARD,
        /** v -= threshold. Native here; on Loihi 1 silicon it takes a second compartment. */
        SOFT
    }

    /** Checks the ranges. */
    public NeuronProfile {
        if (currentDecay < 0 || currentDecay > 4096 || voltageDecay < 0 || voltageDecay > 4096) {
            throw new IllegalArgumentException("decays are 0..4096");
        }
        if (thresholdMantissa < 0 || refractoryDelay < 1 || vMin > 0 || vMax < 0 || biasExponent < 0 || startStep < 1) {
            throw new IllegalArgumentException("impossible neuron profile: threshold " + thresholdMantissa + ", refractory " + refractoryDelay
                + ", v " + vMin + ".." + vMax + ", bias exponent " + biasExponent + ", start " + startStep);
        }
    }

    /** @return the same profile with another threshold */
    public NeuronProfile withThreshold(int mantissa) {
        return new NeuronProfile(currentDecay, voltageDecay, mantissa, reset, refractoryDelay, vMin, vMax, biasExponent, startStep);
    }
}
