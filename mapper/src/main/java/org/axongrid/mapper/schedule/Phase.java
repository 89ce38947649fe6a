package org.axongrid.mapper.schedule;

/**
 * A stretch of steps of a run.
 *
 * @param name  for reports
 * @param steps number of steps; {@link #OPEN} for the last phase, which runs for the T steps that the user asks for
 * @param start what happens before its first step
 * @param gated whether neurons that the mask rules out compute as usual but send nothing
 * @param end   what happens after its last step
 */
public record Phase(String name, int steps, Start start, boolean gated, End end) {
    /** Steps of a phase that runs as long as asked. */
    public static final int OPEN = 0;

    /** What happens at the start of a phase. */
    public enum Start {
        /** Potentials are set to v(0), sent-spike counters, pools and readout sums to 0. */
        SET,
        /** All state is kept; only the readout sums become 0. */
        KEEP
    }

    /** What happens at the end of a phase. */
    public enum End {
        /** Nothing. */
        NONE,
        /**
         * The mask is set: neurons whose potential is at most {@code theta / 1024} are ruled out from then on (Hao et al., AAAI 2023, have
         * {@code v / theta > 1e-3} in their code; the power of two makes it exact).
         */
        MASK,
        /** v(0) of each neuron is corrected by one spike where it sent one too many or too few ({@link CosShift}). */
        CORRECT
    }

    /** Checks the number of steps. */
    public Phase {
        if (steps < 0) {
            throw new IllegalArgumentException("a phase of " + steps + " steps");
        }
    }

    /** @return the phase that gives the result: T steps from v(0) */
    public static Phase run() {
        return new Phase("run", OPEN, Start.SET, false, End.NONE);
    }
}
