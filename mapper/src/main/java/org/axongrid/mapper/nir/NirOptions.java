package org.axongrid.mapper.nir;

/**
 * What NIR leaves open: how continuous time becomes steps, and what a reset does to the rest above the threshold (project reference on formats,
 * section 1.3).
 *
 * @param reset          policy for all neurons
 * @param dt             seconds of a step; NaN to find out ({@link NirDynamics})
 * @param discretisation how leaks become factors
 */
public record NirOptions(Reset reset, double dt, Discretisation discretisation) {
    /** What the file says, and where it says nothing the usual. */
    public static final NirOptions DEFAULT = new NirOptions(Reset.AUTO, Double.NaN, Discretisation.EXPONENTIAL);

    /** What a spike does to the potential. */
    public enum Reset {
        /** A node's metadata decide; without them {@link #SUBTRACT} where v_reset is 0 and r and threshold are the same in the whole node, else {@link #V_RESET}. */
        AUTO,
        /** The threshold is subtracted. */
        SUBTRACT,
        /** The potential is set to 0. */
        ZERO,
        /** The potential is set to v_reset. */
        V_RESET
    }

    /** How a leak becomes a factor for one step. */
    public enum Discretisation {
        /** {@code exp(-dt / tau)}: exact for an input that is constant within a step. */
        EXPONENTIAL,
        /** {@code 1 - dt / tau}: forward Euler. */
        EULER
    }

    /** Checks the step. */
    public NirOptions {
        if (!Double.isNaN(dt) && !(dt > 0 && dt < 1e9)) {
            throw new IllegalArgumentException("a step of " + dt + " s");
        }
    }
}
