package org.axongrid.emulator.microcode;

import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.Operand;
import org.axongrid.isa.microcode.StateWord;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the bytecode of one kernel's {@code update(block, from, to)}. Everything an instruction touches is a local variable: state words are
 * loaded before the program and stored after it, counters once per call.
 */
final class KernelMethod {
    private static final String BLOCK = Type.getInternalName(NeuronBlock.class);
    private static final int BLOCK_LOCAL = 1;
    private static final int I = 2;
    private static final int TO = 3;

    private final NeuronProgram program;
    private final MethodVisitor out;
    private int locals = 4;

    private final int[] wordArray;
    private final int[] word;
    private final int[] wordBefore;
    private final int[] constant;
    private final int[] input;
    private final int[] register;
    private final int accumulator = local();
    private final int biases = local();
    private final int time = local();
    private final int unused = local();
    private final int bias = local();
    private final int flag = local();
    private final int payload = local();
    private final int cycles = local();
    private final int instructions = local();
    private final int active = local();
    private final int saturations = local();
    private final int wraps = local();
    private final int wide = local(2);

    private final Label end = new Label();
    private final Label[] targets;
    private int pendingCycles;
    private int pendingInstructions;

    KernelMethod(NeuronProgram program, MethodVisitor out) {
        this.program = program;
        this.out = out;
        wordArray = locals(program.state().size());
        word = locals(program.state().size());
        wordBefore = locals(program.state().size());
        constant = locals(program.constants().size());
        input = locals(program.inputs().size());
        register = locals(Operand.REGISTERS);
        targets = new Label[program.code().size() + 1];
        List<Instruction> code = program.code();
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).opcode().jumps()) {
                targets[i + 1 + code.get(i).distance()] = new Label();
            }
        }
    }

    private int local() {
        return local(1);
    }

    private int local(int slots) {
        int first = locals;
        locals += slots;
        return first;
    }

    private int[] locals(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> local());
        return all;
    }

    void write() {
        prologue();
        Label loop = new Label();
        Label done = new Label();
        out.visitLabel(loop);
        load(I);
        load(TO);
        out.visitJumpInsn(Opcodes.IF_ICMPGE, done);
        loadCompartment();
        for (int i = 0; i < program.code().size(); i++) {
            mark(i);
            new KernelInstruction(this, out).write(program.code().get(i), i);
        }
        mark(program.code().size());
        flushCounts();
        out.visitLabel(end);
        storeCompartment();
        out.visitIincInsn(I, 1);
        out.visitJumpInsn(Opcodes.GOTO, loop);
        out.visitLabel(done);
        epilogue();
        out.visitInsn(Opcodes.RETURN);
    }

    private void prologue() {
        for (int w = 0; w < wordArray.length; w++) {
            field("words", "[[I");
            push(w);
            out.visitInsn(Opcodes.AALOAD);
            out.visitVarInsn(Opcodes.ASTORE, wordArray[w]);
        }
        field("accumulator", "[I");
        out.visitVarInsn(Opcodes.ASTORE, accumulator);
        field("bias", "[I");
        out.visitVarInsn(Opcodes.ASTORE, biases);
        for (int c = 0; c < constant.length; c++) {
            field("constants", "[I");
            push(c);
            out.visitInsn(Opcodes.IALOAD);
            store(constant[c]);
        }
        field("time", "I");
        store(time);
        field("accumulatorUnused", "I");
        store(unused);
        field("cycles", "I");
        store(cycles);
        for (int zero : new int[] {instructions, active, saturations, wraps}) {
            push(0);
            store(zero);
        }
    }

    private void loadCompartment() {
        for (int zero : register) {
            push(0);
            store(zero);
        }
        push(0);
        store(flag);
        push(0);
        store(payload);
        out.visitVarInsn(Opcodes.ALOAD, biases);
        load(I);
        out.visitInsn(Opcodes.IALOAD);
        store(bias);
        for (int k = 0; k < input.length; k++) {
            loadInput(k);
        }
        for (int w = 0; w < word.length; w++) {
            out.visitVarInsn(Opcodes.ALOAD, wordArray[w]);
            load(I);
            out.visitInsn(Opcodes.IALOAD);
            out.visitInsn(Opcodes.DUP);
            store(word[w]);
            store(wordBefore[w]);
        }
    }

    /** Reads and clears an accumulator, as wide as it is, and counts when it wrapped. */
    private void loadInput(int k) {
        out.visitVarInsn(Opcodes.ALOAD, accumulator);
        field("inputOffset", "I");
        field("inputStride", "I");
        push(k);
        out.visitInsn(Opcodes.IMUL);
        out.visitInsn(Opcodes.IADD);
        load(I);
        out.visitInsn(Opcodes.IADD);
        out.visitInsn(Opcodes.DUP2);
        out.visitInsn(Opcodes.IALOAD);
        store(input[k]);
        push(0);
        out.visitInsn(Opcodes.IASTORE);
        load(input[k]);
        load(unused);
        out.visitInsn(Opcodes.ISHL);
        load(unused);
        out.visitInsn(Opcodes.ISHR);
        out.visitInsn(Opcodes.DUP);
        load(input[k]);
        Label same = new Label();
        out.visitJumpInsn(Opcodes.IF_ICMPEQ, same);
        out.visitIincInsn(wraps, 1);
        out.visitLabel(same);
        store(input[k]);
    }

    private void storeCompartment() {
        push(0);
        for (int k : input) {
            load(k);
            out.visitInsn(Opcodes.IOR);
        }
        for (int w = 0; w < word.length; w++) {
            if (isWritten(w)) {
                out.visitVarInsn(Opcodes.ALOAD, wordArray[w]);
                load(I);
                load(word[w]);
                out.visitInsn(Opcodes.IASTORE);
                load(word[w]);
                load(wordBefore[w]);
                out.visitInsn(Opcodes.IXOR);
                out.visitInsn(Opcodes.IOR);
            }
        }
        Label idle = new Label();
        out.visitJumpInsn(Opcodes.IFEQ, idle);
        out.visitIincInsn(active, 1);
        out.visitLabel(idle);
        Label quiet = new Label();
        load(payload);
        out.visitJumpInsn(Opcodes.IFEQ, quiet);
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        load(cycles);
        out.visitFieldInsn(Opcodes.PUTFIELD, BLOCK, "cycles", "I");
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        load(I);
        load(payload);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BLOCK, "spike", "(II)V", false);
        out.visitLabel(quiet);
    }

    private boolean isWritten(int w) {
        return program.code().stream().anyMatch(i -> i.destination().equals(new Operand(Operand.Kind.STATE, w)));
    }

    private void epilogue() {
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        load(cycles);
        out.visitFieldInsn(Opcodes.PUTFIELD, BLOCK, "cycles", "I");
        addTo("active", "I", active);
        addTo("instructions", "J", instructions);
        addTo("saturations", "J", saturations);
        addTo("wraps", "J", wraps);
    }

    private void addTo(String field, String type, int from) {
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        out.visitInsn(Opcodes.DUP);
        out.visitFieldInsn(Opcodes.GETFIELD, BLOCK, field, type);
        load(from);
        if (type.equals("J")) {
            out.visitInsn(Opcodes.I2L);
        }
        out.visitInsn(type.equals("J") ? Opcodes.LADD : Opcodes.IADD);
        out.visitFieldInsn(Opcodes.PUTFIELD, BLOCK, field, type);
    }

    // What KernelInstruction writes with.

    /** A place that jumps may lead to: what was executed before it is counted on the way that falls through. */
    private void mark(int at) {
        if (targets[at] != null) {
            flushCounts();
            out.visitLabel(targets[at]);
        }
    }

    void count(Instruction in) {
        pendingCycles += in.cycles();
        pendingInstructions++;
    }

    void flushCounts() {
        if (pendingInstructions > 0) {
            out.visitIincInsn(cycles, pendingCycles);
            out.visitIincInsn(instructions, pendingInstructions);
        }
        pendingCycles = 0;
        pendingInstructions = 0;
    }

    Label end() {
        return end;
    }

    Label target(int at) {
        return targets[at];
    }

    int flag() {
        return flag;
    }

    int payload() {
        return payload;
    }

    void read(Operand o) {
        switch (o.kind()) {
            case NONE -> throw new IllegalStateException("nothing to read");
            case REGISTER -> load(register[o.value()]);
            case STATE -> load(word[o.value()]);
            case CONSTANT -> load(constant[o.value()]);
            case INPUT -> load(input[o.value()]);
            case SPECIAL -> load(o.value() == Operand.Special.BIAS.ordinal() ? bias : time);
            case IMMEDIATE -> push(o.value());
        }
    }

    /** @return whether a result has to be exact in 64 bits before it is written there */
    boolean needsWide(Operand destination) {
        return destination.kind() == Operand.Kind.STATE && program.state().get(destination.value()).edge() == StateWord.Edge.SATURATE;
    }

    /** Writes the {@code int} on the stack, or the {@code long} if {@link #needsWide}. */
    void write(Operand destination) {
        if (destination.kind() == Operand.Kind.REGISTER) {
            store(register[destination.value()]);
            return;
        }
        StateWord w = program.state().get(destination.value());
        if (w.edge() == StateWord.Edge.WRAP) {
            push(32 - w.bits());
            out.visitInsn(Opcodes.ISHL);
            push(32 - w.bits());
            out.visitInsn(Opcodes.ISHR);
            store(word[destination.value()]);
            return;
        }
        out.visitInsn(Opcodes.DUP2);
        out.visitVarInsn(Opcodes.LSTORE, wide);
        out.visitLdcInsn((long) w.max());
        out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "min", "(JJ)J", false);
        out.visitLdcInsn((long) w.min());
        out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "max", "(JJ)J", false);
        out.visitInsn(Opcodes.DUP2);
        out.visitInsn(Opcodes.L2I);
        store(word[destination.value()]);
        out.visitVarInsn(Opcodes.LLOAD, wide);
        out.visitInsn(Opcodes.LCMP);
        Label fits = new Label();
        out.visitJumpInsn(Opcodes.IFEQ, fits);
        out.visitIincInsn(saturations, 1);
        out.visitLabel(fits);
    }

    void field(String name, String type) {
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        out.visitFieldInsn(Opcodes.GETFIELD, BLOCK, name, type);
    }

    void load(int local) {
        out.visitVarInsn(Opcodes.ILOAD, local);
    }

    void store(int local) {
        out.visitVarInsn(Opcodes.ISTORE, local);
    }

    void loadCompartmentNumber() {
        load(I);
    }

    void nextRandom() {
        out.visitVarInsn(Opcodes.ALOAD, BLOCK_LOCAL);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BLOCK, "nextRandom", "()I", false);
    }

    void push(int value) {
        if (value >= -1 && value <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            out.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            out.visitLdcInsn(value);
        }
    }
}
