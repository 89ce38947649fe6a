package org.axongrid.mapper;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.partition.SequentialPartitioner;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.tile.TilePartitioner;

/**
 * The strategy of whoever names none: always the first that fits of a stated order. Sequential cuts along the Hilbert curve come first; where a layer would read more
 * sources than a core has input axons, cuts whose source layers keep more channels together; then boxes of all layers chosen at once.
 */
public final class DefaultStrategy {
    /** What it is called where a strategy has to be named. */
    public static final String ID = "default";
    private static final String WIDER = PositionOrder.HILBERT.strategy() + "-wide";
    /** In the order in which they are tried. */
    public static final List<String> ORDER = List.of(PositionOrder.HILBERT.strategy(), WIDER, TilePartitioner.ID);

    /**
     * What fits.
     *
     * @param partition what each core holds
     * @param refused   why the strategies before it do not fit, one sentence each; empty if it is the first
     */
    public record Fit(Partition partition, List<String> refused) {
        /** @return which strategy was taken instead of which and why, {@code null} if it was the first */
        public String note() {
            return refused.isEmpty() ? null : "mapping " + partition.strategy() + " is taken, because " + String.join("; ", refused);
        }
    }

    private DefaultStrategy() { }

    /**
     * @param net     the quantised network
     * @param chip    the chip whose limits hold
     * @param neurons what its neurons run
     * @param seed    of strategies that draw
     * @return the first partition that fits
     * @throws InvalidInputException if none fits: what binds the first strategy, and which were tried
     */
    public static Fit fit(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, long seed) {
        List<String> refused = new ArrayList<>();
        InvalidInputException first = null;
        SequentialPartitioner sequential = new SequentialPartitioner(net, chip, neurons, PositionOrder.HILBERT, seed);
        for (String strategy : ORDER) {
            try {
                return new Fit(partition(strategy, sequential, net, chip, neurons, seed), refused);
            } catch (InvalidInputException e) {
                first = first == null ? e : first;
                refused.add(strategy + " does not fit (" + e.getMessage() + ")");
            }
        }
        throw new InvalidInputException(first.getMessage() + "; tried were " + String.join(", ", ORDER));
    }

    private static Partition partition(String strategy, SequentialPartitioner sequential, QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, long seed) {
        if (strategy.equals(WIDER)) {
            Partition wide = sequential.withWiderSources();
            return new Partition(WIDER, wide.cores(), wide.chunk());
        }
        if (strategy.equals(ORDER.get(0))) {
            return sequential.partition();
        }
        return new SearchPartitioner(net, chip, neurons, null).partition(strategy, new Search(seed, 1, 0));
    }
}
