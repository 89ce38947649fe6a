package org.axongrid.mapper.hypergraph.network;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.balance.BalancedPartitioner;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.partition.Problem;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.partition.SequentialPartitioner;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.tile.TilePartitioner;

/**
 * Applies a strategy to a network on a chip. Those for hypergraphs need a frame: the sequential partition along a Hilbert curve, which keeps all
 * limits, or for {@code auto} the boxes of {@code tile3d} if these have fewer packets, says how many cores each population gets, which channels each holds and how many neurons; the strategy then deals the positions to these
 * cores. Each core of the result is counted again by {@link CoreBudget}, since another patch can need more axons or longer lists: a
 * population with a core that exceeds a limit keeps its sequential cut.
 */
public final class SearchPartitioner {
    private static final String AUTO = "auto";

    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final int[][] rates;
    private final int cores;

    /**
     * @param net   the quantised network
     * @param chip  the chip whose limits hold
     * @param neurons what its neurons run
     * @param rates by population and neuron: spikes in 1000 steps; null if not known
     */
    public SearchPartitioner(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates) {
        this(net, chip, neurons, rates, 0);
    }

    /**
     * @param net   the quantised network
     * @param chip  the chip whose limits hold
     * @param neurons what its neurons run
     * @param rates by population and neuron: spikes in 1000 steps; null if not known
     * @param cores cores that {@code balanced} may use, 0 for all of the chips that the network takes anyway; other strategies take what they need
     */
    public SearchPartitioner(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates, int cores) {
        this.net = net;
        this.neurons = neurons;
        this.chip = chip;
        this.rates = rates;
        this.cores = cores;
    }

    /** @return names of the strategies that apply, the sequential ones included */
    public static List<String> names() {
        List<String> names = new ArrayList<>(PositionOrder.names());
        names.add(TilePartitioner.ID);
        names.add(BalancedPartitioner.ID);
        PartitionStrategy.ALL.stream().filter(PartitionStrategy::heedsColours).map(PartitionStrategy::id).forEach(names::add);
        return List.copyOf(names);
    }

    /**
     * @param strategy a strategy's name
     * @param search   seed, threads and time
     * @return the partition
     * @throws InvalidInputException if there is no such strategy, or the network does not fit, naming layer, limit and excess
     */
    public Partition partition(String strategy, Search search) {
        if (!names().contains(strategy)) {
            throw new InvalidInputException("no mapping strategy named '" + strategy + "'" + KeyedYaml.nearest(strategy, names())
                + " (known: "
                + String.join(", ", names()) + ")");
        }
        if (PositionOrder.names().contains(strategy)) {
            return new SequentialPartitioner(net, chip, neurons, PositionOrder.of(strategy), search.seed()).partition();
        }
        if (strategy.equals(BalancedPartitioner.ID)) {
            return new BalancedPartitioner(net, chip, neurons, rates).partition(frame(null, search.seed()), cores);
        }
        boolean auto = strategy.equals(AUTO);
        boolean tiled = strategy.equals(TilePartitioner.ID);
        Partition tiles = auto || tiled ? new TilePartitioner(net, chip, neurons, rates).partition() : null;
        if (tiles != null && tiled) {
            return tiles;
        }
        Partition start = frame(tiles, search.seed());
        if (tiled) {
            return new Partition(strategy, start.cores(), start.chunk());
        }
        Partition found = searched(strategy, search, start);
        return auto && packets(start) < packets(found) ? new Partition(strategy, start.cores(), start.chunk()) : found;
    }

    /**
     * @return the cut that says which channels of a position are one vertex of the network's hypergraph, for partitions from elsewhere
     * @throws InvalidInputException if the network does not fit, naming layer, limit and excess
     */
    public Partition frame() {
        return frame(null, 1);
    }

    /** @return the cut whose channels, cores and sizes a search keeps: the sequential one, or boxes if these have fewer packets or alone fit */
    private Partition frame(Partition tiles, long seed) {
        try {
            Partition sequential = new SequentialPartitioner(net, chip, neurons, PositionOrder.HILBERT, seed).partition();
            return tiles != null && packets(tiles) < packets(sequential) ? tiles : sequential;
        } catch (InvalidInputException e) {
            // Boxes of all layers are chosen together, so that they fit where layer after layer does not.
            Partition alone = tiles != null ? tiles : new TilePartitioner(net, chip, neurons, rates).partition();
            if (alone == null) {
                throw e;
            }
            return alone;
        }
    }

    private long packets(Partition partition) {
        NetworkHypergraph network = new NetworkHypergraph(net.network(), partition.chunk(), rates);
        return PartitionMetrics.of(network.graph(), network.partOf(partition.cores())).packets();
    }

    private Partition searched(String strategy, Search search, Partition start) {
        List<CorePiece> model = start.cores();
        NetworkHypergraph network = new NetworkHypergraph(net.network(), start.chunk(), rates);
        int[] coreColour = model.stream().mapToInt(network::colourOf).toArray();
        int[] most = new int[network.colour().length + 1];
        for (int c = 0; c < coreColour.length; c++) {
            most[coreColour[c]] = Math.max(most[coreColour[c]], model.get(c).compartments());
        }
        int[] capacity = new int[coreColour.length];
        for (int c = 0; c < capacity.length; c++) {
            capacity[c] = most[coreColour[c]];
        }
        Problem problem = new Problem(network.graph(), network.colour(), coreColour, capacity);
        int[] found = PartitionStrategy.of(strategy).partition(problem, search, List.of(network.partOf(model)));
        List<CorePiece> pieces = within(model, network.piecesOf(found, model), start.chunk());
        return new Partition(strategy, pieces.stream().filter(p -> p.positions().length > 0).toList(), start.chunk());
    }

    /** Populations that exceed a limit go back to the cut that does not, and if that is of no help all do. */
    private List<CorePiece> within(List<CorePiece> sequential, List<CorePiece> found, int[] chunk) {
        boolean[] back = new boolean[chunk.length];
        for (int tries = 0; tries < 2 * chunk.length; tries++) {
            List<CorePiece> pieces = new ArrayList<>();
            for (int c = 0; c < found.size(); c++) {
                pieces.add(back[found.get(c).population()] ? sequential.get(c) : found.get(c));
            }
            int wrong = firstOverLimit(pieces, chunk);
            if (wrong < 0) {
                return pieces;
            }
            if (back[wrong]) {
                break;
            }
            back[wrong] = true;
        }
        return sequential;
    }

    private int firstOverLimit(List<CorePiece> pieces, int[] chunk) {
        boolean severalChips = pieces.size() > chip.coresPerChip();
        CoreBudget budget = new CoreBudget(net, chip, neurons, severalChips, chunk);
        for (int p = chunk.length - 1; p >= 1; p--) {
            int population = p;
            List<CorePiece> own = pieces.stream().filter(c -> c.population() == population && c.positions().length > 0).toList();
            for (CorePiece piece : own) {
                if (budget.use(piece).excess(chip) != null) {
                    return p;
                }
            }
            budget.placed(p, own);
        }
        return -1;
    }
}
