package org.axongrid.isa.image;

import java.util.List;

/**
 * Parameters that compartments of a core share (project reference on Loihi, section 2.1). A profile either parametrises the arithmetic that Loihi 1
 * has in hardware or names a neuron program and its constants; of a programmed profile only the bias exponent and the start step count beside.
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
 * @param noise             added in each step, {@link Noise#NONE} for none
 * @param program           index of the neuron program among the core's, or {@link #NATIVE}
 * @param constants         values of the program's constants, in its order
 */
public record NeuronProfile(int currentDecay, int voltageDecay, int thresholdMantissa, Reset reset, int refractoryDelay, int vMin, int vMax,
                            int biasExponent, int startStep, Noise noise, int program, List<Integer> constants) {
    /** Value of {@link #program()} for compartments without a program. */
    public static final int NATIVE = -1;

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
        constants = List.copyOf(constants);
        if (program < NATIVE || program == NATIVE && !constants.isEmpty()) {
            throw new IllegalArgumentException("program " + program + " with " + constants.size() + " constants");
        }
        if (currentDecay < 0 || currentDecay > 4096 || voltageDecay < 0 || voltageDecay > 4096) {
            throw new IllegalArgumentException("decays are 0..4096");
        }
        if (thresholdMantissa < 0 || refractoryDelay < 1 || vMin > 0 || vMax < 0 || biasExponent < 0 || startStep < 1) {
            throw new IllegalArgumentException("impossible neuron profile: threshold " + thresholdMantissa + ", refractory " + refractoryDelay
                + ", v " + vMin + ".." + vMax + ", bias exponent " + biasExponent + ", start " + startStep);
        }
    }

    /** A profile of the native arithmetic without noise. */
    public NeuronProfile(int currentDecay, int voltageDecay, int thresholdMantissa, Reset reset, int refractoryDelay, int vMin, int vMax,
                         int biasExponent, int startStep) {
        this(currentDecay, voltageDecay, thresholdMantissa, reset, refractoryDelay, vMin, vMax, biasExponent, startStep, Noise.NONE, NATIVE,
            List.of());
    }

    /**
     * @param program      index of the program among the core's
     * @param constants    values of its constants, in its order
     * @param biasExponent bias = mantissa << exponent
     * @param startStep    first time-step in which the compartments run
     * @return a profile of programmed compartments
     */
    public static NeuronProfile programmed(int program, List<Integer> constants, int biasExponent, int startStep) {
        return new NeuronProfile(0, 0, 0, Reset.NONE, 1, 0, 0, biasExponent, startStep, Noise.NONE, program, constants);
    }

    /** @return whether compartments run a program */
    public boolean isProgrammed() {
        return program != NATIVE;
    }

    /** @return the same profile with noise */
    public NeuronProfile withNoise(Noise added) {
        return new NeuronProfile(currentDecay, voltageDecay, thresholdMantissa, reset, refractoryDelay, vMin, vMax, biasExponent, startStep, added,
            program, constants);
    }

    /** @return the same profile with another threshold */
    public NeuronProfile withThreshold(int mantissa) {
        return new NeuronProfile(currentDecay, voltageDecay, mantissa, reset, refractoryDelay, vMin, vMax, biasExponent, startStep, noise, program,
            constants);
    }
}
