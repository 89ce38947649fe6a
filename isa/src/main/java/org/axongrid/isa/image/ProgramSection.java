package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.ProgramConstant;
import org.axongrid.isa.microcode.StateWord;

/** The part of a core's section that holds a neuron program; {@link ChipImageCodec} describes it. */
final class ProgramSection {
    /** The least that a program takes: a name, four counts. */
    static final int BYTES = 20;
    private static final int WORD_BYTES = 13;
    private static final int CONSTANT_BYTES = 9;

    private ProgramSection() { }

    static void write(NeuronProgram p, SectionWriter out) {
        out.text(p.name()).i32(p.state().size());
        for (StateWord w : p.state()) {
            out.text(w.name()).i32(w.bits()).u8(w.edge().ordinal()).i32(w.initial());
        }
        out.i32(p.constants().size());
        for (ProgramConstant c : p.constants()) {
            out.text(c.name()).u8(c.defaultValue().isPresent() ? 1 : 0).i32(c.defaultValue().orElse(0));
        }
        out.i32(p.inputs().size());
        p.inputs().forEach(out::text);
        out.longs(p.code().stream().mapToLong(Instruction::encode).toArray());
    }

    static NeuronProgram read(SectionReader in, int number) {
        String name = in.text("program name");
        try {
            List<StateWord> state = new ArrayList<>();
            int words = in.count(WORD_BYTES, "state words");
            for (int w = 0; w < words; w++) {
                state.add(new StateWord(in.text("state word"), in.i32("width of a state word"), in.constant(StateWord.Edge.values(), "edge"),
                    in.i32("initial value")));
            }
            List<ProgramConstant> constants = new ArrayList<>();
            int count = in.count(CONSTANT_BYTES, "constants of a program");
            for (int c = 0; c < count; c++) {
                String constant = in.text("constant");
                boolean hasDefault = in.u8("whether a constant has a default") == 1;
                int value = in.i32("default of a constant");
                constants.add(new ProgramConstant(constant, hasDefault ? OptionalInt.of(value) : OptionalInt.empty()));
            }
            List<String> inputs = new ArrayList<>();
            int inputCount = in.count(4, "inputs of a program");
            for (int i = 0; i < inputCount; i++) {
                inputs.add(in.text("input"));
            }
            List<Instruction> code = new ArrayList<>();
            for (long word : in.longs("instructions")) {
                code.add(Instruction.decode(word));
            }
            return new NeuronProgram(name, state, constants, inputs, code);
        } catch (IllegalArgumentException e) {
            throw in.error("neuron program " + number + ": " + e.getMessage(), e);
        }
    }
}
