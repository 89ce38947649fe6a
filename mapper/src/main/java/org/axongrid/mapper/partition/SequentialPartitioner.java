package org.axongrid.mapper.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Deals each population's positions to cores in a fixed order, as many per core as all of the chip's limits allow; no core holds two
 * populations (layer break). Where a position's channels do not fit a core together they are cut into equal chunks, of the size that needs
 * the fewest cores.
 */
public final class SequentialPartitioner {
    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final PositionOrder order;
    private final long seed;
    /** By population, sources' chunks and whether a layer hears itself over several chips: the best chunk. */
    private final Map<List<Integer>, Integer> best = new HashMap<>();
    /** By population: its positions in their order; maps alike share an array unless they are shuffled. */
    private final int[][] positions;
    private final InputUses inputs;

    /**
     * @param net   the quantised network
     * @param chip  the chip whose limits hold
     * @param neurons what its neurons run
     * @param order how positions are dealt
     * @param seed  for the random order
     */
    public SequentialPartitioner(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, PositionOrder order, long seed) {
        this.net = net;
        this.neurons = neurons;
        this.chip = chip;
        this.order = order;
        this.seed = seed;
        positions = new int[net.network().populations().size()][];
        inputs = new InputUses(net.network(), neurons);
    }

    /** Finds the orders once: a shuffled one depends on those before it. */
    private void order() {
        if (positions[positions.length - 1] != null) {
            return;
        }
        Random random = new Random(seed);
        Map<List<Integer>, int[]> known = new HashMap<>();
        for (int p = 1; p < positions.length; p++) {
            Shape shape = net.network().populations().get(p).shape();
            positions[p] = order == PositionOrder.RANDOM ? order.order(shape, random)
                : known.computeIfAbsent(List.of(shape.height(), shape.width()), k -> order.order(shape, random));
        }
    }

    /**
     * @return the partition; more cores than one chip has if need be
     * @throws InvalidInputException if a single position and channel does not fit a core, naming population, limit and excess
     */
    public Partition partition() {
        int[] any = new int[net.network().populations().size()];
        Partition onOneChip = cut(false, any);
        return onOneChip.cores().size() <= chip.coresPerChip() ? onOneChip : cut(true, any);
    }

    /**
     * Where a layer reads more groups of source neurons than a core has input axons, the layers that it reads keep more channels together, which makes fewer
     * groups of them, until it fits.
     *
     * @return the partition
     * @throws InvalidInputException as {@link #partition}, if even that does not fit
     */
    public Partition withWiderSources() {
        int[] least = new int[net.network().populations().size()];
        while (true) {
            try {
                Partition onOneChip = cut(false, least);
                return onOneChip.cores().size() <= chip.coresPerChip() ? onOneChip : cut(true, least);
            } catch (DoesNotFit e) {
                if (e.limit != ChipParameter.INPUT_AXONS || !widen(e, least)) {
                    throw e;
                }
            }
        }
    }

    /** @return whether a source of the layer that does not fit can keep more channels together; the one that makes most groups does */
    private boolean widen(DoesNotFit e, int[] least) {
        int widest = -1;
        long most = 0;
        for (int i : net.network().into(e.population)) {
            int source = net.network().projections().get(i).source();
            Shape shape = net.network().populations().get(source).shape();
            long groups = source == 0 ? 0 : (long) shape.positions() * ((shape.channels() + e.chunk[source] - 1) / e.chunk[source]);
            if (source != 0 && e.chunk[source] < shape.channels() && groups > most) {
                most = groups;
                widest = source;
            }
        }
        if (widest < 0) {
            return false;
        }
        int channels = net.network().populations().get(widest).shape().channels();
        int parts = (channels + e.chunk[widest] - 1) / e.chunk[widest];
        // One part less; of as many parts, equal ones.
        least[widest] = Math.max(e.chunk[widest] + 1, (channels + parts - 2) / (parts - 1));
        return true;
    }

    /** A layer that does not fit, with what binds it. */
    private static final class DoesNotFit extends InvalidInputException {
        private static final long serialVersionUID = 1;
        private final int population;
        private final ChipParameter limit;
        private final transient int[] chunk;

        DoesNotFit(String message, int population, ChipParameter limit, int[] chunk) {
            super(message);
            this.population = population;
            this.limit = limit;
            this.chunk = chunk;
        }
    }

    /** @param least by population: channels that cores hold together at least */
    private Partition cut(boolean severalChips, int[] least) {
        Network network = net.network();
        int populations = network.populations().size();
        int[] chunk = new int[populations];
        order();
        chunk[0] = network.input().shape().channels();
        for (int p = 1; p < populations; p++) {
            chunk[p] = network.populations().get(p).shape().channels();
        }
        // Chunk sizes first, without the axons' limits: those depend on how the neighbours are cut.
        CoreBudget budget = new CoreBudget(net, chip, neurons, severalChips, chunk, inputs);
        for (int p = 1; p < populations; p++) {
            Integer own = best.get(key(p, chunk, severalChips));
            if (own == null) {
                own = bestChunk(budget, p, positions[p]);
                best.put(key(p, chunk, severalChips), own);
            }
            chunk[p] = Math.max(least[p], own);
        }
        List<List<CorePiece>> pieces = new ArrayList<>();
        for (int p = 0; p < populations; p++) {
            pieces.add(List.of());
        }
        for (int p = populations - 1; p >= 1; p--) {
            pieces.set(p, fill(budget, p, chunk[p], positions[p], true, Integer.MAX_VALUE, chunk));
            budget.placed(p, pieces.get(p));
        }
        return new Partition(order.strategy(), pieces.stream().flatMap(List::stream).toList(), chunk);
    }

    private List<Integer> key(int p, int[] chunk, boolean severalChips) {
        List<Integer> key = new ArrayList<>();
        key.add(p);
        boolean itself = false;
        for (int i : net.network().into(p)) {
            int source = net.network().projections().get(i).source();
            key.add(source == p ? 0 : chunk[source]);
            itself |= source == p;
        }
        // Consumers are not placed yet: chips count for synapses of a layer onto itself only.
        key.add(itself && severalChips ? 1 : 0);
        return key;
    }

    private int bestChunk(CoreBudget budget, int population, int[] positions) {
        int channels = net.network().populations().get(population).shape().channels();
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        int tried = -1;
        for (int parts = 1; parts <= channels; parts++) {
            int size = (channels + parts - 1) / parts;
            if (size == tried) {
                continue;
            }
            tried = size;
            // More parts than the fewest cores so far cannot win.
            if (parts >= fewest) {
                break;
            }
            List<CorePiece> cores = fill(budget, population, size, positions, false, fewest, null);
            if (cores != null && cores.size() < fewest) {
                fewest = cores.size();
                best = size;
            }
        }
        return best > 0 ? best : 1;
    }

    /**
     * @param strict whether a position that does not fit alone is an error, and the axons' limits count; otherwise null tells of it
     * @param chunk  by population: channels per core, for the error
     * @param fewer  more cores than this are of no use: null tells of that too
     */
    private List<CorePiece> fill(CoreBudget budget, int population, int size, int[] positions, boolean strict, int fewer, int[] chunk) {
        int channels = net.network().populations().get(population).shape().channels();
        List<CorePiece> cores = new ArrayList<>();
        int done = 0;
        while (done < positions.length) {
            int most = Math.min(positions.length - done, Math.max(1, chip.get(ChipParameter.COMPARTMENTS) / size));
            int fits = longestFit(budget, population, size, positions, done, most, strict);
            if (fits == 0) {
                if (!strict) {
                    return null;
                }
                throw doesNotFit(budget, population, size, positions[done], chunk);
            }
            int[] own = sorted(positions, done, fits);
            for (int first = 0; first < channels; first += size) {
                cores.add(new CorePiece(population, first, Math.min(size, channels - first), own));
            }
            done += fits;
            if (cores.size() >= fewer) {
                return null;
            }
        }
        return cores;
    }

    /** Largest number of positions from {@code done} on that all chunks' cores can hold; by bisection, since use grows with them. */
    private int longestFit(CoreBudget budget, int population, int size, int[] positions, int done, int most, boolean strict) {
        if (fits(budget, population, size, positions, done, most, strict)) {
            return most;
        }
        int yes = 0;
        int no = most;
        while (no - yes > 1) {
            int middle = (yes + no) >>> 1;
            if (fits(budget, population, size, positions, done, middle, strict)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return yes;
    }

    private boolean fits(CoreBudget budget, int population, int size, int[] positions, int done, int count, boolean strict) {
        int[] own = sorted(positions, done, count);
        InputUses.Stretch stretch = new InputUses.Stretch(positions, done, count);
        int channels = net.network().populations().get(population).shape().channels();
        boolean alike = !strict && net.network().projections().stream().allMatch(p -> p.target() != population || p.groups() == 1);
        CoreUse before = null;
        for (int first = 0; first < channels; first += size) {
            CorePiece piece = new CorePiece(population, first, Math.min(size, channels - first), own);
            CoreUse use = alike && before != null && piece.channels() == size ? budget.likewise(before, piece) : budget.use(piece, stretch);
            CoreUse.Excess excess = use.excess(chip);
            if (excess != null && (strict || excess.limit() != ChipParameter.INPUT_AXONS)) {
                return false;
            }
            if (alike && net.threshold()[population] == null) {
                break;
            }
            before = use;
        }
        return true;
    }

    private InvalidInputException doesNotFit(CoreBudget budget, int population, int size, int position, int[] chunk) {
        Population p = net.network().populations().get(population);
        CoreUse.Excess excess = budget.use(new CorePiece(population, 0, size, new int[] {position})).excess(chip);
        return new DoesNotFit("layer " + p.name() + " (" + p.shape() + ") does not fit chip " + chip.name() + ": " + size
            + " channel" + (size == 1 ? "" : "s") + " at one position need " + excess + " per core; it would fit with " + remedy(excess), population, excess.limit(), chunk.clone());
    }

    private static String remedy(CoreUse.Excess excess) {
        String larger = excess.limit().key() + " of " + excess.used() + " in a chip description of your own";
        return switch (excess.limit()) {
            case SYNAPSE_WORDS, WORDS_PER_AXON, CORE_MEMORY_WORDS -> "fewer weight bits, fewer input channels or groups, or " + larger;
            case INPUT_AXONS -> "a smaller kernel or pooling window, a source whose channels are less divided, or " + larger;
            case OUTPUT_AXONS -> "consumers on fewer cores (fewer weight bits, fewer channels), or " + larger;
            case THRESHOLD_PROFILES, COMPARTMENT_PROFILES -> "one scale per layer, or " + larger;
            default -> larger;
        };
    }

    private static int[] sorted(int[] positions, int from, int count) {
        int[] own = Arrays.copyOfRange(positions, from, from + count);
        Arrays.sort(own);
        return own;
    }
}
