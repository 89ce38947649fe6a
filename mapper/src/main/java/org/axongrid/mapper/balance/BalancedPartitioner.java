package org.axongrid.mapper.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Hilbert;
import org.axongrid.mapper.partition.Partition;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * The strategy {@code balanced}: a step lasts as long as its busiest core, so cores that would stay empty are given to the layers whose cores have
 * most to do, one after the other, and within a layer positions are dealt so that cores have alike to do. Where rates are known, in stretches of the
 * Hilbert curve of equal work; where not, every so-many-th position of the curve, because what will be active is most often in the middle of a map.
 */
public final class BalancedPartitioner {
    /** The strategy's name. */
    public static final String ID = "balanced";
    private static final double UNIFORM_RATE = 100;

    private final QuantisedNetwork net;
    private final Network network;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final int[][] rates;
    private final WorkTimes times;

    /**
     * @param net     the quantised network
     * @param chip    the chip whose limits hold
     * @param neurons what its neurons run
     * @param rates   by population and neuron: spikes in 1000 steps; null if not known
     */
    public BalancedPartitioner(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, int[][] rates) {
        this.net = net;
        this.network = net.network();
        this.chip = chip;
        this.neurons = neurons;
        this.rates = rates;
        times = WorkTimes.of(chip);
    }

    /**
     * @param start a partition that fits
     * @param cores cores to use at most, 0 for all of the chips that the network takes anyway; fewer than it needs count as what it needs
     * @return the partition
     */
    public Partition partition(Partition start, int cores) {
        int perChip = chip.coresPerChip();
        int used = start.cores().size();
        int budget = Math.max(used, cores > 0 ? cores : (used + perChip - 1) / perChip * perChip);
        boolean severalChips = budget > perChip;
        Cut[] cut = new Cut[network.populations().size()];
        for (int p = 1; p < cut.length; p++) {
            cut[p] = new Cut(p, start);
        }
        share(cut, budget - used);
        Partition best = start;
        double least = load(start);
        for (boolean woven : rates == null ? new boolean[] {true} : new boolean[] {true, false}) {
            Partition found = within(start, cut, woven, severalChips);
            double load = found == null ? Double.POSITIVE_INFINITY : load(found);
            // Without rates the expected loads of a woven and a whole patch are alike, and the woven one is meant.
            if (load < least || rates == null && found != null) {
                least = load;
                best = found;
            }
        }
        return new Partition(ID, best.cores(), best.chunk());
    }

    private double load(Partition partition) {
        return CoreLoad.of(network, partition.chunk(), partition.cores(), rates, UNIFORM_RATE, times).busiest();
    }

    /** How a population is cut, and what its positions have to do. */
    private final class Cut {
        final int population;
        final Shape shape;
        final double[] work;
        double total;
        int chunk;
        int parts;

        Cut(int population, Partition start) {
            this.population = population;
            shape = network.populations().get(population).shape();
            chunk = start.chunk()[population];
            long own = start.cores().stream().filter(c -> c.population() == population).count();
            parts = Math.max(1, (int) (own / chunks(chunk)));
            work = work(population);
            for (double w : work) {
                total += w * shape.channels();
            }
        }

        int chunks(int size) {
            return (shape.channels() + size - 1) / size;
        }

        /** Expected ps of the busiest core, messages apart. */
        double busiest() {
            return total / (parts * (double) shape.channels() / chunk);
        }

        /** @return cores that the next finer cut takes more, 0 if there is none */
        int more() {
            return parts < shape.positions() ? chunks(chunk) : chunk > 1 ? parts * (chunks(finer()) - chunks(chunk)) : 0;
        }

        private int finer() {
            int size = chunk;
            int now = chunks(chunk);
            while (size > 1 && chunks(size) == now) {
                size--;
            }
            return size;
        }

        void refine() {
            if (parts < shape.positions()) {
                parts++;
            } else {
                chunk = finer();
            }
        }
    }

    /** Gives cores to the population whose cores have most to do, as long as there are any. */
    private static void share(Cut[] cut, int spare) {
        int left = spare;
        while (true) {
            Cut most = Arrays.stream(cut).skip(1).max(Comparator.comparingDouble(Cut::busiest)).orElseThrow();
            int more = most.more();
            if (more == 0 || more > left) {
                return;
            }
            most.refine();
            left -= more;
        }
    }

    /** @return by position: ps per step of one channel */
    private double[] work(int population) {
        Shape shape = network.populations().get(population).shape();
        double[] work = new double[shape.positions()];
        Arrays.fill(work, times.update());
        for (int i : network.into(population)) {
            Projection q = network.projections().get(i);
            if (network.isAnalog(q) || q.source() == 0) {
                continue;
            }
            int channels = q.sourceShape().channels();
            for (int s = 0; s < q.sourceShape().positions(); s++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += rates == null || rates[q.source()] == null ? UNIFORM_RATE : rates[q.source()][s * channels + c];
                }
                double operations = sum / 1000 / q.groups() * times.synapse();
                q.forEachTap(s / q.sourceShape().width(), s % q.sourceShape().width(), (target, ky, kx) -> work[target] += operations);
            }
        }
        return work;
    }

    /** @return the cut, with those populations as they were whose finer cut exceeds a limit; null if that is of no help */
    private Partition within(Partition start, Cut[] cut, boolean woven, boolean severalChips) {
        boolean[] back = new boolean[cut.length];
        for (int tries = 0; tries < cut.length; tries++) {
            int[] chunk = start.chunk().clone();
            List<List<CorePiece>> pieces = new ArrayList<>(List.of(List.of()));
            for (int p = 1; p < cut.length; p++) {
                int population = p;
                if (back[p]) {
                    pieces.add(start.cores().stream().filter(c -> c.population() == population).toList());
                } else {
                    chunk[p] = cut[p].chunk;
                    pieces.add(pieces(cut[p], woven));
                }
            }
            int wrong = firstOverLimit(pieces, chunk, severalChips);
            if (wrong < 0) {
                return new Partition(ID, pieces.stream().flatMap(List::stream).toList(), chunk);
            }
            if (back[wrong]) {
                return null;
            }
            back[wrong] = true;
        }
        return null;
    }

    private int firstOverLimit(List<List<CorePiece>> pieces, int[] chunk, boolean severalChips) {
        CoreBudget budget = new CoreBudget(net, chip, neurons, severalChips, chunk);
        for (int p = chunk.length - 1; p >= 1; p--) {
            for (CorePiece piece : pieces.get(p)) {
                if (budget.use(piece).excess(chip) != null) {
                    return p;
                }
            }
            budget.placed(p, pieces.get(p));
        }
        return -1;
    }

    private List<CorePiece> pieces(Cut cut, boolean woven) {
        int[] order = Hilbert.order(cut.shape.width(), cut.shape.height());
        double sum = Arrays.stream(cut.work).sum();
        int[] part = new int[order.length];
        double before = 0;
        for (int i = 0; i < order.length; i++) {
            double middle = before + cut.work[order[i]] / 2;
            before += cut.work[order[i]];
            part[i] = woven ? i % cut.parts : Math.min(cut.parts - 1, (int) (middle / sum * cut.parts));
        }
        List<CorePiece> pieces = new ArrayList<>();
        for (int k = 0; k < cut.parts; k++) {
            int own = k;
            int[] positions = IntStream.range(0, order.length).filter(i -> part[i] == own).map(i -> order[i]).sorted().toArray();
            for (int first = 0; positions.length > 0 && first < cut.shape.channels(); first += cut.chunk) {
                pieces.add(new CorePiece(cut.population, first, Math.min(cut.chunk, cut.shape.channels() - first), positions));
            }
        }
        return pieces;
    }
}
