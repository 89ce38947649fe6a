package org.axongrid.emulator.microcode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.microcode.Disassembler;
import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronInterpreter;
import org.axongrid.isa.microcode.NeuronKernel;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.microcode.Opcode;
import org.axongrid.isa.microcode.Operand;
import org.axongrid.isa.microcode.Operand.Kind;
import org.axongrid.isa.microcode.ProgramConstant;
import org.axongrid.isa.microcode.StateWord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCompilerTest {
    static final List<String> LIBRARY = NeuronPrograms.LIBRARY;
    private static final int COMPARTMENTS = 23;
    private static final int STEPS = 12;

    /** 4,000 random programs, each on random states, inputs and constants: everything that an update leaves behind is the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void compiledEqualsInterpretedOnRandomPrograms(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 500; n++) {
            compare(program(random), random, "seed " + seed + ", program " + n);
        }
    }

    @ParameterizedTest
    @FieldSource("LIBRARY")
    void compiledEqualsInterpretedOnTheLibrary(String name) {
        Random random = new Random(name.hashCode());
        for (int n = 0; n < 100; n++) {
            compare(NeuronPrograms.library(name), random, name + ", run " + n);
        }
    }

    @Test
    void equalProgramsShareAClass() {
        assertSame(KernelCompiler.kernel(NeuronPrograms.library("if-soft")), KernelCompiler.kernel(NeuronPrograms.library("if-soft")));
    }

    private static void compare(NeuronProgram program, Random random, String what) {
        NeuronKernel interpreter = new NeuronInterpreter(program);
        NeuronKernel compiled = KernelCompiler.compile(program);
        long seed = random.nextLong();
        NeuronBlock a = block(program, new Random(seed));
        NeuronBlock b = block(program, new Random(seed));
        for (int t = 1; t <= STEPS; t++) {
            int from = random.nextInt(COMPARTMENTS);
            int to = from + random.nextInt(COMPARTMENTS - from + 1);
            long input = random.nextLong();
            for (NeuronBlock block : List.of(a, b)) {
                Random own = new Random(input);
                for (int i = 0; i < block.accumulator.length; i++) {
                    block.accumulator[i] = own.nextInt() >> own.nextInt(32);
                }
                block.time = t;
                block.spikeCount = 0;
                block.cycles = 0;
                block.active = 0;
            }
            interpreter.update(a, from, to);
            compiled.update(b, from, to);
            String where = what + ", step " + t + ", compartments " + from + ".." + to + "\n" + Disassembler.text(program);
            assertEquals(summary(a), summary(b), where);
            assertArrayEquals(a.accumulator, b.accumulator, where);
            assertArrayEquals(a.probes, b.probes, where);
            for (int w = 0; w < a.words.length; w++) {
                assertArrayEquals(a.words[w], b.words[w], where);
            }
        }
    }

    private static List<Long> summary(NeuronBlock b) {
        List<Long> all = new ArrayList<>(List.of((long) b.cycles, b.instructions, (long) b.active, b.saturations, b.wraps, (long) b.random,
            (long) b.spikeCount));
        for (int s = 0; s < b.spikeCount; s++) {
            all.addAll(List.of((long) b.spikes[s], (long) b.payloads[s], (long) b.spikeCycles[s]));
        }
        return all;
    }

    private static NeuronBlock block(NeuronProgram program, Random random) {
        int[][] words = new int[program.state().size()][COMPARTMENTS];
        for (int w = 0; w < words.length; w++) {
            StateWord word = program.state().get(w);
            for (int i = 0; i < COMPARTMENTS; i++) {
                words[w][i] = random.nextInt() >> 32 - word.bits();
            }
        }
        int[] bias = IntStream.range(0, COMPARTMENTS).map(i -> random.nextInt() >> random.nextInt(32)).toArray();
        NeuronBlock block = new NeuronBlock(words, new int[NeuronProgram.PROBES][COMPARTMENTS],
            new int[5 + program.inputs().size() * COMPARTMENTS], bias, new int[COMPARTMENTS], new int[COMPARTMENTS]);
        block.inputOffset = 5;
        block.inputStride = COMPARTMENTS;
        block.accumulatorUnused = random.nextInt(25);
        block.constants = IntStream.range(0, program.constants().size()).map(i -> random.nextInt() >> random.nextInt(32)).toArray();
        block.random = random.nextInt() | 1;
        block.payloadMax = (1 << random.nextInt(31)) - 1;
        return block;
    }

    private static NeuronProgram program(Random random) {
        List<StateWord> state = IntStream.range(0, 1 + random.nextInt(4)).mapToObj(w -> new StateWord("w" + w, 2 + random.nextInt(31),
            StateWord.Edge.values()[random.nextInt(2)], random.nextInt(2))).toList();
        List<ProgramConstant> constants = IntStream.range(0, random.nextInt(4)).mapToObj(c -> new ProgramConstant("c" + c,
            OptionalInt.empty())).toList();
        List<String> inputs = IntStream.range(0, 1 + random.nextInt(NeuronProgram.INPUTS_MAX)).mapToObj(i -> "in" + i).toList();
        int length = 1 + random.nextInt(30);
        List<Instruction> code = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            code.add(instruction(random, i, length, state.size(), constants.size(), inputs.size()));
        }
        return new NeuronProgram("random", state, constants, inputs, code);
    }

    private static Instruction instruction(Random random, int at, int length, int words, int constants, int inputs) {
        Opcode opcode = Opcode.values()[random.nextInt(Opcode.values().length)];
        if (opcode == Opcode.END && random.nextInt(4) > 0) {
            opcode = Opcode.ADD;
        }
        if (opcode.jumps()) {
            return new Instruction(opcode, Operand.NONE, new Operand(Kind.IMMEDIATE, random.nextInt(length - at)), Operand.NONE, 0);
        }
        String shape = opcode.shape().text();
        Operand destination = !shape.startsWith("d") ? Operand.NONE : random.nextBoolean()
            ? new Operand(Kind.REGISTER, random.nextInt(Operand.REGISTERS)) : new Operand(Kind.STATE, random.nextInt(words));
        boolean hasA = List.of("d, a", "d, a, b", "d, a, b, n", "a, b", "[a]", "n, a").contains(shape);
        boolean hasB = shape.contains(" b");
        int number = !shape.contains("n") ? 0 : opcode == Opcode.PROBE ? random.nextInt(NeuronProgram.PROBES) : 1 + random.nextInt(31);
        return new Instruction(opcode, destination, hasA ? source(random, words, constants, inputs) : Operand.NONE,
            hasB ? source(random, words, constants, inputs) : Operand.NONE, number);
    }

    private static Operand source(Random random, int words, int constants, int inputs) {
        return switch (random.nextInt(7)) {
            case 0 -> new Operand(Kind.STATE, random.nextInt(words));
            case 1 -> constants == 0 ? new Operand(Kind.SPECIAL, 0) : new Operand(Kind.CONSTANT, random.nextInt(constants));
            case 2 -> new Operand(Kind.INPUT, random.nextInt(inputs));
            case 3 -> new Operand(Kind.SPECIAL, random.nextInt(2));
            case 4 -> new Operand(Kind.IMMEDIATE, random.nextInt(Operand.IMMEDIATE_MIN, Operand.IMMEDIATE_MAX + 1) >> random.nextInt(19));
            default -> new Operand(Kind.REGISTER, random.nextInt(Operand.REGISTERS));
        };
    }
}
