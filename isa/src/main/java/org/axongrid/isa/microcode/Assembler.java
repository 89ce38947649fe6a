package org.axongrid.isa.microcode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.microcode.Operand.Kind;
import org.axongrid.isa.microcode.Operand.Special;

/**
 * Turns the text of a neuron program into instructions.
 *
 * <p>A line is a declaration, an instruction, a label ({@code name:}, also before an instruction) or empty; {@code ;} starts a comment.
 * Declarations come first: {@code neuron NAME}, {@code state NAME [BITS] [saturate|wrap] [= VALUE]} (24 bits that saturate, from 0),
 * {@code constant NAME [= DEFAULT]}, {@code input NAME} (one named {@code a} if there is none). Operands are {@code r0..r7}, declared names,
 * {@code bias}, {@code time} and whole numbers, decimal or {@code 0x..}. {@link Disassembler} writes the same language.
 */
public final class Assembler {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
    private static final Pattern REGISTER = Pattern.compile("r[0-9]+");
    private static final List<String> DECLARATIONS = List.of("neuron", "state", "constant", "input");
    private static final int LINES_MAX = 10_000;

    private final String place;
    private String name;
    private final List<StateWord> state = new ArrayList<>();
    private final List<ProgramConstant> constants = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();
    private final Map<String, Operand> names = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private SourceLine line;

    /** An instruction before its labels are known. */
    private record Statement(SourceLine line, Opcode opcode, List<SourceLine.Word> operands) { }

    private Assembler(String place) {
        this.place = place;
        names.put("bias", new Operand(Kind.SPECIAL, Special.BIAS.ordinal()));
        names.put("time", new Operand(Kind.SPECIAL, Special.TIME.ordinal()));
    }

    /**
     * @param text  a program
     * @param place file name for messages
     * @return the program
     * @throws InvalidInputException for the first mistake, as {@code file:line:column: cause}
     */
    public static NeuronProgram assemble(String text, String place) {
        return new Assembler(place).run(text);
    }

    private NeuronProgram run(String text) {
        List<String> lines = text.lines().limit(LINES_MAX + 1L).toList();
        if (lines.size() > LINES_MAX) {
            throw new InvalidInputException(place + ": more than " + LINES_MAX + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            line = SourceLine.of(lines.get(i), i + 1, place);
            statement();
        }
        if (inputs.isEmpty()) {
            inputs.add("a");
            names.putIfAbsent("a", new Operand(Kind.INPUT, 0));
        }
        if (name == null) {
            throw new InvalidInputException(place + ": no 'neuron NAME' line");
        }
        List<Instruction> code = new ArrayList<>();
        for (Statement s : statements) {
            line = s.line;
            code.add(instruction(s, code.size()));
        }
        try {
            return new NeuronProgram(name, state, constants, inputs, code);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(place + ": " + e.getMessage(), e);
        }
    }

    private void statement() {
        List<SourceLine.Word> words = line.words();
        int first = 0;
        while (first < words.size() && words.get(first).text().endsWith(":")) {
            SourceLine.Word label = words.get(first++);
            String text = label.text().substring(0, label.text().length() - 1);
            requireName(label, text);
            if (labels.putIfAbsent(text, statements.size()) != null) {
                throw line.error(label, "label '" + text + "' is there twice");
            }
        }
        if (first == words.size()) {
            return;
        }
        SourceLine.Word head = words.get(first);
        List<SourceLine.Word> rest = words.subList(first + 1, words.size());
        String word = head.text().toLowerCase(Locale.ROOT);
        if (DECLARATIONS.contains(word)) {
            if (first > 0 || !statements.isEmpty()) {
                throw line.error(head, "'" + word + "' has to stand before the first instruction and label");
            }
            declare(word, head, rest);
            return;
        }
        Opcode opcode = Opcode.of(word).orElseThrow(() -> line.error(head, "no instruction '" + head.text() + "'"
            + KeyedYaml.nearest(word, Opcode.mnemonics())));
        statements.add(new Statement(line, opcode, rest));
    }

    private void declare(String what, SourceLine.Word head, List<SourceLine.Word> rest) {
        if (rest.isEmpty()) {
            throw line.error(head, "'" + what + "' needs a name");
        }
        SourceLine.Word id = rest.get(0);
        requireName(id, id.text());
        int at = 1;
        switch (what) {
            case "neuron" -> {
                if (name != null) {
                    throw line.error(head, "a second 'neuron' line");
                }
                name = id.text();
            }
            case "input" -> declareName(id, Kind.INPUT, inputs.size(), NeuronProgram.INPUTS_MAX);
            case "constant" -> {
                declareName(id, Kind.CONSTANT, constants.size(), NeuronProgram.CONSTANTS_MAX);
                OptionalInt value = initialValue(rest, at);
                at = value.isPresent() ? rest.size() : at;
                constants.add(new ProgramConstant(id.text(), value));
            }
            default -> at = declareState(id, rest);
        }
        if (what.equals("input")) {
            inputs.add(id.text());
        }
        if (at < rest.size()) {
            throw line.error(rest.get(at), "'" + rest.get(at).text() + "' is too much here");
        }
    }

    private int declareState(SourceLine.Word id, List<SourceLine.Word> rest) {
        declareName(id, Kind.STATE, state.size(), NeuronProgram.STATE_MAX);
        int at = 1;
        int bits = 24;
        StateWord.Edge edge = StateWord.Edge.SATURATE;
        if (at < rest.size() && Character.isDigit(rest.get(at).text().charAt(0))) {
            bits = line.integer(rest.get(at++), 2, 32);
        }
        if (at < rest.size() && !rest.get(at).text().equals("=")) {
            SourceLine.Word word = rest.get(at++);
            edge = switch (word.text()) {
                case "saturate" -> StateWord.Edge.SATURATE;
                case "wrap" -> StateWord.Edge.WRAP;
                default -> throw line.error(word, "'" + word.text() + "' is neither saturate nor wrap");
            };
        }
        OptionalInt initial = initialValue(rest, at);
        try {
            state.add(new StateWord(id.text(), bits, edge, initial.orElse(0)));
        } catch (IllegalArgumentException e) {
            throw line.error(id, e.getMessage());
        }
        return initial.isPresent() ? rest.size() : at;
    }

    private OptionalInt initialValue(List<SourceLine.Word> rest, int at) {
        if (at + 2 == rest.size() && rest.get(at).text().equals("=")) {
            return OptionalInt.of(line.integer(rest.get(at + 1), Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return OptionalInt.empty();
    }

    private void declareName(SourceLine.Word word, Kind kind, int index, int max) {
        String id = word.text();
        if (REGISTER.matcher(id).matches() || names.containsKey(id)) {
            throw line.error(word, "the name '" + id + "' is taken");
        }
        if (index >= max) {
            throw line.error(word, "more than " + max + " of kind " + kind.name().toLowerCase(Locale.ROOT));
        }
        names.put(id, new Operand(kind, index));
    }

    private void requireName(SourceLine.Word word, String id) {
        if (!NAME.matcher(id).matches()) {
            throw line.error(word, "'" + id + "' is no name (letters, digits, _ and -, not starting with a digit)");
        }
    }

    private Instruction instruction(Statement s, int at) {
        Opcode.Shape shape = s.opcode.shape();
        List<SourceLine.Word> words = new ArrayList<>(s.operands);
        int expected = (shape.hasDestination() ? 1 : 0) + (shape.hasA() ? 1 : 0) + (shape.hasB() ? 1 : 0) + (shape.hasNumber() ? 1 : 0)
            + (s.opcode.jumps() ? 1 : 0);
        boolean left = shape == Opcode.Shape.OPTIONAL_A && words.isEmpty();
        if (words.size() != expected && !left) {
            throw line.error(line.words().get(0), s.opcode.mnemonic() + " takes " + (expected == 0 ? "no operands" : shape.text()) + ", got "
                + words.size() + " operand" + (words.size() == 1 ? "" : "s"));
        }
        if (left) {
            return new Instruction(s.opcode, Operand.NONE, new Operand(Kind.IMMEDIATE, 1), Operand.NONE, 0);
        }
        if (s.opcode.jumps()) {
            return new Instruction(s.opcode, Operand.NONE, new Operand(Kind.IMMEDIATE, distance(words.get(0), at)), Operand.NONE, 0);
        }
        int number = 0;
        if (shape == Opcode.Shape.NA) {
            number = number(s.opcode, words.remove(0));
        } else if (shape.hasNumber()) {
            number = number(s.opcode, words.remove(words.size() - 1));
        }
        int next = 0;
        Operand destination = shape.hasDestination() ? destination(words.get(next++)) : Operand.NONE;
        Operand a = shape.hasA() ? operand(words.get(next++)) : Operand.NONE;
        Operand b = shape.hasB() ? operand(words.get(next)) : Operand.NONE;
        return new Instruction(s.opcode, destination, a, b, number);
    }

    private int number(Opcode opcode, SourceLine.Word word) {
        return line.integer(word, opcode == Opcode.RANDOM ? 1 : 0, opcode == Opcode.PROBE ? NeuronProgram.PROBES - 1 : 31);
    }

    private int distance(SourceLine.Word word, int at) {
        Integer target = labels.get(word.text());
        if (target == null) {
            throw line.error(word, "no label '" + word.text() + "'" + KeyedYaml.nearest(word.text(), new TreeSet<>(labels.keySet())));
        }
        if (target <= at) {
            throw line.error(word, "label '" + word.text() + "' stands before the jump; jumps go forward only");
        }
        return target - at - 1;
    }

    private Operand destination(SourceLine.Word word) {
        Operand o = operand(word);
        if (!o.isWritable()) {
            throw line.error(word, "'" + word.text() + "' cannot be written; registers and state words can");
        }
        return o;
    }

    private Operand operand(SourceLine.Word word) {
        String text = word.text();
        if (REGISTER.matcher(text).matches()) {
            if (text.length() > 2 || text.charAt(1) - '0' >= Operand.REGISTERS) {
                throw line.error(word, "no register " + text + ", there are r0..r" + (Operand.REGISTERS - 1));
            }
            return new Operand(Kind.REGISTER, text.charAt(1) - '0');
        }
        char first = text.charAt(0);
        if (first == '-' || first == '+' || Character.isDigit(first)) {
            return new Operand(Kind.IMMEDIATE, line.integer(word, Operand.IMMEDIATE_MIN, Operand.IMMEDIATE_MAX));
        }
        Operand named = names.get(text);
        if (named == null) {
            throw line.error(word, "'" + text + "' is not declared" + KeyedYaml.nearest(text, new TreeSet<>(names.keySet())));
        }
        return named;
    }
}
