package org.axongrid.isa.microcode;

import org.axongrid.isa.microcode.Operand.Special;

/** Runs a program instruction by instruction. This is what programs mean; whatever is faster has to agree with it bit for bit. */
public final class NeuronInterpreter implements NeuronKernel {
    private final NeuronProgram program;
    private final Instruction[] code;

    /** @param program any program */
    public NeuronInterpreter(NeuronProgram program) {
        this.program = program;
        this.code = program.code().toArray(Instruction[]::new);
    }

    @Override
    public void update(NeuronBlock block, int from, int to) {
        int[] registers = new int[Operand.REGISTERS];
        int[] inputs = new int[program.inputs().size()];
        int[] before = new int[program.state().size()];
        for (int i = from; i < to; i++) {
            java.util.Arrays.fill(registers, 0);
            update(block, i, registers, inputs, before);
        }
    }

    private void update(NeuronBlock block, int i, int[] registers, int[] inputs, int[] before) {
        boolean active = false;
        for (int k = 0; k < inputs.length; k++) {
            int at = block.inputOffset + k * block.inputStride + i;
            int sum = block.accumulator[at];
            inputs[k] = sum << block.accumulatorUnused >> block.accumulatorUnused;
            block.wraps += inputs[k] == sum ? 0 : 1;
            block.accumulator[at] = 0;
            active |= inputs[k] != 0;
        }
        for (int w = 0; w < before.length; w++) {
            before[w] = block.words[w][i];
        }
        boolean flag = false;
        int payload = 0;
        int at = 0;
        while (at < code.length) {
            Instruction in = code[at++];
            block.cycles += in.cycles();
            block.instructions++;
            int a = read(in.a(), block, i, registers, inputs);
            int b = read(in.b(), block, i, registers, inputs);
            switch (in.opcode()) {
                case END -> at = code.length;
                case CEQ -> flag = a == b;
                case CNE -> flag = a != b;
                case CLT -> flag = a < b;
                case CLE -> flag = a <= b;
                case CGT -> flag = a > b;
                case CGE -> flag = a >= b;
                case JMP -> at += in.distance();
                case JT -> at += flag ? in.distance() : 0;
                case JF -> at += flag ? 0 : in.distance();
                case SPIKE -> payload = a;
                case PROBE -> block.probes[in.number()][i] = a;
                case RANDOM -> write(in.destination(), block.nextRandom() >>> 32 - in.number(), block, i, registers);
                default -> write(in.destination(), result(in, a, b, flag), block, i, registers);
            }
        }
        for (int w = 0; w < before.length; w++) {
            active |= block.words[w][i] != before[w];
        }
        block.active += active ? 1 : 0;
        if (payload != 0) {
            block.spike(i, payload);
        }
    }

    private static long result(Instruction in, int a, int b, boolean flag) {
        return switch (in.opcode()) {
            case MOV -> a;
            case SEL -> flag ? a : b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> (long) a << shift(b);
            case ASR -> a >> shift(b);
            case ADD -> (long) a + b;
            case SUB -> (long) a - b;
            case NEG -> -(long) a;
            case ABS -> Math.abs((long) a);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case MULF -> (long) a * b >> in.number();
            case MULZ -> towardZero((long) a * b, in.number());
            case MULN -> nearest((long) a * b, in.number());
            default -> throw new IllegalStateException(in.opcode() + " has no result");
        };
    }

    private static int shift(int b) {
        return Math.max(0, Math.min(31, b));
    }

    private static long towardZero(long product, int n) {
        return product < 0 ? -(-product >> n) : product >> n;
    }

    private static long nearest(long product, int n) {
        return n == 0 ? product : product + (1L << n - 1) >> n;
    }

    private static int read(Operand o, NeuronBlock block, int i, int[] registers, int[] inputs) {
        return switch (o.kind()) {
            case NONE -> 0;
            case REGISTER -> registers[o.value()];
            case STATE -> block.words[o.value()][i];
            case CONSTANT -> block.constants[o.value()];
            case INPUT -> inputs[o.value()];
            case SPECIAL -> o.value() == Special.BIAS.ordinal() ? block.bias[i] : block.time;
            case IMMEDIATE -> o.value();
        };
    }

    private void write(Operand o, long value, NeuronBlock block, int i, int[] registers) {
        if (o.kind() == Operand.Kind.REGISTER) {
            registers[o.value()] = (int) value;
            return;
        }
        StateWord word = program.state().get(o.value());
        int stored;
        if (word.edge() == StateWord.Edge.WRAP) {
            int unused = 32 - word.bits();
            stored = (int) value << unused >> unused;
        } else {
            stored = (int) Math.max(word.min(), Math.min(word.max(), value));
            block.saturations += stored == value ? 0 : 1;
        }
        block.words[o.value()][i] = stored;
    }
}
