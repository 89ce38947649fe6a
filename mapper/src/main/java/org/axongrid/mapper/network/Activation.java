package org.axongrid.mapper.network;

/**
 * What a population of the trained network does with its current.
 *
 * @param kind   which function
 * @param lambda upper end of the range, the later threshold; NaN where the kind has none
 * @param levels QCFS quantisation steps L; 0 where the kind has none
 */
public record Activation(Kind kind, double lambda, int levels) {
    /** The functions known. */
    public enum Kind {
        /** The network's input: values come from the data. */
        INPUT,
        /** The network's input: spikes come from the data, in each step others. */
        EVENTS,
        /** {@code lambda * clip(floor(x * L / lambda + 1/2) / L, 0, 1)}: Bu et al., ICLR 2022, eq. 15. */
        QCFS,
        /** {@code clip(x, 0, lambda)}: a clipped rectifier with a trained end (Ho and Chang, DAC 2021, TCL), or a fixed one such as ReLU6. */
        CLIP,
        /** {@code max(x, 0)}: a plain network, whose thresholds have to be found from data. */
        RELU,
        /**
         * The largest value in a window, of what one population sends through a depthwise projection whose weights are 1; no bias. A population
         * of its own because it is not linear.
         */
        MAX_POOL,
        /** No activation: the network's output, logits. */
        LINEAR
    }

    /** @return the input's */
    public static Activation input() {
        return new Activation(Kind.INPUT, Double.NaN, 0);
    }

    /** @return that of an input of spikes */
    public static Activation events() {
        return new Activation(Kind.EVENTS, Double.NaN, 0);
    }

    /** @return whether this is an input's */
    public boolean isInput() {
        return kind == Kind.INPUT || kind == Kind.EVENTS;
    }

    /**
     * @param lambda upper end, positive and finite
     * @return a clipped rectifier
     */
    public static Activation clip(double lambda) {
        if (!(lambda > 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("a clipped rectifier needs lambda > 0, got " + lambda);
        }
        return new Activation(Kind.CLIP, lambda, 0);
    }

    /** @return a rectifier */
    public static Activation relu() {
        return new Activation(Kind.RELU, Double.NaN, 0);
    }

    /** @return a max pool */
    public static Activation maxPool() {
        return new Activation(Kind.MAX_POOL, Double.NaN, 0);
    }

    /** @return the upper end of the values, infinite for a rectifier */
    public double bound() {
        return kind == Kind.QCFS || kind == Kind.CLIP ? lambda : Double.POSITIVE_INFINITY;
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
