package org.axongrid.isa.image;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.Opcode;
import org.axongrid.isa.microcode.Operand;
import org.axongrid.isa.microcode.StateWord;

/** Checks a core's neuron programs, the profiles that name them and their compartments' initial states. */
final class ProgramValidator {
    private final LoihiCoreImage core;
    private final ChipSpec chip;
    private final ImageProblems problems;

    ProgramValidator(ChipImage image, LoihiCoreImage core, ImageProblems problems) {
        this.core = core;
        this.chip = image.chip();
        this.problems = problems;
    }

    void check() {
        long instructions = core.programs().stream().mapToLong(p -> p.code().size()).sum();
        if (instructions > chip.get(ChipParameter.MICROCODE_INSTRUCTIONS)) {
            problems.over(core.core(), ChipParameter.MICROCODE_INSTRUCTIONS.key(), instructions, chip.get(ChipParameter.MICROCODE_INSTRUCTIONS));
        }
        for (NeuronProgram p : core.programs()) {
            if (!chip.hasGradedSpikes() && p.code().stream().anyMatch(ProgramValidator::isGraded)) {
                problems.core(core.core(), "neuron program " + p.name() + " spikes with payloads, and spikes of " + chip.name() + " have none ("
                    + ChipParameter.SPIKE_PAYLOAD_BITS.key() + " is 0)");
            }
        }
        for (int i = 0; i < core.profiles().size(); i++) {
            profile(i, core.profiles().get(i));
        }
        for (int c = 0; c < core.compartments() && !problems.full(); c++) {
            int number = core.profileOf()[c];
            if (number >= 0 && number < core.profiles().size()) {
                NeuronProgram program = core.programOf(core.profiles().get(number));
                if (program != null) {
                    state(program, c);
                }
            }
        }
    }

    private static boolean isGraded(Instruction i) {
        return i.opcode() == Opcode.SPIKE && !i.a().equals(new Operand(Operand.Kind.IMMEDIATE, 1));
    }

    private void profile(int number, NeuronProfile profile) {
        String which = "profile " + number;
        if (!profile.isProgrammed()) {
            if (chip.get(ChipParameter.NATIVE_NEURONS) == 0) {
                problems.core(core.core(), which + " has no neuron program, and " + chip.name() + " has no neurons without");
            }
            return;
        }
        if (profile.program() >= core.programs().size()) {
            problems.core(core.core(), which + " has program " + profile.program() + " of " + core.programs().size());
            return;
        }
        NeuronProgram program = core.programs().get(profile.program());
        if (profile.constants().size() != program.constants().size()) {
            problems.core(core.core(), which + ": " + profile.constants().size() + " constants for the " + program.constants().size() + " of "
                + program.name());
        }
    }

    private void state(NeuronProgram program, int compartment) {
        for (int w = 0; w < program.state().size(); w++) {
            if (w > 0 && core.initialState().length == 0) {
                return;
            }
            StateWord word = program.state().get(w);
            int value = w == 0 ? core.initialV()[compartment] : core.initialState()[(w - 1) * core.compartments() + compartment];
            if (value < word.min() || value > word.max()) {
                problems.core(core.core(), "compartment " + compartment + ": initial value " + value + " of state word " + word.name()
                    + " does not fit its " + word.bits() + " bits");
            }
        }
    }
}
