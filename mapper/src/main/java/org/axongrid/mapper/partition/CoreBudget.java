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
    /** By population: the projections into it that carry spikes. */
    private final int[][] into;
    /** Each thread's own: searches ask from several. */
    private final ThreadLocal<Asked> asked;
    /** What was counted before, or {@code null}. */
    private final InputUses known;
    /** Counts how often populations were placed. */
    private volatile int placements;

    /** What is known of the positions that were asked for last, by projection: what reaches them, what their input takes, and where their spikes go. */
    private static final class Asked {
        final ListKinds[] kinds;
        final InputUse[] inputs;
        final int[] channels;
        final int[] chunk;
        final long[] destinations;
        /** By projection and range of source channels: cores that a position's spikes go to, -1 where nobody asked. */
        final List<Map<Long, int[]>> reached = new ArrayList<>();
        /** By core of a consumer: the last question in which it was counted. */
        int[] seen = {};
        int question;
        int[] positions;
        int placements;

        Asked(int projections) {
            kinds = new ListKinds[projections];
            inputs = new InputUse[projections];
            channels = new int[projections];
            chunk = new int[projections];
            destinations = new long[projections];
            for (int i = 0; i < projections; i++) {
                reached.add(new HashMap<>());
            }
        }

        /** The cores of one place come one after the other: they differ in their channels only. */
        void about(int[] own, int placed) {
            if (positions == own && placements == placed) {
                return;
            }
            if (placements != placed) {
                reached.forEach(Map::clear);
            }
            positions = own;
            placements = placed;
            Arrays.fill(inputs, null);
            Arrays.fill(destinations, -1);
        }
    }

    /**
     * @param net          the quantised network
     * @param chip         the chip
     * @param neurons      what its neurons run
     * @param severalChips whether output axons must be counted as if every destination were on another chip
     * @param chunk        by population: channels per core; entries may be changed by the caller between calls
     */
    public CoreBudget(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, boolean severalChips, int[] chunk) {
        this(net, chip, neurons, severalChips, chunk, null);
    }

    /** @param known what budgets of the same network, chip and neurons counted before, for one thread only; or {@code null} */
    CoreBudget(QuantisedNetwork net, ChipSpec chip, NeuronModel neurons, boolean severalChips, int[] chunk, InputUses known) {
        this.known = known;
        this.net = net;
        this.chip = chip;
        this.neurons = neurons;
        this.weights = WeightStorage.of(net.weightBits());
        this.severalChips = severalChips;
        this.chunk = chunk;
        int projections = net.network().projections().size();
        into = new int[net.network().populations().size()][];
        Arrays.setAll(into, p -> Arrays.stream(net.network().into(p)).filter(i -> !net.network().isAnalog(net.network().projections().get(i))).toArray());
        asked = ThreadLocal.withInitial(() -> new Asked(projections));
        for (int p = 0; p < net.network().populations().size(); p++) {
            consumers.add(List.of());
            piecesAt.add(new int[0][]);
        }
    }

    /** Tells that a population is cut, so that the populations before it know their destinations. */
    public void placed(int population, List<CorePiece> pieces) {
        consumers.set(population, pieces);
        placements++;
        int[][] at = new int[net.network().populations().get(population).shape().positions()][0];
        int[] filled = new int[at.length];
        for (int i = 0; i < pieces.size(); i++) {
            for (int position : pieces.get(i).positions()) {
                int n = filled[position]++;
                at[position] = n < at[position].length ? at[position] : Arrays.copyOf(at[position], Math.max(4, 2 * n));
                at[position][n] = i;
            }
        }
        Arrays.setAll(at, position -> Arrays.copyOf(at[position], filled[position]));
        piecesAt.set(population, at);
    }

    /** @return number of axon groups that {@code channels} channels of one position and core make */
    public static int groups(int channels, ChipSpec chip) {
        return (channels + atoms(chip) - 1) / atoms(chip);
    }

    /** @return what a piece takes */
    public CoreUse use(CorePiece piece) {
        return use(piece, null);
    }

    /**
     * @param piece   a piece
     * @param stretch where its positions come from, or {@code null}
     * @return what it takes
     */
    CoreUse use(CorePiece piece, InputUses.Stretch stretch) {
        Asked own = asked.get();
        own.about(piece.positions(), placements);
        long words = 0;
        int longest = 0;
        long axons = 0;
        for (int i : into[piece.population()]) {
            InputUse in = inputs(own, i, piece, stretch);
            words += in.words();
            longest = Math.max(longest, in.longest());
            axons += in.axons();
        }
        // A soft reset may take a second compartment with a synapse and axons of its own.
        int second = net.isReadout(piece.population()) || neurons.program(piece.population()) != null ? 0
            : piece.compartments() * (chip.get(ChipParameter.SOFT_RESET_COMPARTMENTS) - 1);
        long outputs = outputs(own, piece) + (long) second * chip.get(ChipParameter.DISCRETE_ENTRIES_LOCAL);
        int compartments = piece.compartments() + second;
        long memory = !CoreMemory.isShared(chip) ? 0 : CoreMemory.words(chip, words, compartments,
            (long) compartments * neurons.stateBits(piece.population()),
            (long) compartments * neurons.inputs(piece.population()), axons, 0,
            outputs);
        return new CoreUse(compartments, words + second, longest, axons + second, outputs, thresholds(piece), memory);
    }

    private InputUse inputs(Asked own, int i, CorePiece piece, InputUses.Stretch stretch) {
        Projection p = net.network().projections().get(i);
        if (p.groups() == 1 && own.inputs[i] != null && own.channels[i] == piece.channels() && own.chunk[i] == chunk[p.source()]) {
            return own.inputs[i];
        }
        own.inputs[i] = known == null || stretch == null ? inputs(own, i, piece)
            : known.of(i, p.groups() > 1, chunk[p.source()], piece, stretch, () -> inputs(own, i, piece));
        own.channels[i] = piece.channels();
        own.chunk[i] = chunk[p.source()];
        return own.inputs[i];
    }

    private InputUse inputs(Asked own, int i, CorePiece piece) {
        Projection p = net.network().projections().get(i);
        own.kinds[i] = own.kinds[i] == null ? new ListKinds(p) : own.kinds[i];
        ListKinds kinds = own.kinds[i].of(piece.positions());
        RowLayout rows = new RowLayout(p, piece);
        List<SynapseBlock> absolute = anyDiscrete(p.sourceShape().channels(), chunk[p.source()], chip) ? kinds.absolute() : null;
        int indexBits = indexBits(p, rows, absolute != null ? absolute : kinds.distinct());
        return inputs(p, rows, kinds.distinct(), absolute, indexBits, kinds.sources() * (long) hearings(p));
    }

    private InputUse inputs(Projection p, RowLayout rows, List<SynapseBlock> distinct, List<SynapseBlock> absolute, int indexBits, long axonsEach) {
        int atoms = atoms(chip);
        int all = p.sourceShape().channels();
        long words = 0;
        int longest = 0;
        long axons = 0;
        // Without channel groups all source channels' rows have one shape: of lone channels, and of several.
        long[] sum = {-1, -1};
        int[] most = new int[2];
        int each = chunk[p.source()];
        for (int first = rows.firstSource() / each * each; first < rows.lastSource(); first += each) {
            int end = Math.min(all, first + each);
            for (int group = first; group < end; group += atoms) {
                int last = Math.min(end, group + atoms);
                if (!reaches(rows, group, last)) {
                    continue;
                }
                axons += axonsEach;
                int lone = last - group == 1 ? 1 : 0;
                if (sum[lone] < 0 || p.groups() > 1) {
                    sum[lone] = 0;
                    most[lone] = 0;
                    for (SynapseBlock block : lone == 1 ? absolute : distinct) {
                        int rowWords = longestRow(p, rows, block, group, last, indexBits);
                        most[lone] = Math.max(most[lone], rowWords);
                        sum[lone] += rowWords;
                    }
                }
                longest = Math.max(longest, most[lone]);
                words += sum[lone] * (last - group);
            }
        }
        return new InputUse(words, longest, axons);
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
        return first < rows.lastSource() && last > rows.firstSource();
    }

    /** @return bits for the largest index in any of the lists that these blocks make */
    public static int indexBits(Projection p, RowLayout rows, Iterable<SynapseBlock> blocks) {
        int largest = 0;
        for (SynapseBlock block : blocks) {
            int last = p.groups() == 1 ? 1 : rows.lastSource();
            for (int ci = p.groups() == 1 ? 0 : rows.firstSource(); ci < last; ci++) {
                largest = Math.max(largest, rows.extent(block, ci));
            }
        }
        return SynapseFormat.indexBitsFor(largest);
    }

    /**
     * @param other what a piece takes
     * @param piece another with as many channels at the same positions, all of whose input comes without channel groups
     * @return what that takes, as long as no consumer counts: it may differ in thresholds
     */
    CoreUse likewise(CoreUse other, CorePiece piece) {
        return new CoreUse(other.compartments(), other.synapseWords(), other.wordsPerAxon(), other.inputAxons(), other.outputAxons(), thresholds(piece),
            other.memoryWords());
    }

    private int thresholds(CorePiece piece) {
        return neurons.profiles(piece.population(), piece.firstChannel(), piece.firstChannel() + piece.channels());
    }

    private long outputs(Asked own, CorePiece piece) {
        long entries = 0;
        int width = shape(piece.population()).width();
        int groups = groups(piece.channels(), chip);
        boolean discrete = piece.channels() == 1;
        int each = chip.get(discrete
            ? severalChips ? ChipParameter.DISCRETE_ENTRIES_REMOTE : ChipParameter.DISCRETE_ENTRIES_LOCAL
            : severalChips ? ChipParameter.POPULATION_ENTRIES_REMOTE : ChipParameter.POPULATION_ENTRIES_LOCAL);
        for (int i = 0; i < own.destinations.length; i++) {
            Projection p = net.network().projections().get(i);
            if (p.source() != piece.population()) {
                continue;
            }
            if (p.target() == p.source()) {
                entries += (long) piece.positions().length * each * (groups + edges(p, piece));
                continue;
            }
            if (own.destinations[i] < 0 || p.groups() > 1) {
                own.destinations[i] = destinations(own, i, piece, width);
            }
            entries += own.destinations[i] * groups * each * hearings(p);
        }
        return entries;
    }

    /** @return cores that each of the positions' spikes go to, added up */
    private long destinations(Asked own, int i, CorePiece piece, int width) {
        Projection p = net.network().projections().get(i);
        if (piecesAt.get(p.target()).length == 0) {
            return 0;
        }
        // Without channel groups all channels reach the same cores.
        long range = p.groups() == 1 ? 0 : (long) piece.firstChannel() << 32 | piece.channels();
        int[] reached = own.reached.get(i).computeIfAbsent(range, r -> {
            int[] unknown = new int[p.sourceShape().positions()];
            Arrays.fill(unknown, -1);
            return unknown;
        });
        long sum = 0;
        for (int position : piece.positions()) {
            if (reached[position] < 0) {
                reached[position] = destinations(own, p, piece, position / width, position % width);
            }
            sum += reached[position];
        }
        return sum;
    }

    /** @return cores that a position's spikes go to */
    private int destinations(Asked own, Projection p, CorePiece piece, int y, int x) {
        List<CorePiece> targets = consumers.get(p.target());
        int[][] at = piecesAt.get(p.target());
        own.seen = own.seen.length < targets.size() ? new int[targets.size()] : own.seen;
        own.question++;
        int[] count = new int[1];
        p.forEachTap(y, x, (target, ky, kx) -> {
            for (int core : at[target]) {
                if (own.seen[core] != own.question) {
                    own.seen[core] = own.question;
                    count[0] += p.groups() == 1 || reaches(new RowLayout(p, targets.get(core)), piece.firstChannel(), piece.firstChannel() + piece.channels())
                        ? 1 : 0;
                }
            }
        });
        return count[0];
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
