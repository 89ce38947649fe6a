package org.axongrid.mapper.hypergraph.network;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * A partition on its chips. On several chips there are two candidates unless the partition is imported, and the cheaper in hops and weighted crossings is taken: the cores of the partition
 * dealt to chips, and neurons dealt to chips first and cut into cores there.
 *
 * @param partition what each core holds
 * @param graph     the network's hypergraph for the partition's channels
 * @param part      core by vertex of that
 * @param traffic   packets between cores
 * @param placement where cores are
 * @param placer    knows the chips
 * @param neuronsFirst whether neurons were dealt to chips before there were cores
 */
public record PlacedNetwork(Partition partition, NetworkHypergraph graph, int[] part, CoreTraffic traffic, Placement placement, TrafficPlacer placer,
                            boolean neuronsFirst) {
    /** What a border between chips is worth in hops where nothing is said: no profile of Loihi has a published figure. */
    public static final int CROSSING_DEFAULT = 10;

    /**
     * @param net       the network
     * @param chip      the chip
     * @param neurons   what its neurons run
     * @param rates     by population and neuron: spikes in 1000 steps; null if not known
     * @param partition what each core holds
     * @param placer    the placer
     * @param chipsMax  chips that may be used
     * @param crossing  what a border between chips is worth in hops; -1: place as if there were none
     * @param search    seed, threads and time for all of this
     * @return the partition or another on as many chips, placed
     * @throws InvalidInputException if there are not enough chips, saying by how much
     */
    public static PlacedNetwork of(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates, Partition partition, CorePlacer placer,
                                   int chipsMax, int crossing, Search search) {
        // Says how many chips it takes, or that there are not as many.
        int chips = Placer.ROW_MAJOR.place(partition.cores().size(), chip, chipsMax, search.seed()).chips();
        NetworkHypergraph graph = new NetworkHypergraph(net.network(), partition.chunk(), rates);
        TrafficPlacer onChips = new TrafficPlacer(chip, chips, crossing);
        // Somebody else's cores are theirs.
        boolean ours = !partition.strategy().equals(ImportedPartition.NAME);
        boolean both = ours && chips > 1 && crossing >= 0 && graph.graph().vertices() <= ChipShares.VERTICES_MAX;
        double share = both ? search.seconds() / 3 : search.seconds();
        PlacedNetwork coresFirst = of(partition, graph, onChips, null, placer, search.seed(), share);
        if (!both) {
            return coresFirst;
        }
        ChipShares.Shares shares = new ChipShares(net, chip, neurons, partition, graph, chips)
            .deal(Arrays.stream(coresFirst.placement.coreOf()).map(chip::chipOf).toArray(), new Search(search.seed(), search.threads(), share),
                partition.strategy());
        if (shares == null) {
            return coresFirst;
        }
        PlacedNetwork neuronsFirst = of(shares.partition(), graph, onChips, shares.chipOf(), placer, search.seed(), share);
        return neuronsFirst.cost() < coresFirst.cost() ? neuronsFirst : coresFirst;
    }

    private static PlacedNetwork of(Partition partition, NetworkHypergraph graph, TrafficPlacer onChips, int[] chipOf, CorePlacer placer, long seed,
                                    double seconds) {
        int[] part = graph.partOf(partition.cores());
        CoreTraffic traffic = CoreTraffic.of(graph.graph(), part, partition.cores().size());
        Placement placement = chipOf == null ? onChips.place(traffic, placer, seed, seconds) : onChips.place(traffic, placer, chipOf, seed, seconds);
        return new PlacedNetwork(partition, graph, part, traffic, placement, onChips, chipOf != null);
    }

    /** @return hops and weighted crossings */
    public long cost() {
        return placer.cost(traffic, placement);
    }
}
