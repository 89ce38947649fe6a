package org.axongrid.mapper.method;

import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/**
 * COS: Hao, Ding, Bu, Huang and Yu, "Bridging the Gap between ANNs and SNNs by Calibrating Offset Spikes", ICLR 2023. After rho steps each
 * neuron's v(0) is moved so that it sends one spike more or one less ({@link org.axongrid.mapper.schedule.CosShift}); then the same inputs come
 * again. One round of corrections, as in the published code.
 *
 * <p>As published it goes layer by layer: a layer corrects itself on the spikes of the corrected layer before it, which runs its T steps
 * first. The joint variant corrects all layers at once after one pass of rho steps; it needs no recorded spikes, and its figures are not
 * the published ones. The paper's T leaves all of rho out.
 *
 * <p>Calibration: for plain rectifiers. Chip: as QCFS, v(0) by neuron written between two phases; layer by layer also buffers that replay
 * spike trains.
 *
 * @param rho   steps before the correction; 4 in the paper for CIFAR
 * @param joint whether all layers are corrected at once
 */
record Cos(String name, int rho, boolean joint) implements Conversion {
    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        Schedule schedule = new Schedule(joint ? Schedule.Order.LOCKSTEP : Schedule.Order.LAYER_SERIAL,
            List.of(new Phase("calibration", rho, Phase.Start.SET, false, Phase.End.CORRECT), Phase.run()));
        return Thresholds.builder(network, name, Thresholds.trainedOrLargest(network, name, calibration)).schedule(schedule).build();
    }
}
