package org.axongrid.mapper.method;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Group neurons: Lv et al., "Optimal ANN-SNN Conversion with Group Neurons", ICASSP 2024 (arXiv:2402.19061, eq. 1-6, algorithm 1). tau
 * members with thresholds i theta / tau share their input and their reset, so that all keep the same potential: a group is one register with
 * the threshold theta / tau that sends 0 to tau spikes a step; v(0) is half of that threshold.
 *
 * <p>Calibration: for plain rectifiers. Chip: payloads of 0 to tau; without payloads, tau messages or tau members.
 *
 * @param tau members of a group; 4 in the paper for CIFAR
 */
record GroupNeurons(String name, int tau) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        double[] theta = Arrays.stream(Thresholds.trainedOrLargest(network, name, calibration)).map(t -> t / tau).toArray();
        return Thresholds.builder(network, name, theta).rule(NeuronRule.graded(tau)).build();
    }
}
