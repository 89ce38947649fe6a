package org.axongrid.mapper.codegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.IntArrayList;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.layer.LayerInputs;
import org.axongrid.isa.layer.LayerTaps;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.partition.CoreBudget;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.PieceReach;
import org.axongrid.mapper.partition.RowLayout;
import org.axongrid.mapper.partition.SynapseBlock;
import org.axongrid.mapper.partition.WeightStorage;

/**
 * Makes the {@link ProjectionInputs} of one projection. What cores with the same channels at the same positions have in common is made once.
 */
final class InputsBuilder {
    private final Projection projection;
    private final ChipSpec chip;
    private final WeightStorage weights;
    private final int weightShift;
    private final boolean discrete;
    private final boolean replayed;
    private final boolean maxPool;
    private final int[] kernel;
    private final PieceReach reach;
    private final SourceGroups sources;
    private final Map<Object, ProjectionInputs> known = new HashMap<>();
    /** By source position: its number among those that reach the piece at hand; -1 between calls. */
    private final int[] slotOf;

    /**
     * The groups of source neurons that share axons, in the order of input axons.
     *
     * @param position     by group: source position
     * @param firstChannel by group: first channel
     * @param channels     by group: number of channels
     */
    record SourceGroups(int[] position, int[] firstChannel, int[] channels) { }

    private record Alike(List<Integer> positions, int channels, int firstChannel) { }

    /**
     * @param projection  the projection
     * @param taps        its taps, by target
     * @param chunk       channels per core of its source
     * @param weights     how weights are stored
     * @param weightShift weights are multiples of two to this
     * @param kernel      weights
     * @param sources     groups of its source
     * @param replayed    whether each source has a second axon
     * @param maxPool     whether each member of a window has an accumulator of its own
     * @param chip        the chip
     */
    InputsBuilder(Projection projection, LayerTaps taps, int chunk, WeightStorage weights, int weightShift, int[] kernel, SourceGroups sources, boolean replayed,
                  boolean maxPool, ChipSpec chip) {
        this.projection = projection;
        this.reach = new PieceReach(projection, taps);
        this.weights = weights;
        this.weightShift = weightShift;
        this.kernel = kernel;
        this.sources = sources;
        this.replayed = replayed;
        this.maxPool = maxPool;
        this.chip = chip;
        discrete = CoreBudget.anyDiscrete(projection.sourceShape().channels(), chunk, chip);
        slotOf = new int[projection.sourceShape().positions()];
        Arrays.fill(slotOf, -1);
    }

    /** @return the weights */
    int[] kernel() {
        return kernel;
    }

    /**
     * @param piece   what the core holds
     * @param formats of the core; those of these lists are added
     * @return the core's axons
     */
    ProjectionInputs of(CorePiece piece, FormatTable formats) {
        if (weights.splitsSigns()) {
            return make(piece, formats);
        }
        Alike key = new Alike(Arrays.stream(piece.positions()).boxed().toList(), piece.channels(), projection.groups() == 1 ? -1 : piece.firstChannel());
        ProjectionInputs inputs = known.get(key);
        if (inputs == null) {
            inputs = make(piece, formats);
            known.put(key, inputs);
        }
        if (inputs.lists().length > 0) {
            formats.number(inputs.encoder().dense());
        }
        return inputs;
    }

    private ProjectionInputs make(CorePiece piece, FormatTable formats) {
        RowLayout layout = new RowLayout(projection, piece);
        PieceReach.Found found = reach.of(piece.positions());
        int[] positions = found.positions();
        SynapseBlock[] blocks = found.blocks();
        Map<SynapseBlock.Key, SynapseBlock> distinct = new HashMap<>();
        boolean shared = false;
        for (int s = 0; s < positions.length; s++) {
            slotOf[positions[s]] = s;
            SynapseBlock listed = discrete ? blocks[s].absolute() : blocks[s];
            shared |= distinct.put(listed.key(), listed) != null;
        }
        int indexBits = CoreBudget.indexBits(projection, layout, distinct.values());
        RowEncoder encoder = new RowEncoder(weights, weightShift, indexBits, shared, chip);
        Rows rows = new Rows(piece, layout, encoder, formats);
        Axons axons = new Axons(piece, layout, blocks, rows);
        axons.number();
        LayerInputs tables = tables(positions, blocks, rows, shared, axons.slot.toIntArray(), axons.source.toIntArray());
        ProjectionInputs inputs = axons.with(tables, encoder);
        for (int position : positions) {
            slotOf[position] = -1;
        }
        return inputs;
    }

    /** @param slot by axon: its position's number; {@code group}: its source group */
    private LayerInputs tables(int[] positions, SynapseBlock[] blocks, Rows rows, boolean shared, int[] slot, int[] group) {
        Entries entries = new Entries(blocks, rows);
        int[] entryFirst = new int[positions.length + 1];
        if (!weights.splitsSigns() && projection.groups() == 1) {
            for (int s = 0; s < positions.length; s++) {
                entries.add(s, 0, projection.sourceShape().channels());
                entryFirst[s + 1] = s + 1;
            }
        } else if (!weights.splitsSigns()) {
            int step = replayed ? 2 : 1;
            int[][] of = new int[positions.length][];
            int[] n = new int[positions.length];
            for (int a = 0; a < slot.length; a += step) {
                n[slot[a]]++;
            }
            for (int a = 0; a < slot.length; a += step) {
                int s = slot[a];
                of[s] = of[s] == null ? new int[n[s]] : of[s];
                of[s][--n[s]] = group[a];
            }
            for (int s = 0; s < positions.length; s++) {
                if (of[s] != null) {
                    Arrays.stream(of[s]).boxed().sorted(Comparator.comparingInt(g -> sources.firstChannel()[g]))
                        .forEach(entries.splitting(s));
                }
                entryFirst[s + 1] = entries.from.size();
            }
        }
        return new LayerInputs(slot.length, slot, positions, entryFirst, entries.from.toIntArray(), entries.to.toIntArray(),
            entries.words.toIntArray(), entries.synapses.toIntArray(), shared ? SynapseFormat.Kind.SHARED : SynapseFormat.Kind.DENSE);
    }

    /** Ranges of source channels whose lists take the same, position by position. */
    private final class Entries {
        private final SynapseBlock[] blocks;
        private final Rows rows;
        private final IntArrayList from = new IntArrayList();
        private final IntArrayList to = new IntArrayList();
        private final IntArrayList words = new IntArrayList();
        private final IntArrayList synapses = new IntArrayList();
        private int last = -1;

        Entries(SynapseBlock[] blocks, Rows rows) {
            this.blocks = blocks;
            this.rows = rows;
        }

        /** Adds a range of channels that reach as many of the piece's channels; joined to the one before where that takes the same. */
        void add(int s, int first, int end) {
            int read = rows.wordsRead(blocks[s], first);
            int own = rows.reached(first) * blocks[s].size();
            int before = from.size() - 1;
            if (last == s && to.getInt(before) == first && words.getInt(before) == read && synapses.getInt(before) == own) {
                to.set(before, end);
                return;
            }
            last = s;
            from.addInt(first);
            to.addInt(end);
            words.addInt(read);
            synapses.addInt(own);
        }

        Consumer<Integer> splitting(int s) {
            return g -> {
                int end = sources.firstChannel()[g] + sources.channels()[g];
                for (int first = sources.firstChannel()[g]; first < end; ) {
                    int next = Math.min(end, rows.end(first));
                    add(s, first, next);
                    first = next;
                }
            };
        }
    }

    /** What lists of the piece take, by source channel. */
    private final class Rows {
        /** First channels of neighbours that reach as many of the piece's channels. */
        final int[] from;
        /** By range of channels: the piece's channels that each of them reaches. */
        final int[] reached;
        private final CorePiece piece;
        private final RowLayout layout;
        private final RowEncoder encoder;
        private final FormatTable formats;

        Rows(CorePiece piece, RowLayout layout, RowEncoder encoder, FormatTable formats) {
            this.piece = piece;
            this.layout = layout;
            this.encoder = encoder;
            this.formats = formats;
            IntArrayList firsts = new IntArrayList();
            IntArrayList lengths = new IntArrayList();
            int all = projection.groups() == 1 ? 1 : projection.sourceShape().channels();
            for (int ci = 0; ci < all; ci++) {
                int length = layout.reached(ci);
                if (ci == 0 || length != lengths.getInt(lengths.size() - 1)) {
                    firsts.addInt(ci);
                    lengths.addInt(length);
                }
            }
            from = firsts.toIntArray();
            reached = lengths.toIntArray();
        }

        /** @return words of the longest list of the channels {@code first .. last - 1}, end marks included */
        int longest(SynapseBlock block, int first, int last) {
            int longest = 0;
            if (weights.splitsSigns()) {
                for (int ci = first; ci < last; ci++) {
                    longest = Math.max(longest, encoder.encode(formats, layout, block, ci, kernel).length);
                }
                return longest;
            }
            for (int e = 0; e < from.length; e++) {
                int end = e + 1 < from.length ? from[e + 1] : Integer.MAX_VALUE;
                if (from[e] < last && end > first) {
                    longest = Math.max(longest, SynapseFormat.words(encoder.denseBits(block, reached[e], piece.channels())));
                }
            }
            return longest;
        }

        private int range(int ci) {
            int e = Arrays.binarySearch(from, ci);
            return e >= 0 ? e : -e - 2;
        }

        /** @return one after the last channel that reaches as many of the piece's channels as {@code ci} and its neighbours up to there */
        int end(int ci) {
            int e = range(ci);
            return e + 1 < from.length ? from[e + 1] : Integer.MAX_VALUE;
        }

        /** @return the piece's channels that a source channel reaches */
        int reached(int ci) {
            return reached[range(ci)];
        }

        /** @return words that are read of one channel's list: up to its end mark */
        int wordsRead(SynapseBlock block, int ci) {
            return (int) ((encoder.denseBits(block, reached(ci), piece.channels()) + SynapseFormat.END_BITS + Long.SIZE - 1) / Long.SIZE);
        }
    }

    /** The axons of one core while they are numbered. */
    private final class Axons {
        private final CorePiece piece;
        private final RowLayout layout;
        private final SynapseBlock[] blocks;
        private final Rows rows;
        private final IntArrayList pointer = new IntArrayList();
        private final IntArrayList words = new IntArrayList();
        private final IntArrayList atoms = new IntArrayList();
        private final IntArrayList base = new IntArrayList();
        private final IntArrayList input = new IntArrayList();
        private final IntArrayList source = new IntArrayList();
        private final IntArrayList slot = new IntArrayList();
        private final List<ProjectionInputs.Lists> lists = new ArrayList<>();
        /** By first source channel and taps: number of the lists. */
        private final Map<Object, Integer> written = new HashMap<>();
        private int size;

        Axons(CorePiece piece, RowLayout layout, SynapseBlock[] blocks, Rows rows) {
            this.piece = piece;
            this.layout = layout;
            this.blocks = blocks;
            this.rows = rows;
        }

        private record Group(int first, SynapseBlock.Key taps) { }

        void number() {
            int reachedFirst = -1;
            boolean reaches = false;
            // Blocks of positions are the same for all groups of one first channel.
            int[] listAt = new int[blocks.length];
            for (int g = 0; g < sources.position().length; g++) {
                int s = slotOf[sources.position()[g]];
                if (s < 0) {
                    continue;
                }
                int first = sources.firstChannel()[g];
                int channels = sources.channels()[g];
                if (first != reachedFirst) {
                    reachedFirst = first;
                    reaches = CoreBudget.reaches(layout, first, first + channels);
                    Arrays.fill(listAt, -1);
                }
                if (!reaches) {
                    continue;
                }
                if (listAt[s] < 0) {
                    listAt[s] = lists(first, channels, channels > 1 ? blocks[s] : blocks[s].absolute());
                }
                ProjectionInputs.Lists own = lists.get(listAt[s]);
                int rank = channels > 1 ? blocks[s].firstRank() : 0;
                axon(own, channels, rank * piece.channels(), member(sources.position()[g]), g, s);
                if (replayed) {
                    axon(own, channels, rank * piece.channels(), 1, g, s);
                }
            }
        }

        ProjectionInputs with(LayerInputs tables, RowEncoder encoder) {
            return new ProjectionInputs(tables, pointer.toIntArray(), words.toIntArray(), atoms.toIntArray(), base.toIntArray(), input.toIntArray(),
                source.toIntArray(), size, lists.toArray(ProjectionInputs.Lists[]::new), encoder);
        }

        private void axon(ProjectionInputs.Lists own, int channels, int baseCompartment, int accumulator, int group, int position) {
            pointer.addInt(own.pointer());
            words.addInt(own.words());
            atoms.addInt(channels);
            base.addInt(baseCompartment);
            input.addInt(accumulator);
            source.addInt(group);
            slot.addInt(position);
        }

        private int lists(int first, int channels, SynapseBlock placed) {
            return written.computeIfAbsent(new Group(first, placed.key()), k -> {
                int longest = Math.max(1, rows.longest(placed, first, first + channels));
                lists.add(new ProjectionInputs.Lists(first, channels, placed, size, longest));
                size = Math.addExact(size, Math.multiplyExact(longest, channels));
                return lists.size() - 1;
            });
        }

        /** @return the accumulator of a source position: its place in the window of a max pool, else 0 */
        private int member(int position) {
            int[] member = {0};
            if (maxPool) {
                int width = projection.sourceShape().width();
                projection.forEachTap(position / width, position % width, (target, ky, kx) -> member[0] = ky * projection.kernelW() + kx);
            }
            return member[0];
        }
    }

    /** @return the taps, by target */
    LayerTaps taps() {
        return reach.taps();
    }
}
