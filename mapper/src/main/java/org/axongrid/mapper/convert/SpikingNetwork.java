package org.axongrid.mapper.convert;

import java.util.List;
import org.axongrid.mapper.network.Network;

/**
 * A converted network in real numbers: integrate-and-fire populations whose traffic is spike <em>counts</em>, because the value a spike
 * carries (its source's threshold) is folded into the weights that read it.
 *
 * <p>One step, layers in order: {@code p = v + sum(kernel * counts) + bias; s = p >= theta; v = p - s * theta}. The readout has no
 * threshold; its currents are summed over the steps. What the input population drives is the analog image itself, the same in each step.
 *
 * @param network  topology, shapes and biases; its own kernels are those before folding
 * @param method   the conversion's name, as on the command line
 * @param theta    threshold by population; NaN for input and readout
 * @param initialV membrane potential before the first step, by population; NaN for input and readout
 * @param kernels  weights by projection, on counts; on analog values where the source is the input
 */
public record SpikingNetwork(Network network, String method, double[] theta, double[] initialV, List<double[]> kernels) {
    /** Checks the lengths. */
    public SpikingNetwork {
        kernels = List.copyOf(kernels);
        int n = network.populations().size();
        if (theta.length != n || initialV.length != n || kernels.size() != network.projections().size()) {
            throw new IllegalArgumentException("lengths differ from the network's");
        }
    }
}
