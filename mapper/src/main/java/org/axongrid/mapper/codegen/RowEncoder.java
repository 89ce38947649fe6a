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
        this.writer = new SynapseListWriter(chip.get(ChipParameter.SYNAPSES_PER_ENTRY));
        int bits = Math.min(weights.bits(), 8);
        mixed = new SynapseFormat(Compression.DENSE, SignMode.MIXED, bits, bits - 9 + weightShift, 0, indexBits, shared);
        excitatory = new SynapseFormat(Compression.SPARSE, SignMode.EXCITATORY, 8, weightShift, 0, indexBits, shared);
        inhibitory = new SynapseFormat(Compression.SPARSE, SignMode.INHIBITORY, 8, weightShift, 0, indexBits, shared);
    }

    /** @return the list of source channel {@code ci} */
    long[] encode(CoreBuilder core, RowLayout layout, SynapseBlock block, int ci, int[] kernel) {
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

    private void dense(CoreBuilder core) {
        int number = core.format(mixed);
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

    private void split(CoreBuilder core, SynapseFormat format, boolean positive) {
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
            writer.sparse(core.format(format), format, to, mantissa, new int[n], n);
        }
    }
}
