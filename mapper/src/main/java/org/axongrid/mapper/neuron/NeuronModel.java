package org.axongrid.mapper.neuron;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;

/**
 * What the neurons of a converted network run on a chip: its native arithmetic, or a program for the spiking neurons and one for the readout.
 *
 * <p>A program gets what the conversion knows of its constants by name: {@code threshold} (theta of the neuron's channel) and {@code initial}
 * (v before the first step), both in register steps. Its first state word starts at {@code initial} unless the program says otherwise. Every other
 * constant needs a default in the program.
 */
public final class NeuronModel {
    /** Program of a readout: keeps nothing, so that the host reads each step's input. */
    private static final String READOUT = "integrator";
    private static final String SPIKING = "if-soft";

    private final ChipSpec chip;
    private final NeuronProgram spiking;
    private final NeuronProgram readout;

    private NeuronModel(ChipSpec chip, NeuronProgram spiking, NeuronProgram readout) {
        this.chip = chip;
        this.spiking = spiking;
        this.readout = readout;
    }

    /** @return what converted networks need: integrate and fire with soft reset, native if the chip has it */
    public static NeuronModel standard(ChipSpec chip) {
        return chip.get(ChipParameter.NATIVE_NEURONS) == 1 ? new NeuronModel(chip, null, null)
            : programmed(chip, NeuronPrograms.library(SPIKING));
    }

    /**
     * @param chip    the chip
     * @param program what spiking neurons run
     * @return that program, and the library's for the readout
     * @throws InvalidInputException if the chip runs no programs or the program needs constants that nothing gives
     */
    public static NeuronModel programmed(ChipSpec chip, NeuronProgram program) {
        if (chip.get(ChipParameter.MICROCODE_INSTRUCTIONS) == 0) {
            throw new InvalidInputException("chip " + chip.name() + " runs no neuron programs (" + ChipParameter.MICROCODE_INSTRUCTIONS.key()
                + " is 0); chip loihi2 does");
        }
        NeuronModel model = new NeuronModel(chip, program, NeuronPrograms.library(READOUT));
        model.constants(program, 1, 0);
        return model;
    }

    /** @return whether neurons run programs */
    public boolean isProgrammed() {
        return spiking != null;
    }

    /** @return the programs, in the order of their numbers in each core; empty if neurons are native */
    public List<NeuronProgram> programs() {
        return isProgrammed() ? List.of(spiking, readout) : List.of();
    }

    /** @return bits of state that a neuron takes */
    public int stateBits(boolean isReadout) {
        if (!isProgrammed()) {
            return chip.get(ChipParameter.CURRENT_BITS) + chip.get(ChipParameter.MEMBRANE_BITS);
        }
        return (isReadout ? readout : spiking).stateBits();
    }

    /**
     * @param threshold    in weight units
     * @param initial      v before the first step, in weight units
     * @param biasExponent exponent of the bias register
     * @param startStep    first step
     * @return the profile of a spiking neuron
     */
    public NeuronProfile spikingProfile(int threshold, int initial, int biasExponent, int startStep) {
        if (isProgrammed()) {
            return NeuronProfile.programmed(0, constants(spiking, threshold, initial), biasExponent, startStep);
        }
        return new NeuronProfile(4096, 0, threshold, NeuronProfile.Reset.SOFT, 1, -membraneMax(), membraneMax(), biasExponent, startStep);
    }

    /**
     * @param biasExponent exponent of the bias register
     * @param startStep    first step
     * @return the profile of a readout neuron
     */
    public NeuronProfile readoutProfile(int biasExponent, int startStep) {
        if (isProgrammed()) {
            return NeuronProfile.programmed(1, readout.constantValues(Map.of("keep", 0)), biasExponent, startStep);
        }
        return new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, -membraneMax(), membraneMax(), biasExponent, startStep);
    }

    /**
     * @param initial v before the first step, in weight units
     * @return what a spiking neuron's register starts from. Native registers compare strictly and the methods fire at {@code p >= theta}: one
     *         register step more, which is a fraction of a weight step, turns one into the other exactly
     */
    public int initialRegister(int initial) {
        int steps = initial << chip.get(ChipParameter.WEIGHT_SHIFT);
        if (!isProgrammed()) {
            return steps + 1;
        }
        int own = spiking.state().get(0).initial();
        return own != 0 ? own : steps;
    }

    private int membraneMax() {
        return (1 << chip.get(ChipParameter.MEMBRANE_BITS) - 1) - 1;
    }

    private List<Integer> constants(NeuronProgram program, int threshold, int initial) {
        int shift = chip.get(ChipParameter.WEIGHT_SHIFT);
        Map<String, Integer> given = new HashMap<>();
        if (program.hasConstant("threshold")) {
            given.put("threshold", threshold << shift);
        }
        if (program.hasConstant("initial")) {
            given.put("initial", initial << shift);
        }
        return program.constantValues(given);
    }
}
