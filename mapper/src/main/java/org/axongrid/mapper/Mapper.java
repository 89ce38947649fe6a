package org.axongrid.mapper;

import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.codegen.ImageBuilder;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.partition.SequentialPartitioner;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** Maps a quantised network onto chips: partition, placement, image. */
public final class Mapper {
    /**
     * How to map.
     *
     * @param order  the partitioning strategy
     * @param placer the placement strategy
     * @param seed   for random ones
     * @param chips  chips that may be used at most
     */
    public record Options(PositionOrder order, Placer placer, long seed, int chips) {
        /**
         * @param strategy a strategy's name
         * @param seed     for random ones
         * @param chips    chips that may be used at most
         * @return options with the placer that goes with the strategy
         */
        public static Options of(String strategy, long seed, int chips) {
            PositionOrder order = PositionOrder.of(strategy);
            Placer placer = switch (order) {
                case RASTER -> Placer.ROW_MAJOR;
                case HILBERT -> Placer.HILBERT;
                case RANDOM -> Placer.RANDOM;
            };
            return new Options(order, placer, seed, chips);
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

    /** Maps with the neurons that converted networks need: {@link NeuronModel#standard}. */
    public static Mapping map(QuantisedNetwork net, ChipSpec chip, Options options) {
        return map(net, chip, NeuronModel.standard(chip), options);
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
        Partition partition = new SequentialPartitioner(net, chip, neurons, options.order(), options.seed()).partition();
        Placement placement = options.placer().place(partition.cores().size(), chip, options.chips(), options.seed());
        return new Mapping(partition, placement, ImageBuilder.build(net, chip, neurons, partition, placement));
    }
}
