package org.axongrid.mapper.quantise;

import java.util.List;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * The network in integers: what the chip computes, free of any mapping. All values of a population are in its own unit,
 * {@code scale[channel]} real units.
 *
 * <p>One step: {@code q = accumulator(sum(weight * payload * s)); p = clampToMembrane(v + q + bias); s = fire(p)}, and the reset, by the
 * population's rule.
 * A readout neuron has no threshold and keeps nothing: its value in a step is {@code clampToMembrane(q + bias)}, and the host sums it over the
 * steps.
 * A population that the analog input drives gets per-neuron biases for each image ({@link InputEncoder}); they include the static bias.
 *
 * <p>An array of thresholds, potentials or biases has a value a channel or a value a neuron; neuron i uses value {@code i % length}.
 *
 * @param network    topology, shapes, names
 * @param method     the conversion's name
 * @param schedule   the phases of a run
 * @param rules      by population
 * @param registers  widths in weight units
 * @param weightBits signed bits per weight
 * @param kernels    integer weights by projection; {@code null} where the source is the analog input or the target a max pool
 * @param weightShift by projection: its weights are multiples of {@code 1 << weightShift}, so that projections of different size into one
 *                   population each use all of their bits (a weight exponent above the population's unit)
 * @param threshold  by population and channel or neuron; {@code null} for those that do not integrate
 * @param initialV   by population and channel or neuron; {@code null} for those that do not integrate
 * @param payload    by population and neuron the value of a spike, at least 0; {@code null} where a spike counts 1
 * @param bias       by population and channel, added in each step; {@code null} for the input
 * @param biasStep   by population: biases are multiples of it (a bias exponent above the weights'); a power of two
 * @param scale      by population and channel: real value of one unit; {@code null} for the input
 */
public record QuantisedNetwork(Network network, String method, Schedule schedule, List<NeuronRule> rules, RegisterModel registers, int weightBits,
                               List<int[]> kernels, int[] weightShift, int[][] threshold, int[][] initialV, int[][] payload, int[][] bias,
                               int[] biasStep, double[][] scale) {

    /** @return whether the analog input drives population {@code p} */
    public boolean isAnalog(int p) {
        for (int i : network.into(p)) {
            if (network.isAnalog(network.projections().get(i))) {
                return true;
            }
        }
        return false;
    }

    /** @return whether population {@code p} is the readout */
    public boolean isReadout(int p) {
        return p == network.populations().size() - 1;
    }

    /** @return the same network with registers of other widths */
    public QuantisedNetwork with(RegisterModel other) {
        return new QuantisedNetwork(network, method, schedule, rules, other, weightBits, kernels, weightShift, threshold, initialV, payload, bias,
            biasStep, scale);
    }
}
