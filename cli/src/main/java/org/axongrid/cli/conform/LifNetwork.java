package org.axongrid.cli.conform;

import java.util.List;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;

/**
 * The network of a case, every number as the cores will hold it.
 *
 * @param name       the case's
 * @param arithmetic whose registers
 * @param steps      T
 * @param inputs     number of input lines
 * @param layers     populations
 * @param links      connections
 */
record LifNetwork(String name, Arithmetic arithmetic, int steps, int inputs, List<Layer> layers, List<Link> links) {
    /** Source number of the input lines. */
    static final int INPUT = -1;
    /** Bits of an activation that has a line of its own; larger ones use the highest line several times. */
    static final int DRIVE_BITS = 15;

    /**
     * @param name          population
     * @param profiles      by neuron
     * @param bias          bias mantissas
     * @param driven        whether activations come from the host in each step
     * @param resetInterval u = v = 0 at steps t with t mod this = {@code resetOffset}; 0 for never
     * @param resetOffset   see there
     */
    record Layer(String name, NeuronProfile[] profiles, int[] bias, boolean driven, int resetInterval, int resetOffset) {
        int size() {
            return profiles.length;
        }
    }

    /**
     * @param name      projection
     * @param source    layer, or {@link #INPUT}
     * @param target    layer
     * @param signs     sign mode
     * @param bits      weight bits of the format that stores the mantissas
     * @param exponent  weight exponent
     * @param mantissas stored mantissas by source and target; a row may be null
     * @param delays    by source and target; null if there are none
     * @param delayBits bits of a delay
     */
    record Link(String name, int source, int target, SignMode signs, int bits, int exponent, int[][] mantissas, int[][] delays, int delayBits) { }

    /** @return the same network with other registers */
    LifNetwork with(Arithmetic other) {
        return new LifNetwork(name, other, steps, inputs, layers, links);
    }
}
