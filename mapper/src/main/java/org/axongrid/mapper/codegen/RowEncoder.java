package org.axongrid.mapper.codegen;

import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseFormat.Compression;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.SynapseListWriter;
import org.axongrid.mapper.partition.RowLayout;
import org.axongrid.mapper.partition.SynapseBlock;
import org.axongrid.mapper.partition.WeightStorage;

/** Writes one source channel's synapse list in the formats that the weights need. */
final class RowEncoder {
    private final WeightStorage weights;
    private final SynapseListWriter writer;
    private final int perEntry;
    private final SynapseFormat mixed;
    private final SynapseFormat excitatory;
    private final SynapseFormat inhibitory;
    private int[] targets = new int[64];
    private int[] mantissas = new int[64];
    private final int weightShift;
    private int count;


    /** @param weightShift weights are multiples of two to this; it goes into the format's exponent */
    RowEncoder(WeightStorage weights, int weightShift, int indexBits, boolean shared, ChipSpec chip) {
        this.weights = weights;
        this.weightShift = weightShift;
        this.perEntry = chip.get(ChipParameter.SYNAPSES_PER_ENTRY);
        this.writer = new SynapseListWriter(perEntry);
        int bits = Math.min(weights.bits(), 8);
        mixed = new SynapseFormat(Compression.DENSE, SignMode.MIXED, bits, bits - 9 + weightShift, 0, indexBits, shared);
        excitatory = new SynapseFormat(Compression.SPARSE, SignMode.EXCITATORY, 8, weightShift, 0, indexBits, shared);
        inhibitory = new SynapseFormat(Compression.SPARSE, SignMode.INHIBITORY, 8, weightShift, 0, indexBits, shared);
    }

    private RowEncoder(RowEncoder other) {
        weights = other.weights;
        perEntry = other.perEntry;
        writer = new SynapseListWriter(perEntry);
        mixed = other.mixed;
        excitatory = other.excitatory;
        inhibitory = other.inhibitory;
        weightShift = other.weightShift;
    }

    /** @return the same with buffers of its own */
    RowEncoder copy() {
        return new RowEncoder(this);
    }

    /** @return the format of lists that are not split by sign */
    SynapseFormat dense() {
        return mixed;
    }

    /**
     * Bits of a list that is not split by sign, without its end mark.
     *
     * @param block    the taps
     * @param reached  channels of a position that the list reaches
     * @param channels channels that a position has in the core
     */
    long denseBits(SynapseBlock block, int reached, int channels) {
        if (reached == 0) {
            return 0;
        }
        long bits = 0;
        int run = 0;
        for (int i = 0; i < block.size(); i++) {
            run += reached;
            boolean continues = reached == channels && i + 1 < block.size() && block.rank(i + 1) == block.rank(i) + 1;
            if (!continues) {
                bits += (long) run * mixed.synapseBits() + (long) ((run + perEntry - 1) / perEntry) * mixed.prefixBits();
                run = 0;
            }
        }
        return bits;
    }

    /** @return the list of source channel {@code ci} */
    long[] encode(FormatTable core, RowLayout layout, SynapseBlock block, int ci, int[] kernel) {
        count = 0;
        layout.forEachRun(block, ci, (first, at, length) -> {
            for (int k = 0; k < length; k++) {
                add(first + k, kernel[at + k]);
            }
        });
        writer.clear();
        if (weights.splitsSigns()) {
            split(core, excitatory, true);
            split(core, inhibitory, false);
        } else {
            dense(core);
        }
        return writer.toWords();
    }

    private void add(int target, int weight) {
        if (count == targets.length) {
            targets = java.util.Arrays.copyOf(targets, 2 * count);
            mantissas = java.util.Arrays.copyOf(mantissas, 2 * count);
        }
        targets[count] = target;
        mantissas[count++] = weight >> weightShift;
    }

    private void dense(FormatTable core) {
        int number = core.number(mixed);
        for (int i = 0; i < count; i++) {
            mantissas[i] <<= mixed.lostBits();
        }
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || targets[i] != targets[i - 1] + 1) {
                writer.dense(number, mixed, targets[start], mantissas, start, i - start, 0);
                start = i;
            }
        }
    }

    private void split(FormatTable core, SynapseFormat format, boolean positive) {
        int[] to = new int[count];
        int[] mantissa = new int[count];
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (mantissas[i] >= 0 == positive) {
                to[n] = targets[i];
                mantissa[n++] = mantissas[i];
            }
        }
        if (n > 0) {
            writer.sparse(core.number(format), format, to, mantissa, new int[n], n);
        }
    }
}
