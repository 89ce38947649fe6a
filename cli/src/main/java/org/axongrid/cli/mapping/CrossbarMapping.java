package org.axongrid.cli.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.cli.output.HeapUse;
import org.axongrid.cli.pipeline.MappingRun;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.hypergraph.network.TrafficPlacer;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.onnx.OnnxImporter;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.truenorth.CrossbarPartition;
import org.axongrid.mapper.truenorth.CrossbarPlacer;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/** Maps a trained network onto crossbar cores with one or several strategies and placers, each down to the chip image, which is checked. */
public final class CrossbarMapping {
    /** Part of the budget that placing takes; strategies take as long as they need. */
    private static final double PLACEMENT_SHARE = 0.2;

    private final Options options;
    private final ChipSpec chip;
    private final Network network;
    private final SpikingNetwork spiking;
    private final QuantisedNetwork net;
    private final int chipsMax;
    private final DataSet measured;
    private final DataSet data;

    /**
     * What to do.
     *
     * @param model      ONNX file
     * @param chip       a chip with crossbar cores
     * @param chips      chips at most, 0 for the chip's own limit
     * @param weightBits digits of weights
     * @param strategies some of {@link CrossbarPartition#names}
     * @param placers    some of {@link CrossbarPlacer#names}, all on each partition
     * @param rates      data to measure spike rates on, or null for uniform ones
     * @param images     images to measure on
     * @param steps      time-steps of each image
     * @param seed       of all that is random
     * @param threads    threads of the host
     * @param seconds    a fifth of it is the time of a searching placer
     * @param emulate    data to emulate each mapping on, or null
     * @param emulated   images of it
     * @param crossing   hops that a border between chips is worth in placing, -1 for none
     */
    public record Options(Path model, ChipSpec chip, int chips, int weightBits, List<String> strategies, List<String> placers, String rates, int images,
                          int steps, long seed, int threads, double seconds, String emulate, int emulated, int crossing) { }

    /**
     * A strategy with a placer.
     *
     * @param strategy  name of the strategy
     * @param placer    name of the placer
     * @param cores     cores in use
     * @param chips     chips
     * @param use       neurons of each kind, packets and hops if all send
     * @param part      by neuron of the network: core of its first copy
     * @param population by core: the population it works for, 0 for sources of biases
     * @param tile      by core: its tile in the mesh of all chips
     * @param coreOf    by core: its number in the system
     * @param traffic   packets between cores by the rates
     * @param costs     hops and links of that traffic
     * @param crossings packets of it between chips
     * @param fullest   use of {@link ResourceUse#LIMITS} that the chip has, by the fullest core and on average
     * @param violated  limits that do not hold, one sentence each
     * @param seconds   host time
     * @param peakHeap  most bytes of heap in use meanwhile
     * @param emulated  what the emulator says, or null
     */
    public record Row(String strategy, String placer, int cores, int chips, TrueNorthMapping.Use use, int[] part, int[] population, int[] tile, int[] coreOf,
                      CoreTraffic traffic, PlacementMetrics costs, long crossings, List<ResourceUse.Utilisation> fullest, List<String> violated,
                      double seconds, long peakHeap, MappingRun emulated) { }

    /**
     * @param options what to do
     * @throws InvalidInputException if the model or the data cannot be used
     */
    public CrossbarMapping(Options options) {
        this(options, OnnxImporter.read(options.model(), new ArrayList<>()));
    }

    private CrossbarMapping(Options options, Network network) {
        this(options, network, QcfsConversion.convert(network), open(options.rates(), network), open(options.emulate(), network));
    }

    /**
     * @param options  what to do; its files are not looked at
     * @param network  as trained
     * @param spiking  the same converted
     * @param measured data to measure spike rates on, or null for uniform ones
     * @param data     data to emulate each mapping on, or null
     */
    public CrossbarMapping(Options options, Network network, SpikingNetwork spiking, DataSet measured, DataSet data) {
        this.options = options;
        this.network = network;
        this.spiking = spiking;
        this.measured = measured;
        this.data = data;
        chip = options.chip();
        net = DigitQuantiser.quantise(spiking, chip, options.weightBits());
        chipsMax = options.chips() == 0 ? chip.get(ChipParameter.CHIPS_MAX) : options.chips();
    }

    private static DataSet open(String name, Network network) {
        return name == null ? null : DataSets.open(name, network, network.readout().shape().size());
    }

    /**
     * @return a row for each strategy and placer, in their order
     * @throws InvalidInputException if the network does not fit, naming layer, limit, excess and what would fit
     */
    public List<Row> run() {
        List<Row> rows = new ArrayList<>();
        for (String strategy : options.strategies()) {
            HeapUse.reset();
            long start = System.nanoTime();
            CrossbarPartition partition = CrossbarPartition.of(net, chip, strategy, chipsMax, options.seed());
            int[][] rates = measured == null ? null : rates(partition);
            CoreTraffic traffic = partition.traffic(rates);
            double seconds = (System.nanoTime() - start) * 1e-9;
            for (String placer : options.placers()) {
                rows.add(placed(partition, traffic, placer, seconds));
            }
        }
        return rows;
    }

    private int[][] rates(CrossbarPartition partition) {
        Placement anywhere = Placer.HILBERT.place(partition.cores(), chip, chipsMax, options.seed());
        int[][] spikes = CrossbarRates.measure(MappingRun.prepared(spiking, net, partition.on(anywhere)), measured,
            Math.min(options.images(), measured.size()), options.steps(), options.threads());
        return partition.byCore(spikes, anywhere);
    }

    private Row placed(CrossbarPartition partition, CoreTraffic traffic, String placer, double before) {
        long start = System.nanoTime();
        Placement placement = CrossbarPlacer.place(partition, traffic, chip, chipsMax, placer, options.crossing(), options.seed(), options.seconds() * PLACEMENT_SHARE);
        TrueNorthMapping mapping = partition.on(placement);
        double seconds = before + (System.nanoTime() - start) * 1e-9;
        long heap = HeapUse.peakBytes();
        // One sentence, and not one for each core that has such a destination.
        List<String> violated = mapping.beyondReach() != null ? List.of(mapping.beyondReach()) : ChipImageValidator.problems(mapping.image());
        TrafficPlacer onChips = new TrafficPlacer(chip, placement.chips(), options.crossing());
        MappingRun emulated = data == null || !violated.isEmpty() ? null
            : MappingRun.of(spiking, net, mapping, data, Math.min(options.emulated(), data.size()), options.steps(), options.threads());
        return new Row(partition.strategy(), placer, partition.cores(), placement.chips(), mapping.use(), partition.firstCores(), partition.populations(),
            onChips.tiles(placement), placement.coreOf(), traffic, onChips.metrics(traffic, placement), onChips.crossings(traffic, placement),
            ResourceUse.utilisation(mapping.image()), violated, seconds, heap, emulated);
    }

    /** @return the row with the fewest hops of those that fit, or of all */
    public static Row best(List<Row> rows) {
        Comparator<Row> fits = Comparator.comparing(r -> !r.violated().isEmpty());
        return rows.stream().min(fits.thenComparingLong(r -> r.costs().hopPackets())).orElseThrow();
    }

    /** @return a picture of a row: cores coloured by layer, links by load */
    public String picture(Row row) {
        String title = network.name() + " on " + chip.name() + ": " + row.strategy() + ", " + row.placer() + ", " + row.cores() + " cores on " + row.chips()
            + (row.chips() == 1 ? " chip" : " chips");
        return PlacementSvg.of(new PlacementSvg.Picture(title, chip, network, row.costs(), row.traffic(), row.tile(), row.coreOf(), row.population()));
    }
}
