package org.axongrid.mapper.convert;

import java.util.List;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * A converted network in real numbers. Its traffic is spike <em>counts</em>, because the value that a spike carries is folded into the
 * weights that read it; only where each neuron of a population has a value of its own may it be kept apart ({@code payload}).
 *
 * <p>One step, layers in order: {@code I = sum(kernel * payload * s) + bias; p = v + I; s = fire(p)}, and the reset, by the population's
 * rule. The readout has no threshold; its currents are summed over the steps. What the input population drives is the analog image itself,
 * the same in each step.
 *
 * <p>An array of thresholds or potentials has one value, one a channel, or one a neuron; neuron i uses value {@code i % length}.
 *
 * @param network  topology, shapes and biases; its own kernels are those before folding
 * @param method   the conversion's name, as on the command line
 * @param schedule the phases of a run
 * @param rules    by population
 * @param theta    threshold by population, what one spike subtracts; {@code null} for those that do not integrate
 * @param initialV membrane potential at the start of a phase, by population; {@code null} for those that do not integrate
 * @param payload  by population and neuron the value of a spike; {@code null} where it is in the kernels
 * @param kernels  weights by projection, on counts or on values if the source has payloads; on analog values where the source is the input
 */
public record SpikingNetwork(Network network, String method, Schedule schedule, List<NeuronRule> rules, double[][] theta, double[][] initialV,
                             double[][] payload, List<double[]> kernels) {
    /** Checks the lengths. */
    public SpikingNetwork {
        kernels = List.copyOf(kernels);
        rules = List.copyOf(rules);
        int n = network.populations().size();
        if (rules.size() != n || theta.length != n || initialV.length != n || payload.length != n
            || kernels.size() != network.projections().size()) {
            throw new IllegalArgumentException("lengths differ from the network's");
        }
        for (int p = 0; p < n; p++) {
            if (rules.get(p).integrates() && (!fits(network, p, theta[p]) || !fits(network, p, initialV[p]))) {
                throw new IllegalArgumentException("population " + p + ": thresholds or potentials are missing");
            }
        }
    }

    private static boolean fits(Network network, int p, double[] values) {
        return values != null && values.length > 0 && network.populations().get(p).shape().size() % values.length == 0;
    }

    /** @return the same with another schedule */
    public SpikingNetwork with(Schedule other) {
        return new SpikingNetwork(network, method, other, rules, theta, initialV, payload, kernels);
    }
}
