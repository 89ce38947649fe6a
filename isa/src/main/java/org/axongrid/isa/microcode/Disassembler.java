package org.axongrid.isa.microcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.axongrid.isa.microcode.Operand.Kind;

/** Writes a program as text that {@link Assembler} turns into the same program. */
public final class Disassembler {
    private Disassembler() { }

    /**
     * @param p a program
     * @return its declarations and instructions; each instruction with its cycles in a comment
     */
    public static String text(NeuronProgram p) {
        StringBuilder out = new StringBuilder("neuron ").append(p.name()).append('\n');
        for (StateWord w : p.state()) {
            out.append("state ").append(w.name()).append(' ').append(w.bits()).append(' ').append(w.edge().name().toLowerCase(Locale.ROOT))
                .append(" = ").append(w.initial()).append('\n');
        }
        for (ProgramConstant c : p.constants()) {
            out.append("constant ").append(c.name());
            c.defaultValue().ifPresent(v -> out.append(" = ").append(v));
            out.append('\n');
        }
        p.inputs().forEach(i -> out.append("input ").append(i).append('\n'));
        TreeSet<Integer> targets = new TreeSet<>();
        for (int i = 0; i < p.code().size(); i++) {
            if (p.code().get(i).opcode().jumps()) {
                targets.add(i + 1 + p.code().get(i).distance());
            }
        }
        for (int i = 0; i < p.code().size(); i++) {
            if (targets.contains(i)) {
                out.append(label(i)).append(":\n");
            }
            out.append(String.format(Locale.ROOT, "    %-40s ; %d%n", statement(p, i), p.code().get(i).cycles()).replace("\r", ""));
        }
        if (targets.contains(p.code().size())) {
            out.append(label(p.code().size())).append(":\n");
        }
        return out.toString();
    }

    /**
     * @param p  a program
     * @param at position of one of its instructions
     * @return the instruction as text
     */
    public static String statement(NeuronProgram p, int at) {
        Instruction in = p.code().get(at);
        Opcode.Shape shape = in.opcode().shape();
        List<String> operands = new ArrayList<>();
        if (in.opcode().jumps()) {
            operands.add(label(at + 1 + in.distance()));
        } else {
            if (shape == Opcode.Shape.NA) {
                operands.add(Integer.toString(in.number()));
            }
            if (shape.hasDestination()) {
                operands.add(operand(p, in.destination()));
            }
            boolean plainSpike = shape == Opcode.Shape.OPTIONAL_A && in.a().equals(new Operand(Kind.IMMEDIATE, 1));
            if (shape.hasA() && !plainSpike) {
                operands.add(operand(p, in.a()));
            }
            if (shape.hasB()) {
                operands.add(operand(p, in.b()));
            }
            if (shape.hasNumber() && shape != Opcode.Shape.NA) {
                operands.add(Integer.toString(in.number()));
            }
        }
        return String.format(Locale.ROOT, "%-7s", in.opcode().mnemonic()).concat(String.join(", ", operands)).stripTrailing();
    }

    private static String operand(NeuronProgram p, Operand o) {
        return switch (o.kind()) {
            case NONE -> "";
            case REGISTER -> "r" + o.value();
            case STATE -> p.state().get(o.value()).name();
            case CONSTANT -> p.constants().get(o.value()).name();
            case INPUT -> p.inputs().get(o.value());
            case SPECIAL -> Operand.Special.values()[o.value()].name().toLowerCase(Locale.ROOT);
            case IMMEDIATE -> Integer.toString(o.value());
        };
    }

    private static String label(int at) {
        return "at" + at;
    }
}
