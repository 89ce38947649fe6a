package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;

/**
 * Trainable clipping layer: Ho and Chang, "TCL: an ANN-to-SNN Conversion with Trainable Clipping Layers", DAC 2021. theta is the trained end
 * of the clipped rectifier, v(0) = 0, soft reset. A QCFS network's lambda is such an end too.
 *
 * <p>Calibration: none. Chip: soft reset, a threshold a layer.
 */
record Tcl(String name) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        return Thresholds.fromZero(network, name, Thresholds.trained(network, name)).build();
    }
}
