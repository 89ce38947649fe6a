package org.axongrid.mapper.method;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * SNM: Wang, Zhang, Chen and Qu, "Signed Neuron with Memory", IJCAI 2022. Each neuron has a threshold of its own, its largest activation on the
 * calibration images; v(0) = 0; one that has sent more spikes than it should takes some back with negative ones, never more than it sent.
 * Neurons that were never active are dead. In the authors' code the last layer spikes too; here it is a readout, as for all methods.
 *
 * <p>Calibration: always. Chip: signed payloads, a counter and a threshold a neuron; spikes of one layer differ in value from neuron to
 * neuron, which breaks the sharing of convolution weights unless messages carry that value.
 */
record SignedMemory(String name) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds");
        SpikingNetworkBuilder builder = new SpikingNetworkBuilder(network, name).rule(NeuronRule.SIGNED);
        for (int p = 1; p < network.populations().size(); p++) {
            if (network.populations().get(p).activation().kind() == Activation.Kind.MAX_POOL) {
                throw new InvalidInputException("layer " + network.populations().get(p).name() + ": max pooling of signed spikes is not defined;"
                    + " use average pooling, or the burst conversion");
            }
            if (SpikingNetworkBuilder.spikes(network, p)) {
                ActivationStatistics.positive(network, p, statistics.largest(p));
                builder.theta(p, statistics.largestByNeuron(p)).initialV(p, 0);
            }
        }
        return builder.build();
    }
}
