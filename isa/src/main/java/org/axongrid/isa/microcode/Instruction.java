package org.axongrid.isa.microcode;

import org.axongrid.isa.microcode.Operand.Kind;

/**
 * One instruction.
 *
 * <p>Encoding, 64 bits from the most significant: 6 bits opcode, 5 bits number n, 8 bits destination (2 bits kind: 0 none, 1 register, 2 state
 * word; 6 bits index), twice 22 bits source (3 bits {@link Kind}, 19 bits index or immediate in two's complement), 1 bit 0. A jump holds its
 * distance to the next instruction in the first source: 0 goes on there.
 *
 * @param opcode      what to do
 * @param destination where to, {@link Operand#NONE} if nowhere
 * @param a           first source
 * @param b           second source
 * @param number      shift, number of bits or probe channel, 0..31
 */
public record Instruction(Opcode opcode, Operand destination, Operand a, Operand b, int number) {
    private static final int SOURCE_BITS = 3 + Operand.IMMEDIATE_BITS;

    /** @return cycles that it takes when executed: the opcode's and one per state word read or written */
    public int cycles() {
        return opcode.cycles() + memoryAccesses();
    }

    /** @return state words that it reads or writes */
    public int memoryAccesses() {
        return (destination.kind() == Kind.STATE ? 1 : 0) + (a.kind() == Kind.STATE ? 1 : 0) + (b.kind() == Kind.STATE ? 1 : 0);
    }

    /** @return distance of a jump, from the next instruction */
    public int distance() {
        return a.value();
    }

    /** @return the instruction as 64 bits */
    public long encode() {
        long word = opcode.ordinal();
        word = word << 5 | number;
        word = word << 2 | destination.kind().ordinal();
        word = word << 6 | destination.value();
        word = word << SOURCE_BITS | source(a);
        word = word << SOURCE_BITS | source(b);
        return word << 1;
    }

    private static long source(Operand o) {
        return (long) o.kind().ordinal() << Operand.IMMEDIATE_BITS | o.value() & (1 << Operand.IMMEDIATE_BITS) - 1;
    }

    /**
     * @param word 64 bits
     * @return the instruction
     * @throws IllegalArgumentException if an opcode or a kind does not exist or a bit is set that has no meaning
     */
    public static Instruction decode(long word) {
        int opcode = (int) (word >>> 58);
        if (opcode >= Opcode.values().length) {
            throw new IllegalArgumentException("opcode " + opcode + " does not exist");
        }
        int kind = (int) (word >>> 51) & 3;
        if (kind > Kind.STATE.ordinal() || (word & 1) != 0) {
            throw new IllegalArgumentException("instruction " + Long.toHexString(word) + " has bits without meaning");
        }
        Instruction i = new Instruction(Opcode.values()[opcode], new Operand(Kind.values()[kind], (int) (word >>> 45) & 63),
            source((int) (word >>> 1 + SOURCE_BITS)), source((int) (word >>> 1)), (int) (word >>> 53) & 31);
        if (i.encode() != word) {
            throw new IllegalArgumentException("instruction " + Long.toHexString(word) + " has bits without meaning");
        }
        return i;
    }

    private static Operand source(int bits) {
        int kind = bits >>> Operand.IMMEDIATE_BITS & 7;
        if (kind >= Kind.values().length) {
            throw new IllegalArgumentException("operand kind " + kind + " does not exist");
        }
        int value = bits & (1 << Operand.IMMEDIATE_BITS) - 1;
        if (kind == Kind.IMMEDIATE.ordinal()) {
            value = value << 32 - Operand.IMMEDIATE_BITS >> 32 - Operand.IMMEDIATE_BITS;
        }
        return new Operand(Kind.values()[kind], value);
    }
}
