package org.axongrid.isa.microcode;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.microcode.Operand.Kind;

/**
 * A neuron program: run once per compartment and time-step, from its first instruction to an {@code end}. Jumps go forward only, so that it
 * always ends. Registers are 32 bits wide and wrap; state words do what {@link StateWord.Edge} says.
 *
 * @param name      for people
 * @param state     state words, at least 1; the first is what the host reads as the compartment's voltage
 * @param constants constants of a profile
 * @param inputs    names of its dendritic accumulators, 1..4
 * @param code      instructions, 1..{@value #LENGTH_MAX}
 */
public record NeuronProgram(String name, List<StateWord> state, List<ProgramConstant> constants, List<String> inputs,
                            List<Instruction> code) {
    /** Most instructions of a program. */
    public static final int LENGTH_MAX = 256;
    /** Most state words of a compartment. */
    public static final int STATE_MAX = 16;
    /** Most constants of a program. */
    public static final int CONSTANTS_MAX = 64;
    /** Most dendritic accumulators of a compartment. */
    public static final int INPUTS_MAX = 4;
    /** Probe channels. */
    public static final int PROBES = 4;

    /**
     * Checks the limits and every instruction.
     *
     * @throws IllegalArgumentException naming the instruction and what is wrong
     */
    public NeuronProgram {
        state = List.copyOf(state);
        constants = List.copyOf(constants);
        inputs = List.copyOf(inputs);
        code = List.copyOf(code);
        require(!name.isBlank(), "a program needs a name");
        limit(state.size(), STATE_MAX, "state words");
        require(constants.size() <= CONSTANTS_MAX, constants.size() + " constants, at most " + CONSTANTS_MAX + " are possible");
        limit(inputs.size(), INPUTS_MAX, "inputs");
        limit(code.size(), LENGTH_MAX, "instructions");
        Set<String> names = new HashSet<>();
        state.forEach(w -> require(names.add(w.name()), "the name " + w.name() + " is there twice"));
        constants.forEach(c -> require(names.add(c.name()), "the name " + c.name() + " is there twice"));
        inputs.forEach(i -> require(names.add(i), "the name " + i + " is there twice"));
        for (int i = 0; i < code.size(); i++) {
            try {
                check(code.get(i), i, state.size(), constants.size(), inputs.size(), code.size());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("instruction " + i + " (" + code.get(i).opcode().mnemonic() + "): " + e.getMessage(), e);
            }
        }
    }

    private static void limit(int size, int max, String what) {
        require(size >= 1 && size <= max, size + " " + what + ", 1.." + max + " are possible");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static void check(Instruction i, int at, int words, int constants, int inputs, int length) {
        Opcode.Shape shape = i.opcode().shape();
        require(shape.hasDestination() == (i.destination().kind() != Kind.NONE), "takes " + (shape.hasDestination() ? "a" : "no")
            + " destination");
        if (shape.hasDestination()) {
            require(i.destination().isWritable(), "cannot write " + i.destination().kind());
            checkIndex(i.destination(), words, constants, inputs);
        }
        if (i.opcode().jumps()) {
            require(i.a().kind() == Kind.IMMEDIATE && i.distance() >= 0 && at + 1 + i.distance() <= length, "leads out of the program");
        } else {
            require(shape.hasA() == (i.a().kind() != Kind.NONE), "takes " + (shape.hasA() ? "a" : "no") + " source");
            checkIndex(i.a(), words, constants, inputs);
        }
        require(shape.hasB() == (i.b().kind() != Kind.NONE), "takes " + (shape.hasB() ? "two sources" : "no second source"));
        checkIndex(i.b(), words, constants, inputs);
        require(i.number() >= 0 && i.number() <= 31 && (shape.hasNumber() || i.number() == 0), "number " + i.number() + " is outside 0..31");
        require(i.opcode() != Opcode.RANDOM || i.number() >= 1, "number of random bits is outside 1..31");
        require(i.opcode() != Opcode.PROBE || i.number() < PROBES, "probe channel " + i.number() + " is outside 0.." + (PROBES - 1));
    }

    private static void checkIndex(Operand o, int words, int constants, int inputs) {
        int count = switch (o.kind()) {
            case NONE -> 1;
            case REGISTER -> Operand.REGISTERS;
            case STATE -> words;
            case CONSTANT -> constants;
            case INPUT -> inputs;
            case SPECIAL -> Operand.Special.values().length;
            case IMMEDIATE -> 0;
        };
        if (o.kind() == Kind.IMMEDIATE) {
            require(o.value() >= Operand.IMMEDIATE_MIN && o.value() <= Operand.IMMEDIATE_MAX, "immediate " + o.value() + " is outside "
                + Operand.IMMEDIATE_MIN + ".." + Operand.IMMEDIATE_MAX);
        } else {
            require(o.value() >= 0 && o.value() < count, o.kind().name().toLowerCase(java.util.Locale.ROOT) + " " + o.value() + " of " + count);
        }
    }

    /** @return the same program with a state word of another width */
    public NeuronProgram withWidth(String word, int bits) {
        return new NeuronProgram(name, state.stream().map(w -> w.name().equals(word) ? new StateWord(word, bits, w.edge(), w.initial()) : w).toList(),
            constants, inputs, code);
    }

    /** @return bits of state per compartment */
    public int stateBits() {
        return state.stream().mapToInt(StateWord::bits).sum();
    }

    /** @return most cycles that one update can take; the sum over all instructions bounds it, as jumps go forward only */
    public int longestCycles() {
        int[] from = new int[code.size() + 1];
        for (int i = code.size() - 1; i >= 0; i--) {
            Instruction in = code.get(i);
            int next = in.opcode() == Opcode.END ? 0 : in.opcode() == Opcode.JMP ? from[i + 1 + in.distance()]
                : in.opcode().jumps() ? Math.max(from[i + 1], from[i + 1 + in.distance()]) : from[i + 1];
            from[i] = in.cycles() + next;
        }
        return from[0];
    }

    /** @return index of a state word, -1 if there is none of that name */
    public int stateIndex(String word) {
        return state.stream().map(StateWord::name).toList().indexOf(word);
    }

    /** @return whether it has a constant of that name */
    public boolean hasConstant(String constant) {
        return constants.stream().anyMatch(c -> c.name().equals(constant));
    }

    /**
     * Values of all constants in the program's order.
     *
     * @param given by name; constants without a default must be there
     * @return one value per constant
     * @throws InvalidInputException if one is missing or does not exist
     */
    public List<Integer> constantValues(Map<String, Integer> given) {
        List<String> names = constants.stream().map(ProgramConstant::name).toList();
        for (String key : new TreeSet<>(given.keySet())) {
            if (!names.contains(key)) {
                throw new InvalidInputException("neuron program " + name + " has no constant '" + key + "'" + KeyedYaml.nearest(key, names));
            }
        }
        return constants.stream().map(c -> given.containsKey(c.name()) ? given.get(c.name()) : (Integer) c.defaultValue().orElseThrow(() ->
            new InvalidInputException("neuron program " + name + ": constant '" + c.name() + "' has no default and is not given"))).toList();
    }
}
