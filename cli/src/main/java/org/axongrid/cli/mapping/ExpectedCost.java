package org.axongrid.cli.mapping;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.mapper.balance.CoreLoad;
import org.axongrid.mapper.balance.WorkTimes;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.network.NetworkHypergraph;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;

/**
 * What a step is expected to take by spike rates alone: the proxies that a mapping is judged by where it is not emulated.
 *
 * @param busiestPs time of the busiest core in a step, a lower bound of the step without the barrier
 * @param meanPs    the same, mean over the cores
 * @param dynamicJ  dynamic energy of a step, by the chip's energy profile
 */
public record ExpectedCost(double busiestPs, double meanPs, double dynamicJ) {
    private static final int STEPS = 1000;

    static ExpectedCost of(Network network, ChipSpec chip, Partition partition, int[][] rates, CoreTraffic traffic, int[] tile, Mesh mesh, long crossings) {
        CoreLoad load = CoreLoad.of(network, partition.chunk(), partition.cores(), rates, NetworkHypergraph.UNIFORM_RATE, WorkTimes.of(chip));
        EventCounters counters = new EventCounters();
        counters.spikes = (long) (load.spikes() * STEPS);
        counters.synapticOperations[SynapseFormat.Kind.SHARED.ordinal()] = (long) (load.operations() * STEPS);
        counters.updatesActive = partition.cores().stream().mapToLong(CorePiece::compartments).sum() * STEPS;
        counters.messages = traffic.total();
        counters.messagesReceived = counters.messages;
        counters.chipCrossings = crossings;
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                int b = traffic.to()[i];
                counters.hopsX += traffic.packets()[i] * Math.abs(mesh.routerColumn(tile[a]) - mesh.routerColumn(tile[b]));
                counters.hopsY += traffic.packets()[i] * Math.abs(mesh.routerRow(tile[a]) - mesh.routerRow(tile[b]));
                counters.messagesWithinTile += tile[a] == tile[b] ? traffic.packets()[i] : 0;
            }
        }
        counters.steps = STEPS;
        double dynamic = EnergyModel.price(counters, CostProfiles.open(chip.energyProfile()), 1, 0).dynamicJ() / STEPS;
        return new ExpectedCost(load.busiest(), load.mean(), dynamic);
    }
}
