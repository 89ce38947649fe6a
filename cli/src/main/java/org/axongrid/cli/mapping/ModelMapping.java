package org.axongrid.cli.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.cli.output.HeapUse;
import org.axongrid.cli.pipeline.ImportOptions;
import org.axongrid.cli.pipeline.ImportedModel;
import org.axongrid.cli.pipeline.MappingRun;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.codegen.ImageBuilder;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.PartFile;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.network.ImportedPartition;
import org.axongrid.mapper.hypergraph.network.NetworkHypergraph;
import org.axongrid.mapper.hypergraph.network.PlacedNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.network.TrafficPlacer;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PartitionUse;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;

/** Maps a trained network onto a chip with one or several strategies and placers, each down to the chip image, which is checked. */
public final class ModelMapping {
    private static final double PLACEMENT_SHARE = 0.2;
    private static final int WEIGHT_BITS = 8;
    /** Of larger networks no image is written: its synapse lists would be gigabytes that no column needs. */
    private static final long NEURONS_IMAGED_MAX = 1_000_000;

    private final Options options;
    private final ChipSpec chip;
    private final QuantisedNetwork net;
    private final int[][] rates;
    private final int chipsMax;
    private final SpikingNetwork spiking;
    private final DataSet data;
    private ImportedPartition imported;

    /**
     * What to do.
     *
     * @param model      file of the model
     * @param importing  how it is read if it describes spiking neurons
     * @param chip       chip preset or description
     * @param chips      chips at most, 0 for the chip's own limit
     * @param strategies names of partition strategies
     * @param placers    placers, all on each partition
     * @param rates      data to measure spike rates on, or null for uniform ones
     * @param images     images to measure on
     * @param steps      time-steps of each
     * @param seed       of all that is random
     * @param threads    threads of the host
     * @param seconds    time for each searching strategy, its placement included
     * @param cores      cores that the strategy balanced may use, 0 for all of the chips that the network takes anyway
     * @param emulate    data to emulate each mapping on, or null
     * @param emulated   images of it
     * @param crossing   hops that a border between chips is worth in placing, -1 for none and no chip level
     * @param importPart file of a partition of {@link #hypergraph()} to score and place before those of the strategies, or null
     */
    public record Options(Path model, ImportOptions importing, String chip, int chips, List<String> strategies, List<CorePlacer> placers, String rates, int images,
                          int steps, long seed, int threads, double seconds, int cores, String emulate, int emulated, int crossing, Path importPart) { }

    /**
     * One row and what its picture needs.
     *
     * @param row       the figures
     * @param use       how full cores are
     * @param partition what each core holds
     * @param placement where it is
     * @param traffic   packets between cores
     * @param crossings packets between chips
     * @param neuronsFirst whether neurons were dealt to chips before there were cores
     * @param expected  time and energy of a step by spike rates
     * @param emulated  the same in the emulator, or null
     */
    public record Mapped(MappingRow row, List<ResourceUse.Utilisation> use, Partition partition, Placement placement, CoreTraffic traffic,
                         long crossings, boolean neuronsFirst, ExpectedCost expected, MappingRun emulated) { }

    /**
     * @param options what to do
     * @throws org.axongrid.isa.InvalidInputException if the model or the data cannot be used
     */
    public ModelMapping(Options options) {
        this.options = options;
        chip = ChipSpecs.open(options.chip());
        ImportedModel imported = ImportedModel.read(options.model(), options.importing());
        Network network = imported.network();
        spiking = imported.own() == null ? QcfsConversion.convert(network) : imported.own();
        net = imported.quantise(spiking, Quantiser.Options.forChip(chip, WEIGHT_BITS, Scales.GROUPED));
        chipsMax = options.chips() == 0 ? chip.get(ChipParameter.CHIPS_MAX) : options.chips();
        if (options.emulate() != null && (network.eventInput() || isLarge())) {
            throw new InvalidInputException("--emulate " + (isLarge() ? "takes networks of at most " + NEURONS_IMAGED_MAX + " neurons"
                : "runs images, and this network's input takes spikes"));
        }
        data = options.emulate() == null ? null : DataSets.open(options.emulate(), network, network.readout().shape().size());
        if (options.rates() == null) {
            rates = null;
        } else if (network.eventInput()) {
            throw new InvalidInputException("--rates measures on images, and this network's input takes spikes");
        } else {
            DataSet measured = DataSets.open(options.rates(), network, network.readout().shape().size());
            rates = SpikeRates.measure(spiking, net, chip, measured, Math.min(options.images(), measured.size()), options.steps());
        }
    }

    /** @return the chip */
    public ChipSpec chip() {
        return chip;
    }

    /** @return the network */
    public Network network() {
        return net.network();
    }

    /** @return a row for each strategy and placer, in their order */
    public List<Mapped> run() {
        List<Mapped> rows = new ArrayList<>();
        if (options.importPart() != null) {
            HeapUse.reset();
            long start = System.nanoTime();
            NetworkHypergraph graph = hypergraph();
            imported = ImportedPartition.of(PartFile.read(options.importPart(), graph.graph().vertices()), graph, partitioner().frame());
            double seconds = (System.nanoTime() - start) * 1e-9;
            for (CorePlacer placer : options.placers()) {
                rows.add(placed(ImportedPartition.NAME, imported.partition(), placer, seconds));
            }
        }
        for (String strategy : options.strategies()) {
            HeapUse.reset();
            long start = System.nanoTime();
            Search search = new Search(options.seed(), options.threads(), options.seconds() * (1 - PLACEMENT_SHARE));
            Partition partition = partitioner().partition(strategy, search);
            double seconds = (System.nanoTime() - start) * 1e-9;
            for (CorePlacer placer : options.placers()) {
                rows.add(placed(strategy, partition, placer, seconds));
            }
        }
        return rows;
    }

    /** @return the hypergraph of the network whose partitions can be imported: chunks of channels as the sequential cut has them */
    public NetworkHypergraph hypergraph() {
        return new NetworkHypergraph(net.network(), partitioner().frame().chunk(), rates);
    }

    /** @return the partition that {@link #run} imported, or null */
    public ImportedPartition imported() {
        return imported;
    }

    private SearchPartitioner partitioner() {
        return new SearchPartitioner(net, chip, NeuronModel.of(net, chip), rates, options.cores());
    }

    /** @return whether the network is so large that cores are counted and no image is written */
    public boolean isLarge() {
        return net.network().populations().stream().skip(1).mapToLong(p -> p.shape().size()).sum() > NEURONS_IMAGED_MAX;
    }

    private Mapped placed(String strategy, Partition cut, CorePlacer placer, double before) {
        long start = System.nanoTime();
        PlacedNetwork placed = PlacedNetwork.of(net, chip, NeuronModel.of(net, chip), rates, cut, placer, chipsMax, options.crossing(),
            new Search(options.seed(), options.threads(), options.seconds() * PLACEMENT_SHARE));
        Partition partition = placed.partition();
        Placement placement = placed.placement();
        CoreTraffic traffic = placed.traffic();
        TrafficPlacer onChips = placed.placer();
        int chips = placement.chips();
        int[] part = placed.part();
        double seconds = before + (System.nanoTime() - start) * 1e-9;
        long heap = HeapUse.peakBytes();
        List<String> violated;
        List<ResourceUse.Utilisation> use;
        MappingRun emulated = null;
        if (isLarge()) {
            PartitionUse counted = PartitionUse.of(net, chip, NeuronModel.of(net, chip), partition, chips > 1);
            violated = counted.violated();
            use = counted.utilisation(chip);
        } else {
            ChipImage image = ImageBuilder.build(net, chip, NeuronModel.of(net, chip), partition, placement);
            violated = ChipImageValidator.problems(image);
            use = ResourceUse.utilisation(image);
            if (data != null && violated.isEmpty()) {
                emulated = MappingRun.of(spiking, net, new Mapper.Mapping(partition, placement, image), data, Math.min(options.emulated(), data.size()),
                    options.steps(), options.threads());
            }
        }
        MappingRow row = new MappingRow(strategy, placer.id(), chips, part, onChips.tiles(placement), PartitionMetrics.of(placed.graph().graph(),
            part), onChips.metrics(traffic, placement), violated, seconds, heap);
        long crossings = onChips.crossings(traffic, placement);
        ExpectedCost expected = ExpectedCost.of(net.network(), chip, partition, rates, traffic, row.tile(), onChips.mesh(), crossings);
        return new Mapped(row, use, partition, placement, traffic, crossings, placed.neuronsFirst(), expected, emulated);
    }
}
