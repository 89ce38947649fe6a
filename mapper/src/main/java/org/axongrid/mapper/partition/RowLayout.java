package org.axongrid.mapper.partition;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.mapper.network.Projection;

/**
 * How one source channel's synapses lie in a core's list: runs of consecutive compartments. The mapper counts memory with it and the code
 * generator writes lists with it, so that both always agree.
 */
public final class RowLayout {
    private final Projection projection;
    private final CorePiece piece;

    /** Receives the runs of a row. */
    @FunctionalInterface
    public interface RunVisitor {
        /**
         * @param first  first compartment, relative to the block's base
         * @param kernel offset of its weight in the projection's kernel
         * @param length consecutive compartments, all in one kernel row
         */
        void run(int first, int kernel, int length);
    }

    /**
     * @param projection the projection
     * @param piece      what the target core holds
     */
    public RowLayout(Projection projection, CorePiece piece) {
        this.projection = projection;
        this.piece = piece;
    }

    /** @return first of the piece's channels that source channel {@code ci} reaches */
    private int low(int ci) {
        return Math.max(piece.firstChannel(), projection.firstOutChannel(ci));
    }

    /** @return number of the piece's channels that source channel {@code ci} reaches, 0 if none */
    public int reached(int ci) {
        int high = Math.min(piece.firstChannel() + piece.channels(), projection.firstOutChannel(ci) + projection.outPerGroup());
        return Math.max(0, high - low(ci));
    }

    /** @return first source channel that reaches any of the piece's channels */
    public int firstSource() {
        return piece.firstChannel() / projection.outPerGroup() * projection.inPerGroup();
    }

    /** @return one after the last source channel that reaches any of the piece's channels */
    public int lastSource() {
        return ((piece.firstChannel() + piece.channels() - 1) / projection.outPerGroup() + 1) * projection.inPerGroup();
    }

    /** Visits a row's runs, ascending. */
    public void forEachRun(SynapseBlock block, int ci, RunVisitor visitor) {
        int length = reached(ci);
        if (length == 0) {
            return;
        }
        int low = low(ci);
        int channel = low - piece.firstChannel();
        int inRow = low - projection.firstOutChannel(ci);
        for (int i = 0; i < block.size(); i++) {
            visitor.run(block.rank(i) * piece.channels() + channel, projection.row(block.ky(i), block.kx(i), ci) + inRow, length);
        }
    }

    /** @return largest compartment, relative to the base, that the row reaches */
    public int extent(SynapseBlock block, int ci) {
        return block.rank(block.size() - 1) * piece.channels() + low(ci) - piece.firstChannel() + reached(ci) - 1;
    }

    /**
     * Words that a row's list takes at most: exactly for mixed-sign dense lists; for the 9-bit formats, which split a row by sign, the
     * bound over all splits.
     *
     * @param block     the taps
     * @param ci        source channel
     * @param weights   how weights are stored
     * @param indexBits bits of a target index
     * @param chip      for the entry limit
     * @return words, end mark included
     */
    public int words(SynapseBlock block, int ci, WeightStorage weights, int indexBits, ChipSpec chip) {
        int length = reached(ci);
        int perEntry = chip.get(ChipParameter.SYNAPSES_PER_ENTRY);
        if (weights.splitsSigns()) {
            long synapses = (long) length * block.size();
            return SynapseFormat.words(synapses * (8 + indexBits) + (synapses / perEntry + 2) * SynapseFormat.PREFIX_BITS);
        }
        boolean merges = length == piece.channels();
        long bits = 0;
        int run = 0;
        for (int i = 0; i < block.size(); i++) {
            run += length;
            boolean continues = merges && i + 1 < block.size() && block.rank(i + 1) == block.rank(i) + 1;
            if (!continues) {
                int entries = (run + perEntry - 1) / perEntry;
                bits += (long) run * weights.bits() + (long) entries * (SynapseFormat.PREFIX_BITS + indexBits);
                run = 0;
            }
        }
        return SynapseFormat.words(bits);
    }
}
