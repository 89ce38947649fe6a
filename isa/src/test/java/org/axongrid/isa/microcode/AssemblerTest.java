package org.axongrid.isa.microcode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AssemblerTest {
    static final List<String> LIBRARY = NeuronPrograms.LIBRARY;

    @ParameterizedTest
    @FieldSource("LIBRARY")
    void disassembledTextAssemblesToTheSameProgram(String name) {
        NeuronProgram p = NeuronPrograms.library(name);
        assertEquals(name, p.name());
        assertEquals(p, Assembler.assemble(Disassembler.text(p), "again"));
    }

    @ParameterizedTest
    @FieldSource("LIBRARY")
    void instructionsSurviveTheirEncoding(String name) {
        for (Instruction i : NeuronPrograms.library(name).code()) {
            assertEquals(i, Instruction.decode(i.encode()));
        }
    }

    @Test
    void noRandomWordDecodesToSomethingElse() {
        Random random = new Random(1);
        int accepted = 0;
        for (int n = 0; n < 200_000; n++) {
            long word = random.nextLong();
            try {
                assertEquals(word, Instruction.decode(word).encode());
                accepted++;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
        assertTrue(accepted > 0);
    }

    @Test
    void cyclesAreInstructionsAndMemoryAccesses() {
        NeuronProgram p = NeuronPrograms.library("if-soft");
        // add 1, add 3 (v read and written), cgt 2, jf 1, sub 3, spike 2, end 1
        assertEquals(List.of(1, 3, 2, 1, 3, 2, 1), p.code().stream().map(Instruction::cycles).toList());
        assertEquals(13, p.longestCycles());
        assertEquals(24, p.stateBits());
    }

    @Test
    void constantsComeByNameWithDefaults() {
        NeuronProgram p = NeuronPrograms.library("group-neuron");
        assertEquals(List.of(100, 4), p.constantValues(Map.of("threshold", 100)));
        assertEquals("neuron program group-neuron: constant 'threshold' has no default and is not given",
            assertThrows(InvalidInputException.class, () -> p.constantValues(Map.of("tau", 3))).getMessage());
        assertEquals("neuron program group-neuron has no constant 'treshold'; did you mean 'threshold'?",
            assertThrows(InvalidInputException.class, () -> p.constantValues(Map.of("treshold", 3))).getMessage());
    }

    /** One line, with file, line and column of what is wrong. {@code |} stands for a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', value = {
        "state v~x: no 'neuron NAME' line",
        "neuron n|state v|addd v, v, a~x:3:1: no instruction 'addd'; did you mean 'add'?",
        "neuron n|state v|  add v, v~x:3:3: add takes d, a, b, got 2 operands",
        "neuron n|state v|end 1~x:3:1: end takes no operands, got 1 operand",
        "neuron n|state v|add v, v, r8~x:3:11: no register r8, there are r0..r7",
        "neuron n|state v|add v, v, vv~x:3:11: 'vv' is not declared; did you mean 'v'?",
        "neuron n|state v|add a, v, 1~x:3:5: 'a' cannot be written; registers and state words can",
        "neuron n|state v|add 5, v, 1~x:3:5: '5' cannot be written; registers and state words can",
        "neuron n|state v|mov v, 262144~x:3:8: 262144 is outside -262144..262143",
        "neuron n|state v|mov v, 9999999999999999999~x:3:8: '9999999999999999999' is no whole number",
        "neuron n|state v|mulf v, v, v, 32~x:3:15: 32 is outside 0..31",
        "neuron n|state v|random r0, 0~x:3:12: 0 is outside 1..31",
        "neuron n|state v|probe 4, v~x:3:7: 4 is outside 0..3",
        "neuron n|state v|up: jt up~x:3:8: label 'up' stands before the jump; jumps go forward only",
        "neuron n|state v|jmp dwn|down: end~x:3:5: no label 'dwn'; did you mean 'down'?",
        "neuron n|state v|x: x: end~x:3:4: label 'x' is there twice",
        "neuron n|state v 33~x:2:9: 33 is outside 2..32",
        "neuron n|state v 24 clip~x:2:12: 'clip' is neither saturate nor wrap",
        "neuron n|state v 8 = 128~x:2:7: initial value 128 of state word v does not fit 8 bits",
        "neuron n|state v|state v~x:3:7: the name 'v' is taken",
        "neuron n|state bias~x:2:7: the name 'bias' is taken",
        "neuron n|state r3~x:2:7: the name 'r3' is taken",
        "neuron n|state 1v~x:2:7: '1v' is no name (letters, digits, _ and -, not starting with a digit)",
        "neuron n|neuron m~x:2:1: a second 'neuron' line",
        "neuron n|state v|end|constant c~x:4:1: 'constant' has to stand before the first instruction and label",
        "neuron n|constant c = 1 2~x:2:12: '=' is too much here",
        "neuron n|input a|input b|input c|input d|input e~x:6:7: more than 4 of kind input",
        "neuron n|end~x: 0 state words, 1..16 are possible",
        "neuron n|state v~x: 0 instructions, 1..256 are possible"})
    void mistakesAreNamedWithTheirPlace(String text, String message) {
        assertEquals(message, assertThrows(InvalidInputException.class, () -> Assembler.assemble(text.replace('|', '\n'), "x")).getMessage());
    }

    @Test
    void longProgramsAreRefused() {
        String text = "neuron n\nstate v\n" + "add v, v, a\n".repeat(257);
        assertEquals("x: 257 instructions, 1..256 are possible",
            assertThrows(InvalidInputException.class, () -> Assembler.assemble(text, "x")).getMessage());
    }

    /** Library texts with characters changed, cut and doubled: a program or one line of complaint, nothing else. */
    @ParameterizedTest
    @FieldSource("LIBRARY")
    void damagedTextIsAProgramOrOneLine(String name) {
        Random random = new Random(name.hashCode());
        String text = NeuronPrograms.source(name);
        String characters = " ,:;=-0123456789abcdefrv\n\t\u00e9";
        for (int n = 0; n < 500; n++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int k = random.nextInt(5); k >= 0; k--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, characters.charAt(random.nextInt(characters.length())));
                    case 1 -> damaged.setLength(Math.max(1, at));
                    default -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 30)));
                }
            }
            try {
                NeuronProgram p = Assembler.assemble(damaged.toString(), "x");
                assertEquals(p, Assembler.assemble(Disassembler.text(p), "again"));
            } catch (InvalidInputException e) {
                assertEquals(1, e.getMessage().lines().count());
                assertTrue(e.getMessage().startsWith("x:"), e.getMessage());
            }
        }
    }
}
