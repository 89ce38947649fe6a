package org.axongrid.mapper.method;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Burst spikes: Li and Zeng, "Efficient and Accurate Conversion of Spiking Neural Network with Burst Spikes", IJCAI 2022. A neuron sends up
 * to gamma spikes a step, v(0) = 0; theta is the 99.9 percentile of the layer's activations, those above 1 divided by gamma first. Max pools
 * work by lateral inhibition. On a network with trained upper ends neurons may exceed them, because gamma theta may.
 *
 * <p>Calibration: always. Chip: payloads of 0 to gamma, state for each pooling window.
 *
 * @param gamma      most spikes a step; 5 in the paper
 * @param percentile of the activations
 */
record Burst(String name, int gamma, double percentile) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds");
        double[] theta = Thresholds.each(network, p -> {
            double[] divided = Arrays.stream(statistics.positive(p)).map(a -> a > 1 ? a / gamma : a).sorted().toArray();
            return ActivationStatistics.positive(network, p, ActivationStatistics.percentile(divided, percentile));
        });
        return Thresholds.fromZero(network, name, theta).rule(NeuronRule.graded(gamma)).build();
    }
}
