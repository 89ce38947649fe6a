package org.axongrid.isa.image;

/**
 * Parameters of a TrueNorth neuron (Cassidy et al., IJCNN 2013; project reference on TrueNorth, sections 2 and 3). Widths are the chip's and
 * are checked by the image's validator.
 *
 * <p>In a tick the neuron adds the weight of each active connected axon's type, then its leak; fires if V is at or above
 * {@code threshold + noise}; else turns back if V is below the negative threshold. Noise is a random word under the mask
 * {@code 2^maskBits - 1}. A stochastic weight or leak x contributes its sign if |x| is at least a random byte, else nothing.
 *
 * @param weight0           weight of axons of type 0, signed
 * @param weight1           weight of axons of type 1
 * @param weight2           weight of axons of type 2
 * @param weight3           weight of axons of type 3
 * @param stochasticWeights bit g says that the weight of type g is stochastic (b)
 * @param leak              added to V in every tick, signed (lambda)
 * @param stochasticLeak    whether the leak is stochastic (c)
 * @param leakReversal      whether the leak is multiplied by the sign of V (epsilon)
 * @param threshold         positive threshold (alpha)
 * @param negativeThreshold magnitude of the negative threshold (beta)
 * @param maskBits          number of one bits of the threshold noise mask (TM)
 * @param reset             what a threshold crossing does to V (gamma)
 * @param saturates         whether V is held at -beta instead of being reset below it (kappa)
 * @param resetValue        V after a spike with {@link Reset#TO_VALUE}, its negative after a negative crossing (R)
 * @param initialV          V before the first tick
 */
public record TrueNorthNeuron(int weight0, int weight1, int weight2, int weight3, int stochasticWeights, int leak, boolean stochasticLeak,
                              boolean leakReversal, int threshold, int negativeThreshold, int maskBits, Reset reset, boolean saturates,
                              int resetValue, int initialV) {
    /** Number of axon types. */
    public static final int AXON_TYPES = 4;

    /** Reset modes, in the order of gamma. */
    public enum Reset {
        /** V becomes the reset value. */
        TO_VALUE,
        /** The threshold, noise included, is subtracted (or added, at the negative threshold). */
        LINEAR,
        /** V stays. */
        NONE
    }

    /** @return the weight of axons of type {@code g}, 0..3 */
    public int weight(int g) {
        return switch (g) {
            case 0 -> weight0;
            case 1 -> weight1;
            case 2 -> weight2;
            case 3 -> weight3;
            default -> throw new IllegalArgumentException("axon type " + g);
        };
    }

    /** @return whether the weight of axons of type {@code g} is stochastic */
    public boolean isStochastic(int g) {
        return (stochasticWeights >> g & 1) != 0;
    }

    /** @return whether an update can take random words */
    public boolean draws() {
        return stochasticWeights != 0 || stochasticLeak || maskBits > 0;
    }
}
