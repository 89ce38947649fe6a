package org.axongrid.mapper.method;

import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/**
 * SRP: Hao, Bu, Ding, Huang and Yu, "Reducing ANN-SNN Conversion Error through Residual Membrane Potential", AAAI 2023. tau steps of the whole
 * network; neurons whose potential is then not above theta / 1024 ("dead", their activation would be 0) are silenced; potentials start anew
 * at theta / 2, and T steps give the result. The paper's T leaves tau out.
 *
 * <p>Calibration: for plain rectifiers. Chip: as QCFS, and a mask bit a neuron, written between two phases.
 *
 * @param tau steps of the first phase; 4 in the paper for CIFAR
 */
record Srp(String name, int tau) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        Schedule schedule = new Schedule(Schedule.Order.LOCKSTEP, List.of(new Phase("search", tau, Phase.Start.SET, false, Phase.End.MASK),
            new Phase("run", Phase.OPEN, Phase.Start.SET, true, Phase.End.NONE)));
        return Thresholds.builder(network, name, Thresholds.trainedOrLargest(network, name, calibration)).schedule(schedule).build();
    }
}
