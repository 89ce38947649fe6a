package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;

/**
 * Residual membrane potential: Han, Srinivasan and Roy, "RMP-SNN", CVPR 2020. Soft reset, v(0) = 0, theta the largest activation of its layer
 * on the calibration images, times alpha. A trained upper end bounds activations, so theta is at most that.
 *
 * <p>Calibration: always. Chip: soft reset, a threshold a layer. Made for T of 200 and more.
 *
 * @param alpha factor of all thresholds, at most 1
 */
record Rmp(String name, double alpha) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds");
        double[] theta = Thresholds.each(network, p -> alpha * ActivationStatistics.positive(network, p, statistics.largest(p)));
        return Thresholds.fromZero(network, name, theta).build();
    }
}
