package org.axongrid.mapper.tile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.CoreUse;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * The boxes of a population that keep the limits which do not depend on how its neighbours are cut: neurons, synapse memory with shared lists,
 * list length, thresholds. What a box takes grows with it, so for each chunk only the staircase of the largest boxes that fit is counted.
 */
final class TileChoices {
    /** Boxes kept for each number of channels, and for a population. */
    private static final int PER_CHUNK = 5;
    private static final int MOST = 64;
    /** More chunks than that only in steps of a quarter. */
    private static final int ALL_PARTS = 8;

    private final QuantisedNetwork net;
    private final Network network;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final int[][] rates;
    private final Reach[] reach;
    private final Map<Object, CoreUse> counted = new HashMap<>();

    TileChoices(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates, Reach[] reach) {
        this.net = net;
        this.network = net.network();
        this.chip = chip;
        this.neurons = neurons;
        this.rates = rates;
        this.reach = reach;
    }

    /** @return boxes of a population, fewest packets first; none if no box fits */
    List<TileBox> of(int population) {
        Shape shape = network.populations().get(population).shape();
        int[] down = splits(shape.height());
        int[] across = splits(shape.width());
        double[][] packets = new double[down.length][across.length];
        List<TileBox> found = new ArrayList<>();
        for (int chunk : chunks(shape.channels())) {
            if (!thresholdsFit(population, shape.channels(), chunk)) {
                continue;
            }
            for (int i = 0; i < down.length; i++) {
                for (int j = 0; j < across.length; j++) {
                    packets[i][j] = packets(population, down[i], across[j], chunk);
                }
            }
            found.addAll(staircase(population, shape, chunk, down, across, packets));
        }
        found.sort(Comparator.comparingDouble(TileBox::packets).thenComparingInt(TileBox::cores));
        return found.size() <= MOST ? found : thinned(found);
    }

    /** Keeps the best half, and of the others every so many, so that a box of each kind is left. */
    private static List<TileBox> thinned(List<TileBox> all) {
        List<TileBox> kept = new ArrayList<>(all.subList(0, MOST / 2));
        int rest = all.size() - MOST / 2;
        for (int i = 0; i < MOST / 2; i++) {
            kept.add(all.get(MOST / 2 + (int) ((long) i * rest / (MOST / 2))));
        }
        return kept;
    }

    private List<TileBox> staircase(int population, Shape shape, int chunk, int[] down, int[] across, double[][] packets) {
        List<TileBox> boxes = new ArrayList<>();
        int j = across.length - 1;
        // From few parts along the rows to many: the fewest parts along the columns that still fit go down.
        for (int i = 0; i < down.length; i++) {
            if (box(population, shape, chunk, down[i], across[j], packets[i][j]) == null) {
                continue;
            }
            while (j > 0 && box(population, shape, chunk, down[i], across[j - 1], packets[i][j - 1]) != null) {
                j--;
            }
            long words = box(population, shape, chunk, down[i], across[j], packets[i][j]).words();
            for (int k = j; k < across.length; k++) {
                boxes.add(make(shape, chunk, down[i], across[k], packets[i][k], words));
            }
        }
        boxes.sort(Comparator.comparingDouble(TileBox::packets).thenComparingInt(TileBox::cores));
        // A box with more packets is of use only where it is smaller, for the axons' sake.
        List<TileBox> kept = new ArrayList<>();
        int smallest = Integer.MAX_VALUE;
        for (TileBox b : boxes) {
            if (b.neurons() < smallest) {
                smallest = kept.isEmpty() ? b.neurons() : Math.min(smallest, b.neurons() * 4 / 5 + 1);
                kept.add(b);
            }
            if (kept.size() == PER_CHUNK) {
                break;
            }
        }
        if (!boxes.isEmpty()) {
            TileBox last = boxes.stream().min(Comparator.comparingInt(TileBox::neurons)).orElseThrow();
            if (!kept.contains(last)) {
                kept.add(last);
            }
        }
        return kept;
    }

    private static TileBox make(Shape shape, int chunk, int rows, int columns, double packets, long words) {
        int chunks = (shape.channels() + chunk - 1) / chunk;
        return new TileBox(rows, columns, chunk, (shape.height() + rows - 1) / rows, (shape.width() + columns - 1) / columns,
            rows * columns * chunks, packets, words);
    }

    /** @return the box if it fits, else null */
    private TileBox box(int population, Shape shape, int chunk, int rows, int columns, double packets) {
        TileBox box = make(shape, chunk, rows, columns, packets, 0);
        if (box.neurons() > chip.get(ChipParameter.COMPARTMENTS)) {
            return null;
        }
        long words = 0;
        // A box at the corner and one from the middle: the edges of a map and of a box are different kinds of list.
        for (int at = 0; at < (rows * columns > 1 ? 2 : 1); at++) {
            CoreUse use = use(population, box, at == 0 ? 0 : rows / 2, at == 0 ? 0 : columns / 2);
            if (use.compartments() > chip.get(ChipParameter.COMPARTMENTS) || use.synapseWords() > chip.get(ChipParameter.SYNAPSE_WORDS)
                || use.wordsPerAxon() > chip.get(ChipParameter.WORDS_PER_AXON)) {
                return null;
            }
            words = Math.max(words, use.synapseWords());
        }
        return make(shape, chunk, rows, columns, packets, words);
    }

    private CoreUse use(int population, TileBox box, int row, int column) {
        // Layers alike, of which deep networks have many, are counted once.
        List<Object> key = new ArrayList<>(List.of(network.populations().get(population).shape(), box.rows(), box.columns(), box.chunk(), row, column,
            net.isReadout(population) || neurons.program(population) != null));
        for (int i : network.into(population)) {
            Projection p = network.projections().get(i);
            key.add(network.isAnalog(p) ? 0 : p.between(0, p.source() == p.target() ? 0 : 1));
        }
        return counted.computeIfAbsent(key, k -> {
            int[] chunk = new int[network.populations().size()];
            for (int p = 0; p < chunk.length; p++) {
                chunk[p] = network.populations().get(p).shape().channels();
            }
            CorePiece piece = TilePartitioner.piece(network.populations().get(population).shape(), population, box, row, column, 0);
            return new CoreBudget(net, chip, neurons, false, chunk).use(piece);
        });
    }

    private boolean thresholdsFit(int population, int channels, int chunk) {
        int most = Math.min(chip.get(ChipParameter.THRESHOLD_PROFILES), chip.get(ChipParameter.COMPARTMENT_PROFILES));
        for (int first = 0; first < channels; first += chunk) {
            if (neurons.profiles(population, first, Math.min(channels, first + chunk)) > most) {
                return false;
            }
        }
        return true;
    }

    private double packets(int population, int rows, int columns, int chunk) {
        double sum = 0;
        for (int i : network.into(population)) {
            Projection p = network.projections().get(i);
            if (!network.isAnalog(p) && p.source() != p.target()) {
                sum += reach[i].packets(rate(p.source()), rows, columns, chunk);
            }
        }
        return sum;
    }

    private final Map<Integer, double[]> rateOf = new HashMap<>();

    private double[] rate(int population) {
        return rateOf.computeIfAbsent(population, p -> {
            Shape shape = network.populations().get(p).shape();
            if (rates == null || rates[p] == null) {
                return new double[] {(double) TilePartitioner.UNIFORM_RATE * shape.channels()};
            }
            double[] sum = new double[shape.positions()];
            for (int n = 0; n < rates[p].length; n++) {
                sum[n / shape.channels()] += rates[p][n];
            }
            return sum.length == 1 ? new double[] {sum[0]} : sum;
        });
    }

    /** @return numbers of parts, each of another size of part */
    static int[] splits(int extent) {
        TreeSet<Integer> parts = new TreeSet<>();
        for (int size = 1; size <= extent; size++) {
            parts.add((extent + size - 1) / size);
        }
        return parts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @return sizes of chunks, largest first */
    private static int[] chunks(int channels) {
        TreeSet<Integer> sizes = new TreeSet<>(Comparator.reverseOrder());
        for (int parts = 1; parts <= channels; parts += parts < ALL_PARTS ? 1 : parts / 4) {
            sizes.add((channels + parts - 1) / parts);
        }
        sizes.add(1);
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }
}
