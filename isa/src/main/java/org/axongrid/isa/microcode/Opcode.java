package org.axongrid.isa.microcode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The instructions, in the order of their codes. Operands are 32-bit integers; results are computed exactly and cut only where they are written
 * (see {@link StateWord} and {@link NeuronProgram}). The set follows what is public of Loihi 2's neuron programs (arithmetic, logic, compare,
 * branch, spike with payload); encoding and cycle counts are this project's own, as Intel has not published theirs.
 */
public enum Opcode {
    /** Stops. */
    END(Shape.NONE, 1, "the compartment's update is over"),
    /** Copy. */
    MOV(Shape.DA, 1, "d = a"),
    /** Select. */
    SEL(Shape.DAB, 1, "d = a if the flag is set, else b"),
    /** Bitwise and. */
    AND(Shape.DAB, 1, "d = a and b, bit by bit"),
    /** Bitwise or. */
    OR(Shape.DAB, 1, "d = a or b, bit by bit"),
    /** Bitwise exclusive or. */
    XOR(Shape.DAB, 1, "d = a exclusive-or b, bit by bit"),
    /** Shift left. */
    SHL(Shape.DAB, 1, "d = a * 2^b, b limited to 0..31"),
    /** Arithmetic shift right. */
    ASR(Shape.DAB, 1, "d = a / 2^b rounded down, b limited to 0..31"),
    /** Addition. */
    ADD(Shape.DAB, 1, "d = a + b"),
    /** Subtraction. */
    SUB(Shape.DAB, 1, "d = a - b"),
    /** Negation. */
    NEG(Shape.DA, 1, "d = -a"),
    /** Magnitude. */
    ABS(Shape.DA, 1, "d = the magnitude of a"),
    /** Minimum. */
    MIN(Shape.DAB, 1, "d = the smaller of a and b"),
    /** Maximum. */
    MAX(Shape.DAB, 1, "d = the larger of a and b"),
    /** Multiply and shift, down. */
    MULF(Shape.DABN, 2, "d = a * b / 2^n rounded down (toward minus infinity)"),
    /** Multiply and shift, toward zero. */
    MULZ(Shape.DABN, 2, "d = a * b / 2^n rounded toward zero"),
    /** Multiply and shift, nearest. */
    MULN(Shape.DABN, 2, "d = a * b / 2^n rounded to the nearest, a half upwards"),
    /** Equal. */
    CEQ(Shape.AB, 1, "flag = a equals b"),
    /** Not equal. */
    CNE(Shape.AB, 1, "flag = a differs from b"),
    /** Less. */
    CLT(Shape.AB, 1, "flag = a < b"),
    /** Less or equal. */
    CLE(Shape.AB, 1, "flag = a <= b"),
    /** Greater. */
    CGT(Shape.AB, 1, "flag = a > b"),
    /** Greater or equal. */
    CGE(Shape.AB, 1, "flag = a >= b"),
    /** Jump. */
    JMP(Shape.LABEL, 1, "goes on at the label, which stands further down"),
    /** Jump if true. */
    JT(Shape.LABEL, 1, "the same if the flag is set"),
    /** Jump if false. */
    JF(Shape.LABEL, 1, "the same if the flag is not set"),
    /** Random bits. */
    RANDOM(Shape.DN, 2, "d = n random bits (1..31), so 0..2^n-1, from the core's generator"),
    /** Spike. */
    SPIKE(Shape.OPTIONAL_A, 2, "spikes with payload a, 1 if left out; a payload of 0 is no spike; of several in a step the last one counts"),
    /** Probe. */
    PROBE(Shape.NA, 1, "shows a on probe channel n (0..3) of the compartment");

    /** Operands of an instruction, in the order in which they are written. */
    public enum Shape {
        /** None. */
        NONE(""),
        /** Destination and source. */
        DA("d, a"),
        /** Destination and two sources. */
        DAB("d, a, b"),
        /** Destination, two sources and a shift. */
        DABN("d, a, b, n"),
        /** Two sources. */
        AB("a, b"),
        /** A label further down. */
        LABEL("label"),
        /** Destination and a number. */
        DN("d, n"),
        /** A source, or nothing. */
        OPTIONAL_A("[a]"),
        /** A number and a source. */
        NA("n, a");

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        /** @return the operands as documentation writes them */
        public String text() {
            return text;
        }

        boolean hasDestination() {
            return text.startsWith("d");
        }

        boolean hasA() {
            return text.contains("a,") || text.endsWith("a") || this == OPTIONAL_A;
        }

        boolean hasB() {
            return text.contains(" b");
        }

        boolean hasNumber() {
            return text.contains("n");
        }
    }

    private final Shape shape;
    private final int cycles;
    private final String meaning;

    Opcode(Shape shape, int cycles, String meaning) {
        this.shape = shape;
        this.cycles = cycles;
        this.meaning = meaning;
    }

    /** @return the name in programs */
    public String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return its operands */
    public Shape shape() {
        return shape;
    }

    /** @return cycles it takes when executed, state words apart */
    public int cycles() {
        return cycles;
    }

    /** @return what it does, one line */
    public String meaning() {
        return meaning;
    }

    /** @return whether it may go on elsewhere than at the next instruction */
    public boolean jumps() {
        return shape == Shape.LABEL;
    }

    /** @return the instruction of that mnemonic, if there is one */
    public static Optional<Opcode> of(String mnemonic) {
        return Arrays.stream(values()).filter(o -> o.mnemonic().equals(mnemonic)).findFirst();
    }

    /** @return all mnemonics */
    public static List<String> mnemonics() {
        return Arrays.stream(values()).map(Opcode::mnemonic).toList();
    }
}
