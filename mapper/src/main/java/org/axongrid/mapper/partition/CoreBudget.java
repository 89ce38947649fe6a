package org.axongrid.mapper.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.CoreMemory;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/**
 * Counts what a piece takes of a core (project reference on Loihi, section 4). Synapse lists are shared between source positions with the
 * same taps; the neurons of one source position and core are one population axon.
 *
 * <p>Output axons depend on where the consumers are, so populations are cut from the last to the first and each finished one is told to
 * {@link #placed}.
 */
public final class CoreBudget {
    private final QuantisedNetwork net;
    private final ChipSpec chip;
    private final NeuronModel neurons;
    private final WeightStorage weights;
    private final boolean severalChips;
    private final int[] chunk;
    private final List<List<CorePiece>> consumers = new ArrayList<>();
    private final List<int[][]> piecesAt = new ArrayList<>();

    /**
     * @param net          the quantised network
     * @param chip         the chip
     * @param neurons      what its neurons run
     * @param severalChips whether output axons must be counted as if every destination were on another chip
     * @param chunk        by population: channels per core; entries may be changed by the caller between calls
     */
    public CoreBudget(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, boolean severalChips, int[] chunk) {
        this.net = net;
        this.chip = chip;
        this.neurons = neurons;
        this.weights = WeightStorage.of(net.weightBits());
        this.severalChips = severalChips;
        this.chunk = chunk;
        for (int p = 0; p < net.network().populations().size(); p++) {
            consumers.add(List.of());
            piecesAt.add(new int[0][]);
        }
    }

    /** Tells that a population is cut, so that the populations before it know their destinations. */
    public void placed(int population, List<CorePiece> pieces) {
        consumers.set(population, pieces);
        int[][] at = new int[net.network().populations().get(population).shape().positions()][0];
        for (int i = 0; i < pieces.size(); i++) {
            for (int position : pieces.get(i).positions()) {
                at[position] = Arrays.copyOf(at[position], at[position].length + 1);
                at[position][at[position].length - 1] = i;
            }
        }
        piecesAt.set(population, at);
    }

    /** @return number of axon groups that {@code channels} channels of one position and core make */
    public static int groups(int channels, ChipSpec chip) {
        return (channels + atoms(chip) - 1) / atoms(chip);
    }

    /** @return what a piece takes */
    public CoreUse use(CorePiece piece) {
        long words = 0;
        int longest = 0;
        long axons = 0;
        SynapseBlocks blocks = new SynapseBlocks(shape(piece.population()).positions(), piece);
        for (int i : net.network().into(piece.population())) {
            Projection p = net.network().projections().get(i);
            if (net.network().isAnalog(p)) {
                continue;
            }
            RowLayout rows = new RowLayout(p, piece);
            Map<SynapseBlock.Key, SynapseBlock> distinct = new HashMap<>();
            Map<SynapseBlock.Key, SynapseBlock> absolute = new HashMap<>();
            long positions = 0;
            // Only what can reach the piece: a map may be far larger than a core's patch of the next.
            int[] columns = blocks.columns(p);
            for (int sy : blocks.rows(p)) {
                for (int sx : columns) {
                    SynapseBlock block = blocks.of(p, sy, sx);
                    if (block != null) {
                        positions++;
                        distinct.putIfAbsent(block.key(), block);
                        absolute.putIfAbsent(block.absolute().key(), block.absolute());
                    }
                }
            }
            int sourceChannels = p.sourceShape().channels();
            boolean discrete = anyDiscrete(sourceChannels, chunk[p.source()], chip);
            int indexBits = indexBits(p, rows, discrete ? absolute.values() : distinct.values());
            for (int first = 0; first < sourceChannels; first += chunk[p.source()]) {
                int end = Math.min(sourceChannels, first + chunk[p.source()]);
                for (int group = first; group < end; group += atoms(chip)) {
                    int last = Math.min(end, group + atoms(chip));
                    if (!reaches(rows, group, last)) {
                        continue;
                    }
                    axons += positions * hearings(p);
                    for (SynapseBlock block : last - group == 1 ? absolute.values() : distinct.values()) {
                        int rowWords = longestRow(p, rows, block, group, last, indexBits);
                        longest = Math.max(longest, rowWords);
                        words += (long) rowWords * (last - group);
                    }
                }
            }
        }
        // A soft reset may take a second compartment with a synapse and axons of its own.
        int second = net.isReadout(piece.population()) || neurons.program(piece.population()) != null ? 0
            : piece.compartments() * (chip.get(ChipParameter.SOFT_RESET_COMPARTMENTS) - 1);
        long outputs = outputs(piece) + (long) second * chip.get(ChipParameter.DISCRETE_ENTRIES_LOCAL);
        int compartments = piece.compartments() + second;
        long memory = !CoreMemory.isShared(chip) ? 0 : CoreMemory.words(chip, words, compartments,
            (long) compartments * neurons.stateBits(piece.population()),
            (long) compartments * neurons.inputs(piece.population()), axons, 0,
            outputs);
        return new CoreUse(compartments, words + second, longest, axons + second, outputs, thresholds(piece), memory);
    }

    /** Without channel groups all source channels' rows have one shape. */
    private int longestRow(Projection p, RowLayout rows, SynapseBlock block, int first, int last, int indexBits) {
        int longest = 0;
        for (int ci = first; ci < (p.groups() == 1 ? first + 1 : last); ci++) {
            longest = Math.max(longest, rows.words(block, ci, weights, indexBits, chip));
        }
        return longest;
    }

    private static int atoms(ChipSpec chip) {
        return chip.get(ChipParameter.POPULATION_ATOMS_MAX);
    }

    /**
     * @param channels channels of a source population
     * @param chunk    channels per core
     * @param chip     the chip
     * @return whether some axon group has a single member, which makes its axons discrete: these have no base for every compartment
     */
    public static boolean anyDiscrete(int channels, int chunk, ChipSpec chip) {
        int rest = channels % chunk;
        return chunk % atoms(chip) == 1 || rest % atoms(chip) == 1 || atoms(chip) == 1;
    }

    /** @return whether any of the source channels {@code first .. last-1} reaches the piece's channels */
    public static boolean reaches(RowLayout rows, int first, int last) {
        for (int ci = first; ci < last; ci++) {
            if (rows.reached(ci) > 0) {
                return true;
            }
        }
        return false;
    }

    /** @return bits for the largest index in any of the lists that these blocks make */
    public static int indexBits(Projection p, RowLayout rows, Iterable<SynapseBlock> blocks) {
        int largest = 0;
        for (SynapseBlock block : blocks) {
            for (int ci = 0; ci < p.sourceShape().channels(); ci++) {
                if (rows.reached(ci) > 0) {
                    largest = Math.max(largest, rows.extent(block, ci));
                }
                if (p.groups() == 1) {
                    break;
                }
            }
        }
        return SynapseFormat.indexBitsFor(largest);
    }

    private int thresholds(CorePiece piece) {
        return neurons.profiles(piece.population(), piece.firstChannel(), piece.firstChannel() + piece.channels());
    }

    private long outputs(CorePiece piece) {
        long entries = 0;
        int width = shape(piece.population()).width();
        int groups = groups(piece.channels(), chip);
        boolean discrete = piece.channels() == 1;
        int each = chip.get(discrete
            ? severalChips ? ChipParameter.DISCRETE_ENTRIES_REMOTE : ChipParameter.DISCRETE_ENTRIES_LOCAL
            : severalChips ? ChipParameter.POPULATION_ENTRIES_REMOTE : ChipParameter.POPULATION_ENTRIES_LOCAL);
        for (Projection p : net.network().projections()) {
            if (p.source() != piece.population()) {
                continue;
            }
            if (p.target() == p.source()) {
                entries += (long) piece.positions().length * each * (groups + edges(p, piece));
                continue;
            }
            List<CorePiece> targets = consumers.get(p.target());
            boolean[] reaches = new boolean[targets.size()];
            for (int i = 0; i < reaches.length; i++) {
                reaches[i] = reaches(new RowLayout(p, targets.get(i)), piece.firstChannel(), piece.firstChannel() + piece.channels());
            }
            int[][] at = piecesAt.get(p.target());
            if (at.length == 0) {
                continue;
            }
            int[] seen = new int[targets.size()];
            Arrays.fill(seen, -1);
            long[] destinations = new long[1];
            for (int position : piece.positions()) {
                p.forEachTap(position / width, position % width, (target, ky, kx) -> {
                    for (int core : at[target]) {
                        if (reaches[core] && seen[core] != position) {
                            seen[core] = position;
                            destinations[0]++;
                        }
                    }
                });
            }
            entries += destinations[0] * groups * each * hearings(p);
        }
        return entries;
    }

    /** @return further cores at most that channels at a piece's ends reach, where a group of channels of its own population is cut there */
    private static int edges(Projection p, CorePiece piece) {
        int group = p.inPerGroup();
        int pieces = 1 + (group - 1) / piece.channels();
        return (piece.firstChannel() % group == 0 ? 0 : pieces) + ((piece.firstChannel() + piece.channels()) % group == 0 ? 0 : pieces);
    }

    /** @return axons for each source group: two where the input is replayed */
    private int hearings(Projection p) {
        return neurons.starts().replayDelay(p) > 0 ? 2 : 1;
    }

    private Shape shape(int population) {
        return net.network().populations().get(population).shape();
    }
}
