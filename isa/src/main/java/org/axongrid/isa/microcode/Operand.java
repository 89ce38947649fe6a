package org.axongrid.isa.microcode;

/**
 * Where an instruction reads or writes.
 *
 * @param kind  what
 * @param value which one; for an immediate the value itself
 */
public record Operand(Kind kind, int value) {
    /** No operand. */
    public static final Operand NONE = new Operand(Kind.NONE, 0);
    /** Number of bits of an immediate value. */
    public static final int IMMEDIATE_BITS = 19;
    /** Smallest immediate. */
    public static final int IMMEDIATE_MIN = -(1 << IMMEDIATE_BITS - 1);
    /** Largest immediate. */
    public static final int IMMEDIATE_MAX = (1 << IMMEDIATE_BITS - 1) - 1;
    /** Working registers. */
    public static final int REGISTERS = 8;

    /** Kinds, in the order of their codes. */
    public enum Kind {
        /** Not there. */
        NONE,
        /** A working register: 32 bits, wraps, 0 at the start of each update. */
        REGISTER,
        /** A state word of the compartment. */
        STATE,
        /** A constant of the compartment's profile; read only. */
        CONSTANT,
        /** What a dendritic accumulator holds in this step; read only. */
        INPUT,
        /** {@link Special}; read only. */
        SPECIAL,
        /** A number in the instruction; read only. */
        IMMEDIATE
    }

    /** Values that every program can read. */
    public enum Special {
        /** The compartment's bias register: mantissa shifted by the exponent. */
        BIAS,
        /** Time-steps since the compartment's start, this one included, from 1. */
        TIME
    }

    /** @return whether an instruction can write it */
    public boolean isWritable() {
        return kind == Kind.REGISTER || kind == Kind.STATE;
    }
}
