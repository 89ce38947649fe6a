package org.axongrid.isa.microcode;

/**
 * A word of state that each compartment of a program has: a signed integer of a declared width, kept from step to step.
 *
 * @param name    unique in its program
 * @param bits    width, sign included, 2..32
 * @param edge    what happens to a result that does not fit
 * @param initial value before the first step
 */
public record StateWord(String name, int bits, Edge edge, int initial) {
    /** What happens at the edge of a width. */
    public enum Edge {
        /** The nearest value that fits is written; the event is counted. */
        SATURATE,
        /** The low bits are written, two's complement. */
        WRAP
    }

    /** Checks width and initial value. */
    public StateWord {
        if (bits < 2 || bits > 32) {
            throw new IllegalArgumentException("state word " + name + " has " + bits + " bits, 2..32 are possible");
        }
        if (initial < -(1L << bits - 1) || initial > (1L << bits - 1) - 1) {
            throw new IllegalArgumentException("initial value " + initial + " of state word " + name + " does not fit " + bits + " bits");
        }
    }

    /** @return smallest value that fits */
    public int min() {
        return (int) -(1L << bits - 1);
    }

    /** @return largest value that fits */
    public int max() {
        return (int) ((1L << bits - 1) - 1);
    }
}
