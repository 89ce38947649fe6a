package org.axongrid.mapper.network;

/**
 * What a population of the trained network does with its current.
 *
 * @param kind   which function
 * @param lambda upper end of the QCFS range, the later threshold; NaN where the kind has none
 * @param levels QCFS quantisation steps L; 0 where the kind has none
 */
public record Activation(Kind kind, double lambda, int levels) {
    /** The functions known. */
    public enum Kind {
        /** The network's input: values come from the data. */
        INPUT,
        /** {@code lambda * clip(floor(x * L / lambda + 1/2) / L, 0, 1)}: Bu et al., ICLR 2022, eq. 15. */
        QCFS,
        /** No activation: the network's output, logits. */
        LINEAR
    }

    /** @return the input's */
    public static Activation input() {
        return new Activation(Kind.INPUT, Double.NaN, 0);
    }

    /** @return a readout's */
    public static Activation linear() {
        return new Activation(Kind.LINEAR, Double.NaN, 0);
    }

    /**
     * @param lambda upper end, positive and finite
     * @param levels L, at least 1
     * @return a QCFS activation
     */
    public static Activation qcfs(double lambda, int levels) {
        if (!(lambda > 0) || Double.isInfinite(lambda) || levels < 1) {
            throw new IllegalArgumentException("QCFS needs lambda > 0 and L >= 1, got " + lambda + " and " + levels);
        }
        return new Activation(Kind.QCFS, lambda, levels);
    }
}
