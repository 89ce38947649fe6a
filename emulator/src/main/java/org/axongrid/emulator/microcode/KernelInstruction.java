package org.axongrid.emulator.microcode;

import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.Opcode;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the bytecode of one instruction. */
final class KernelInstruction {
    private final KernelMethod method;
    private final MethodVisitor out;

    KernelInstruction(KernelMethod method, MethodVisitor out) {
        this.method = method;
        this.out = out;
    }

    void write(Instruction in, int at) {
        method.count(in);
        switch (in.opcode()) {
            case END -> {
                method.flushCounts();
                out.visitJumpInsn(Opcodes.GOTO, method.end());
            }
            case JMP -> jump(Opcodes.GOTO, in, at);
            case JT -> {
                method.load(method.flag());
                jump(Opcodes.IFNE, in, at);
            }
            case JF -> {
                method.load(method.flag());
                jump(Opcodes.IFEQ, in, at);
            }
            case CEQ -> compare(in, Opcodes.IF_ICMPEQ);
            case CNE -> compare(in, Opcodes.IF_ICMPNE);
            case CLT -> compare(in, Opcodes.IF_ICMPLT);
            case CLE -> compare(in, Opcodes.IF_ICMPLE);
            case CGT -> compare(in, Opcodes.IF_ICMPGT);
            case CGE -> compare(in, Opcodes.IF_ICMPGE);
            case SPIKE -> {
                method.read(in.a());
                method.store(method.payload());
            }
            case PROBE -> {
                method.field("probes", "[[I");
                method.push(in.number());
                out.visitInsn(Opcodes.AALOAD);
                method.loadCompartmentNumber();
                method.read(in.a());
                out.visitInsn(Opcodes.IASTORE);
            }
            default -> arithmetic(in);
        }
    }

    private void jump(int how, Instruction in, int at) {
        // Counts stay out of the condition that is on the stack; iinc does not touch it.
        method.flushCounts();
        out.visitJumpInsn(how, method.target(at + 1 + in.distance()));
    }

    private void compare(Instruction in, int how) {
        Label yes = new Label();
        Label done = new Label();
        method.read(in.a());
        method.read(in.b());
        out.visitJumpInsn(how, yes);
        method.push(0);
        out.visitJumpInsn(Opcodes.GOTO, done);
        out.visitLabel(yes);
        method.push(1);
        out.visitLabel(done);
        method.store(method.flag());
    }

    /** Leaves an {@code int} or, where the destination saturates, a {@code long} on the stack and writes it. */
    private void arithmetic(Instruction in) {
        boolean wide = method.needsWide(in.destination());
        switch (in.opcode()) {
            case ADD -> two(in, wide, Opcodes.IADD, Opcodes.LADD);
            case SUB -> two(in, wide, Opcodes.ISUB, Opcodes.LSUB);
            case NEG -> {
                read(in, wide);
                out.visitInsn(wide ? Opcodes.LNEG : Opcodes.INEG);
            }
            case ABS -> {
                read(in, wide);
                out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "abs", wide ? "(J)J" : "(I)I", false);
            }
            case SHL -> {
                read(in, wide);
                shiftAmount(in);
                out.visitInsn(wide ? Opcodes.LSHL : Opcodes.ISHL);
            }
            case MULF, MULZ, MULN -> {
                product(in);
                if (!wide) {
                    out.visitInsn(Opcodes.L2I);
                }
            }
            default -> {
                narrow(in);
                if (wide) {
                    out.visitInsn(Opcodes.I2L);
                }
            }
        }
        method.write(in.destination());
    }

    private void read(Instruction in, boolean wide) {
        method.read(in.a());
        if (wide) {
            out.visitInsn(Opcodes.I2L);
        }
    }

    private void two(Instruction in, boolean wide, int narrow, int wideOperation) {
        read(in, wide);
        method.read(in.b());
        if (wide) {
            out.visitInsn(Opcodes.I2L);
        }
        out.visitInsn(wide ? wideOperation : narrow);
    }

    private void shiftAmount(Instruction in) {
        method.read(in.b());
        method.push(31);
        out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "min", "(II)I", false);
        method.push(0);
        out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "max", "(II)I", false);
    }

    private void product(Instruction in) {
        read(in, true);
        method.read(in.b());
        out.visitInsn(Opcodes.I2L);
        out.visitInsn(Opcodes.LMUL);
        int n = in.number();
        if (n == 0) {
            return;
        }
        if (in.opcode() == Opcode.MULN) {
            out.visitLdcInsn(1L << n - 1);
            out.visitInsn(Opcodes.LADD);
        } else if (in.opcode() == Opcode.MULZ) {
            // 2^n - 1 is added to a negative product, so that rounding down becomes rounding toward zero.
            out.visitInsn(Opcodes.DUP2);
            method.push(63);
            out.visitInsn(Opcodes.LSHR);
            out.visitLdcInsn((1L << n) - 1);
            out.visitInsn(Opcodes.LAND);
            out.visitInsn(Opcodes.LADD);
        }
        method.push(n);
        out.visitInsn(Opcodes.LSHR);
    }

    /** Operations whose result always fits 32 bits. */
    private void narrow(Instruction in) {
        switch (in.opcode()) {
            case MOV -> method.read(in.a());
            case AND -> two(in, false, Opcodes.IAND, 0);
            case OR -> two(in, false, Opcodes.IOR, 0);
            case XOR -> two(in, false, Opcodes.IXOR, 0);
            case MIN, MAX -> {
                method.read(in.a());
                method.read(in.b());
                out.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", in.opcode().mnemonic(), "(II)I", false);
            }
            case ASR -> {
                method.read(in.a());
                shiftAmount(in);
                out.visitInsn(Opcodes.ISHR);
            }
            case SEL -> {
                Label no = new Label();
                Label done = new Label();
                method.load(method.flag());
                out.visitJumpInsn(Opcodes.IFEQ, no);
                method.read(in.a());
                out.visitJumpInsn(Opcodes.GOTO, done);
                out.visitLabel(no);
                method.read(in.b());
                out.visitLabel(done);
            }
            case RANDOM -> {
                method.nextRandom();
                method.push(32 - in.number());
                out.visitInsn(Opcodes.IUSHR);
            }
            default -> throw new IllegalStateException(in.opcode() + " has no result");
        }
    }
}
