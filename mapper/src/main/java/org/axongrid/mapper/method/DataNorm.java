package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Data-based normalisation: Rueckauer et al., "Conversion of Continuous-Valued Deep Networks to Efficient Event-Driven Networks", Frontiers
 * in Neuroscience 2017, after Diehl et al., IJCNN 2015. Weights are scaled so that a percentile of each layer's positive activations becomes 1
 * and all thresholds are 1; a threshold of that percentile and weights as they are make the same network, which is what we do. v(0) = 0, soft
 * reset unless {@code hard=1}; the input is analog.
 *
 * <p>Calibration: always. Chip: soft or hard reset, a threshold a layer.
 *
 * @param percentile 99.9 unless said otherwise, as in the authors' tool
 * @param hard       reset to zero instead of by subtraction
 */
record DataNorm(String name, double percentile, boolean hard) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds");
        double[] theta = Thresholds.each(network,
            p -> ActivationStatistics.positive(network, p, ActivationStatistics.percentile(statistics.positive(p), percentile)));
        SpikingNetworkBuilder builder = Thresholds.fromZero(network, name, theta);
        return builder.rule(hard ? NeuronRule.HARD : NeuronRule.SOFT).build();
    }
}
