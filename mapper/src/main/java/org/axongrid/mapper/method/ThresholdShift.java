package org.axongrid.mapper.method;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Network;

/**
 * Threshold shift (RTS): Deng and Gu, "Optimal Conversion of Conventional Artificial Neural Networks to Spiking Neural Networks", ICLR 2021.
 * v(0) = 0 and theta / (2 T) more current in each step: after T steps the same total as v(0) = theta / 2, with later first spikes. The shift
 * is part of the bias here, and is rounded with it.
 *
 * <p>Calibration: for plain rectifiers. Chip: soft reset, a bias. Each T is a network of its own.
 */
record ThresholdShift(String name) implements Conversion {
    @Override
    public boolean dependsOnSteps() {
        return true;
    }

    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        double[] theta = Thresholds.trainedOrLargest(network, name, calibration);
        SpikingNetworkBuilder builder = Thresholds.fromZero(network, name, theta);
        for (int p = 1; p < theta.length; p++) {
            if (SpikingNetworkBuilder.spikes(network, p)) {
                double shift = theta[p] / (2 * steps);
                builder.bias(p, Arrays.stream(network.populations().get(p).bias()).map(b -> b + shift).toArray());
            }
        }
        return builder.build();
    }
}
