package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;

/** QCFS, Bu et al., ICLR 2022: see {@link QcfsConversion}. Calibration: none. Chip: soft reset, a threshold a layer, v(0) = theta / 2. */
record Qcfs(String name) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        return QcfsConversion.convert(network);
    }
}
