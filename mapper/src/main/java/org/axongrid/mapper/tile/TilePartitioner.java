package org.axongrid.mapper.tile;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * The strategy {@code tile3d}: every population in boxes of rows, columns and channels, the boxes of all populations chosen together from closed
 * forms ({@link TilePlan}), then each core counted as it is. The time does not depend on the number of neurons, but on that of layers and cores.
 */
public final class TilePartitioner {
    /** The strategy's name. */
    public static final String ID = "tile3d";
    /** Spikes of a neuron in 1000 steps where no rates are known. */
    static final int UNIFORM_RATE = 100;
    private static final int TRIES = 100;
    /** The dearest core, in packets per 1000 steps, and how prices follow each other. */
    private static final double DEAREST = 2e6;
    private static final double DEARER = 5;

    private final QuantisedNetwork net;
    private final Network network;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final Reach[] reach;
    private final TileChoices offered;

    /**
     * @param net     the quantised network
     * @param chip    the chip whose limits hold
     * @param neurons what its neurons run
     * @param rates   by population and neuron: spikes in 1000 steps; null if not known
     */
    public TilePartitioner(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates) {
        this.net = net;
        this.network = net.network();
        this.chip = chip;
        this.neurons = neurons;
        reach = network.projections().stream().map(p -> new Reach(p, chip)).toArray(Reach[]::new);
        offered = new TileChoices(net, chip, neurons, rates, reach);
    }

    /**
     * Of the cuts for several prices of a core the one with the least product of packets and cores is taken: a hundredth more cores must save
     * a hundredth of the packets.
     *
     * @return the partition; null if no choice of boxes keeps all limits, which patches of other shapes still may
     */
    public Partition partition() {
        List<List<TileBox>> choices = new ArrayList<>(List.of(List.of()));
        for (int p = 1; p < network.populations().size(); p++) {
            choices.add(offered.of(p));
        }
        Partition onOneChip = partition(choices, false);
        return onOneChip == null || onOneChip.cores().size() <= chip.coresPerChip() ? onOneChip : partition(choices, true);
    }

    private Partition partition(List<List<TileBox>> choices, boolean severalChips) {
        TilePlan plan = new TilePlan(network, chip, neurons, reach, choices, severalChips);
        boolean[][] banned = choices.stream().map(c -> new boolean[c.size()]).toArray(boolean[][]::new);
        for (int i = 0; i < TRIES; i++) {
            int[] choice = cheapest(plan, choices, banned);
            if (choice == null) {
                return null;
            }
            List<List<CorePiece>> pieces = new ArrayList<>();
            int[] chunk = new int[choice.length];
            chunk[0] = network.input().shape().channels();
            pieces.add(List.of());
            for (int p = 1; p < choice.length; p++) {
                TileBox box = choices.get(p).get(choice[p]);
                chunk[p] = box.chunk();
                pieces.add(pieces(p, box));
            }
            int wrong = firstOverLimit(pieces, chunk, severalChips);
            if (wrong < 0) {
                return new Partition(ID, pieces.stream().flatMap(List::stream).toList(), chunk);
            }
            banned[wrong][choice[wrong]] = true;
        }
        return null;
    }

    private int[] cheapest(TilePlan plan, List<List<TileBox>> choices, boolean[][] banned) {
        int[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double price = UNIFORM_RATE; price <= DEAREST; price *= DEARER) {
            int[] choice = plan.best(banned, price);
            if (choice == null) {
                return best;
            }
            double packets = 1;
            double cores = 0;
            for (int p = 1; p < choice.length; p++) {
                packets += choices.get(p).get(choice[p]).packets();
                cores += choices.get(p).get(choice[p]).cores();
            }
            if (packets * cores < least) {
                least = packets * cores;
                best = choice;
            }
        }
        return best;
    }

    /** The closed forms are of boxes of one size; every core is counted once more as it is. */
    private int firstOverLimit(List<List<CorePiece>> pieces, int[] chunk, boolean severalChips) {
        CoreBudget budget = new CoreBudget(net, chip, neurons, severalChips, chunk);
        for (int p = chunk.length - 1; p >= 1; p--) {
            if (pieces.get(p).parallelStream().anyMatch(piece -> budget.use(piece).excess(chip) != null)) {
                return p;
            }
            budget.placed(p, pieces.get(p));
        }
        return -1;
    }

    private List<CorePiece> pieces(int population, TileBox box) {
        Shape shape = network.populations().get(population).shape();
        List<CorePiece> pieces = new ArrayList<>();
        for (int row = 0; row < box.rows(); row++) {
            // Every other row of boxes backwards: neighbours in this order are neighbours in the map, which order-keeping placers use.
            for (int i = 0; i < box.columns(); i++) {
                int column = row % 2 == 0 ? i : box.columns() - 1 - i;
                for (int first = 0; first < shape.channels(); first += box.chunk()) {
                    pieces.add(piece(shape, population, box, row, column, first));
                }
            }
        }
        return pieces;
    }

    static CorePiece piece(Shape shape, int population, TileBox box, int row, int column, int firstChannel) {
        int top = TileBox.first(row, box.rows(), shape.height());
        int left = TileBox.first(column, box.columns(), shape.width());
        int bottom = TileBox.first(row + 1, box.rows(), shape.height());
        int right = TileBox.first(column + 1, box.columns(), shape.width());
        int[] positions = new int[(bottom - top) * (right - left)];
        int n = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                positions[n++] = y * shape.width() + x;
            }
        }
        return new CorePiece(population, firstChannel, Math.min(box.chunk(), shape.channels() - firstChannel), positions);
    }
}
