package org.axongrid.cli.pipeline;

import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.PaperStyleEstimate;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;

/** Counts what papers on conversion count: spike rates times connections. */
final class ArithmeticCount {
    private static final String PROFILE = "generic-45nm";

    private ArithmeticCount() { }

    /**
     * @param network the trained network
     * @param energy  what the chip did, by layer; layers have the names of populations
     * @param images  inferences
     * @return the estimate per inference
     */
    static PaperStyleEstimate of(Network network, EnergyBreakdown energy, int images) {
        double acs = 0;
        double macs = 0;
        double all = 0;
        for (Projection p : network.projections()) {
            long connections = p.synapses();
            all += connections;
            if (p.source() == 0) {
                macs += connections;
                continue;
            }
            String source = network.populations().get(p.source()).name();
            double spikes = energy.layers().stream().filter(l -> l.name().equals(source)).mapToLong(l -> l.counters().spikes).sum() / (double) images;
            acs += spikes / p.sourceShape().size() * connections;
        }
        return PaperStyleEstimate.of(CostProfiles.preset(PROFILE), acs, macs, all).orElseThrow();
    }
}
