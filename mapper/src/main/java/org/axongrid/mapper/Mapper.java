package org.axongrid.mapper;

import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.codegen.ImageBuilder;
import org.axongrid.mapper.hypergraph.network.PlacedNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** Maps a quantised network onto chips: partition, placement, image. */
public final class Mapper {
    /**
     * How to map.
     *
     * @param strategy the partitioning strategy's name, one of {@link SearchPartitioner#names()}
     * @param placer   the placement strategy
     * @param search   seed, and threads and time of a searching strategy
     * @param chips    chips that may be used at most
     * @param byTraffic places cores by their packets instead of the placer, as {@link PlacedNetwork} does; or null
     */
    public record Options(String strategy, Placer placer, Search search, int chips, CorePlacer byTraffic) {
        /** Part of the time that placing by traffic takes. */
        private static final double PLACEMENT_SHARE = 0.2;
        /** Time of a searching strategy where nothing is said. */
        private static final double SECONDS = 10;

        /**
         * @param strategy the partitioning strategy's name
         * @param placer   the placement strategy
         * @param search   seed, and threads and time of a searching strategy
         * @param chips    chips that may be used at most
         */
        public Options(String strategy, Placer placer, Search search, int chips) {
            this(strategy, placer, search, chips, null);
        }

        /**
         * @param order  a sequential strategy
         * @param placer the placement strategy
         * @param seed   for random ones
         * @param chips  chips that may be used at most
         */
        public Options(PositionOrder order, Placer placer, long seed, int chips) {
            this(order.strategy(), placer, new Search(seed, 1, 0), chips);
        }

        /**
         * @param strategy a strategy's name
         * @param seed     for random ones
         * @param chips    chips that may be used at most
         * @return options with the placer that goes with the strategy
         */
        public static Options of(String strategy, long seed, int chips) {
            Placer placer = switch (strategy) {
                case "sequential-raster" -> Placer.ROW_MAJOR;
                case "random" -> Placer.RANDOM;
                default -> Placer.HILBERT;
            };
            return new Options(strategy, placer, new Search(seed, Runtime.getRuntime().availableProcessors(), SECONDS), chips);
        }

        /** @return the same with another placer */
        public Options with(Placer other) {
            return new Options(strategy, other, search, chips, null);
        }

        /** @return the same with cores placed by their packets */
        public Options with(CorePlacer other) {
            return new Options(strategy, placer, search, chips, other);
        }

        /** @return seed, threads and time of placing by traffic */
        public Search placing() {
            return new Search(search.seed(), search.threads(), search.seconds() * PLACEMENT_SHARE);
        }

        /** @return the time of a strategy, less what placing takes */
        Search partitioning() {
            return byTraffic == null ? search : new Search(search.seed(), search.threads(), search.seconds() * (1 - PLACEMENT_SHARE));
        }
    }

    /**
     * What mapping gave.
     *
     * @param partition what each core holds
     * @param placement where each core is
     * @param image     ready to run
     */
    public record Mapping(Partition partition, Placement placement, ChipImage image) { }

    private Mapper() { }

    /** Maps with the neurons that the network's method needs. */
    public static Mapping map(QuantisedNetwork net, ChipSpec chip, Options options) {
        return map(net, chip, NeuronModel.of(net, chip), options);
    }

    /**
     * @param net     the quantised network
     * @param chip    the chip whose limits hold
     * @param neurons what its neurons run
     * @param options how
     * @return the mapping
     * @throws org.axongrid.isa.InvalidInputException if it does not fit, naming layer, limit and excess
     */
    public static Mapping map(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Options options) {
        return map(net, chip, neurons, new SearchPartitioner(net, chip, neurons, null).partition(options.strategy(), options.partitioning()), options);
    }

    /**
     * @param net       the quantised network
     * @param chip      the chip whose limits hold
     * @param neurons   what its neurons run
     * @param partition what each core holds
     * @param options   the placer, the seed and the chips
     * @return the mapping
     * @throws org.axongrid.isa.InvalidInputException if it needs too many chips
     */
    public static Mapping map(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Partition partition, Options options) {
        if (options.byTraffic() != null) {
            PlacedNetwork placed = PlacedNetwork.of(net, chip, neurons, null, partition, options.byTraffic(), options.chips(), PlacedNetwork.CROSSING_DEFAULT,
                options.placing());
            return new Mapping(placed.partition(), placed.placement(), ImageBuilder.build(net, chip, neurons, placed.partition(), placed.placement()));
        }
        Placement placement = options.placer().place(partition.cores().size(), chip, options.chips(), options.search().seed());
        return new Mapping(partition, placement, ImageBuilder.build(net, chip, neurons, partition, placement));
    }
}
