package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;

/**
 * Optimal initial potential: Bu, Ding, Yu and Huang, "Optimized Potential Initialization for Low-Latency Spiking Neural Networks", AAAI
 * 2022. theta is the source network's upper end, v(0) = theta / 2, soft reset: QCFS's dynamics without its training. The upper end is the
 * trained one where there is one (then this is QCFS), else the largest activation on the calibration images.
 *
 * <p>Calibration: for plain rectifiers. Chip: as QCFS. Made for T of 16 and more.
 */
record Opi(String name) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        return Thresholds.builder(network, name, Thresholds.trainedOrLargest(network, name, calibration)).build();
    }
}
