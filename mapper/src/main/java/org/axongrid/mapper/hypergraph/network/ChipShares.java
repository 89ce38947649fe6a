package org.axongrid.mapper.hypergraph.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.partition.Problem;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Hilbert;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Deals a network's neurons to chips before there are cores, then cuts each chip's share into cores. A core holds positions of one population and a range of
 * its channels, so what is dealt are positions with these ranges, as cut by the frame: the vertices of {@link NetworkHypergraph}, some neighbours
 * together so that shares stay compact. A vertex weighs the part of a core that it takes; chips have the capacity of their cores, less some for cores that
 * are not full where a population ends on a chip.
 */
final class ChipShares {
    /** Weight of a full core. */
    private static final int CORE = 1000;
    /** Of larger networks only cores are dealt to chips: the search would take longer than all else. */
    static final int VERTICES_MAX = 100_000;
    /** Parts of a chip's cores that are kept back in one try after the other. */
    private static final double[] RESERVED = {0, 0.04, 0.1, 0.2, 0.3};
    /** Blocks of a full core. */
    private static final int BLOCKS = 4;
    private static final String GROUPING = "multilevel";
    private static final double GROUPING_SHARE = 0.6;

    /**
     * A network whose cores know their chips.
     *
     * @param partition what each core holds
     * @param chipOf    chip by core
     */
    record Shares(Partition partition, int[] chipOf) { }

    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final Partition frame;
    private final NetworkHypergraph network;
    private final int[] frameCore;
    private final int chips;
    private final int colours;
    /** By colour: vertices that a core takes. */
    private final int[] perCore;
    /** By colour: a core of the frame that has it. */
    private final CorePiece[] model;
    /** Vertices in the frame's order: core after core, along a Hilbert curve within. */
    private final Integer[] order;

    ChipShares(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, Partition frame, NetworkHypergraph network, int chips) {
        this.net = net;
        this.chip = chip;
        this.neurons = neurons;
        this.frame = frame;
        this.network = network;
        this.chips = chips;
        frameCore = network.partOf(frame.cores());
        colours = Arrays.stream(network.colour()).max().orElse(0) + 1;
        perCore = new int[colours];
        model = new CorePiece[colours];
        for (CorePiece piece : frame.cores()) {
            int colour = network.colourOf(piece);
            perCore[colour] = Math.max(perCore[colour], piece.positions().length);
            model[colour] = piece;
        }
        int[] rank = ranks();
        order = new Integer[frameCore.length];
        Arrays.setAll(order, v -> v);
        Arrays.sort(order, Comparator.<Integer>comparingInt(v -> frameCore[v]).thenComparingInt(v -> rank[v]));
    }

    /** @return by vertex: place of its position on the Hilbert curve of its map */
    private int[] ranks() {
        int[] rank = new int[frameCore.length];
        for (int p = 1; p < frame.chunk().length; p++) {
            Shape shape = net.network().populations().get(p).shape();
            int[] along = Hilbert.order(shape.width(), shape.height());
            int[] place = new int[along.length];
            for (int i = 0; i < along.length; i++) {
                place[along[i]] = i;
            }
            network.setRanks(p, place, rank);
        }
        return rank;
    }

    /**
     * @param coreChip chip by core of the frame: where to start from
     * @param search   seed, threads and time
     * @param strategy name of the strategy; one that searches deals the positions of each chip to its cores once more
     * @return cores and their chips, or null if neurons cannot be dealt to so many chips, or not within the limits of cores
     */
    Shares deal(int[] coreChip, Search search, String strategy) {
        int perChip = chip.coresPerChip();
        int[] block = blocks();
        Hypergraph weighted = contracted(weighted(), block);
        for (double reserved : RESERVED) {
            int capacity = (int) Math.floor(perChip * (1 - reserved) * CORE);
            if ((long) capacity * chips < weighted.totalWeight() || weighted.largestWeight() > capacity) {
                break;
            }
            double seconds = search.seconds() * GROUPING_SHARE / 2;
            List<int[]> starts = Stream.of(ofBlocks(block, v -> coreChip[frameCore[v]]), inOrder(weighted, capacity))
                .filter(s -> holds(s, weighted, capacity)).toList();
            int[] found = PartitionStrategy.of(GROUPING).partition(new Problem(weighted, null, capacity, chips), new Search(search.seed(), 1, seconds), starts);
            if (Arrays.stream(found).max().orElse(0) >= chips) {
                continue;
            }
            int[] chipOf = Arrays.stream(block).map(b -> found[b]).toArray();
            List<CorePiece> pieces = new ArrayList<>();
            List<Integer> on = new ArrayList<>();
            consolidate(chipOf);
            cut(chipOf, pieces, on);
            if (fits(pieces, on)) {
                return refined(pieces, on, new Search(search.seed(), search.threads(), search.seconds() * (1 - GROUPING_SHARE)), strategy);
            }
        }
        return null;
    }

    /** @return the network's hypergraph with vertices that weigh the part of a core that they take */
    private Hypergraph weighted() {
        Hypergraph graph = network.graph();
        int[] weight = new int[graph.vertices()];
        for (int v = 0; v < weight.length; v++) {
            weight[v] = (CORE + perCore[network.colour()[v]] - 1) / perCore[network.colour()[v]];
        }
        return graph.withWeights(weight);
    }

    /** @return by vertex: its block, numbered in the frame's order: stretches of a core, so that what is dealt stays compact */
    private int[] blocks() {
        int[] size = new int[frame.cores().size()];
        for (int c : frameCore) {
            size[c]++;
        }
        int[] block = new int[frameCore.length];
        int[] seen = new int[size.length];
        int number = -1;
        int last = -1;
        for (int v : order) {
            int core = frameCore[v];
            int own = core * BLOCKS + (int) ((long) seen[core]++ * BLOCKS / size[core]);
            number += own == last ? 0 : 1;
            last = own;
            block[v] = number;
        }
        return block;
    }

    private static int[] ofBlocks(int[] block, IntUnaryOperator byVertex) {
        int[] value = new int[Arrays.stream(block).max().orElse(-1) + 1];
        for (int v = 0; v < block.length; v++) {
            value[block[v]] = byVertex.applyAsInt(v);
        }
        return value;
    }

    /** @return the hypergraph of blocks: a net for each of the old ones, with each block once */
    private static Hypergraph contracted(Hypergraph graph, int[] block) {
        int[] weight = new int[Arrays.stream(block).max().orElse(-1) + 1];
        for (int v = 0; v < block.length; v++) {
            weight[block[v]] += graph.weight(v);
        }
        int[] seen = new int[weight.length];
        Arrays.fill(seen, -1);
        IntArrayList rate = new IntArrayList();
        IntArrayList start = new IntArrayList();
        IntArrayList pins = new IntArrayList();
        start.addInt(0);
        for (int e = 0; e < graph.nets(); e++) {
            int before = pins.size();
            for (int i = graph.netStart(e); i < graph.netStart(e + 1); i++) {
                int b = block[graph.pin(i)];
                if (seen[b] != e) {
                    seen[b] = e;
                    pins.addInt(b);
                }
            }
            if (pins.size() == before + 1) {
                pins.removeAt(before);
                continue;
            }
            rate.addInt(graph.rate(e));
            start.addInt(pins.size());
        }
        return new Hypergraph(weight, rate.toIntArray(), start.toIntArray(), pins.toIntArray());
    }

    private boolean holds(int[] chipOf, Hypergraph weighted, int capacity) {
        long[] used = new long[chips];
        for (int v = 0; v < chipOf.length; v++) {
            if (chipOf[v] >= chips) {
                return false;
            }
            used[chipOf[v]] += weighted.weight(v);
        }
        return Arrays.stream(used).allMatch(u -> u <= capacity);
    }

    /** @return chips filled one after the other in the frame's order; there may be more than there are */
    private int[] inOrder(Hypergraph weighted, int capacity) {
        int[] chipOf = new int[weighted.vertices()];
        int k = 0;
        long used = 0;
        for (int v = 0; v < chipOf.length; v++) {
            if (used + weighted.weight(v) > capacity) {
                k++;
                used = 0;
            }
            used += weighted.weight(v);
            chipOf[v] = k;
        }
        return chipOf;
    }

    /** Moves what would only begin another core to chips that have a core of the colour with room, until each colour takes as few cores as it can. */
    private void consolidate(int[] chipOf) {
        int[][] share = new int[colours][chips];
        long[][] places = new long[colours][chips];
        for (int i = 0; i < order.length; i++) {
            share[network.colour()[order[i]]][chipOf[order[i]]]++;
            places[network.colour()[order[i]]][chipOf[order[i]]] += i;
        }
        for (int c = 0; c < colours; c++) {
            int cap = perCore[c];
            int cores = Arrays.stream(share[c]).map(n -> (n + cap - 1) / cap).sum();
            int fewest = (Arrays.stream(share[c]).sum() + cap - 1) / cap;
            for (; cores > fewest; cores--) {
                int from = -1;
                for (int k = 0; k < chips; k++) {
                    if (share[c][k] % cap > 0 && (from < 0 || share[c][k] % cap < share[c][from] % cap)) {
                        from = k;
                    }
                }
                while (share[c][from] % cap > 0) {
                    int to = -1;
                    for (int k = 0; k < chips; k++) {
                        if (k != from && share[c][k] % cap > 0 && (to < 0 || share[c][k] % cap > share[c][to] % cap)) {
                            to = k;
                        }
                    }
                    int n = Math.min(share[c][from] % cap, cap - share[c][to] % cap);
                    boolean later = places[c][to] / share[c][to] > places[c][from] / share[c][from];
                    move(c, from, to, n, later, chipOf);
                    share[c][from] -= n;
                    share[c][to] += n;
                }
            }
        }
    }

    /** Moves the last or the first n vertices, in the frame's order, of a colour from one chip to another. */
    private void move(int colour, int from, int to, int n, boolean last, int[] chipOf) {
        int left = n;
        for (int i = 0; i < order.length && left > 0; i++) {
            int v = order[last ? order.length - 1 - i : i];
            if (network.colour()[v] == colour && chipOf[v] == from) {
                chipOf[v] = to;
                left--;
            }
        }
    }

    /** Cuts each chip's share of each colour into as few cores as hold it, all alike, in the frame's order. */
    private void cut(int[] chipOf, List<CorePiece> pieces, List<Integer> on) {
        int[][] count = new int[colours][chips];
        for (int v = 0; v < chipOf.length; v++) {
            count[network.colour()[v]][chipOf[v]]++;
        }
        int[][][] members = new int[colours][chips][];
        for (int c = 0; c < colours; c++) {
            for (int k = 0; k < chips; k++) {
                members[c][k] = new int[count[c][k]];
                count[c][k] = 0;
            }
        }
        for (int v : order) {
            int c = network.colour()[v];
            members[c][chipOf[v]][count[c][chipOf[v]]++] = network.positionOf(v);
        }
        for (int c = 0; c < colours; c++) {
            for (int k = 0; k < chips; k++) {
                int n = members[c][k].length;
                int cores = n == 0 ? 0 : (n + perCore[c] - 1) / perCore[c];
                for (int i = 0; i < cores; i++) {
                    int[] positions = Arrays.copyOfRange(members[c][k], (int) ((long) n * i / cores), (int) ((long) n * (i + 1) / cores));
                    Arrays.sort(positions);
                    pieces.add(new CorePiece(model[c].population(), model[c].firstChannel(), model[c].channels(), positions));
                    on.add(k);
                }
            }
        }
    }

    /** Halves cores that exceed a limit until none does; says whether chips then have enough cores. */
    private boolean fits(List<CorePiece> pieces, List<Integer> on) {
        CoreBudget budget = new CoreBudget(net, chip, neurons, true, frame.chunk());
        int[] used = new int[chips];
        for (int p = frame.chunk().length - 1; p >= 1; p--) {
            List<CorePiece> own = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                if (pieces.get(i).population() != p) {
                    continue;
                }
                while (budget.use(pieces.get(i)).excess(chip) != null) {
                    CorePiece whole = pieces.get(i);
                    int half = whole.positions().length / 2;
                    if (half == 0) {
                        return false;
                    }
                    pieces.set(i, part(whole, 0, half));
                    pieces.add(part(whole, half, whole.positions().length));
                    on.add(on.get(i));
                }
                own.add(pieces.get(i));
                if (++used[on.get(i)] > chip.coresPerChip()) {
                    return false;
                }
            }
            budget.placed(p, own);
        }
        return true;
    }

    private static CorePiece part(CorePiece of, int from, int to) {
        return new CorePiece(of.population(), of.firstChannel(), of.channels(), Arrays.copyOfRange(of.positions(), from, to));
    }

    /** Searching strategies deal positions to the cores of a chip once more; what exceeds a limit then is not taken. */
    private Shares refined(List<CorePiece> pieces, List<Integer> on, Search search, String strategy) {
        int[] chipOf = on.stream().mapToInt(Integer::intValue).toArray();
        Shares found = new Shares(new Partition(strategy, pieces, frame.chunk()), chipOf);
        boolean searches = PartitionStrategy.names().contains(strategy) && PartitionStrategy.of(strategy).heedsColours();
        if (!searches) {
            return found;
        }
        int[] part = network.partOf(pieces);
        int[] coreColour = new int[pieces.size()];
        int[] capacity = new int[pieces.size()];
        int[] number = new int[colours * chips];
        int numbers = 0;
        for (int c = 0; c < capacity.length; c++) {
            int own = network.colourOf(pieces.get(c)) * chips + chipOf[c];
            number[own] = number[own] == 0 ? ++numbers : number[own];
            coreColour[c] = number[own] - 1;
            capacity[c] = perCore[network.colourOf(pieces.get(c))] * pieces.get(c).channels();
        }
        int[] colour = Arrays.stream(part).map(c -> coreColour[c]).toArray();
        int[] better = PartitionStrategy.of(strategy).partition(new Problem(network.graph(), colour, coreColour, capacity), search, List.of(part));
        List<CorePiece> again = new ArrayList<>();
        List<Integer> onAgain = new ArrayList<>();
        List<CorePiece> all = network.piecesOf(better, pieces);
        for (int c = 0; c < all.size(); c++) {
            if (all.get(c).positions().length > 0) {
                again.add(all.get(c));
                onAgain.add(chipOf[c]);
            }
        }
        return fits(again, onAgain) ? new Shares(new Partition(strategy, again, frame.chunk()), onAgain.stream().mapToInt(Integer::intValue).toArray()) : found;
    }
}
