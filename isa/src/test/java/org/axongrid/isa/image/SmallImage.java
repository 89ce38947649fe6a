package org.axongrid.isa.image;

import java.util.List;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListWriter;

/**
 * A valid image made by hand. Core 0, 6 compartments: groups 0..2 (population of 3), 3 (discrete), each to core 130 on the second chip,
 * group 4..5 to core 1. Core 1, 2 compartments: one population axon of 2. Core 130, 4 compartments: a population axon of 3 with a dense row of
 * three targets per atom and a discrete axon with a sparse list.
 */
final class SmallImage {
    static final SynapseFormat DENSE =
        new SynapseFormat(SynapseFormat.Compression.DENSE, SynapseFormat.SignMode.MIXED, 8, 0, 0, 6, false);
    static final SynapseFormat SPARSE =
        new SynapseFormat(SynapseFormat.Compression.SPARSE, SynapseFormat.SignMode.EXCITATORY, 4, 0, 2, 6, false);

    private static final NeuronProfile FIRE = new NeuronProfile(4096, 0, 100, NeuronProfile.Reset.SOFT, 1, -8388607, 8388607, 6, 1);
    private static final NeuronProfile READ = new NeuronProfile(4096, 4096, 0, NeuronProfile.Reset.NONE, 1, -8388607, 8388607, 6, 2);
    private static final int[] NONE = {};

    private SmallImage() { }

    static ChipImage image() {
        LoihiCoreImage source = new LoihiCoreImage(0, List.of(FIRE), new byte[6], new int[] {1, -2, 3, 0, 0, 0}, new int[] {1, 1, 1, 1, 1, 1},
            List.of(), new long[0], NONE, NONE, NONE, NONE,
            new int[] {0, 3, 4}, new int[] {3, 1, 2}, new int[] {0, 1, 2, 3}, new int[] {130, 130, 1}, new int[] {0, 1, 0}, new int[] {0, 0, 5});
        SynapseListWriter row = new SynapseListWriter(60);
        row.dense(1, DENSE, 0, new int[] {2, -4, 6}, 0, 3, 0);
        long[] dense = row.toWords();
        row.clear();
        row.sparse(2, SPARSE, new int[] {0, 2}, new int[] {16, 240}, new int[] {1, 3}, 2);
        long[] sparse = row.toWords();
        if (dense.length != 1 || sparse.length != 1) {
            throw new AssertionError("each list is one word");
        }
        LoihiCoreImage local = new LoihiCoreImage(1, List.of(FIRE), new byte[2], new int[2], new int[2], List.of(DENSE), new long[] {0, 0},
            new int[] {0}, new int[] {1}, new int[] {2}, new int[] {0}, NONE, NONE, new int[1], NONE, NONE, NONE);
        LoihiCoreImage target = new LoihiCoreImage(130, List.of(FIRE, READ), new byte[] {0, 1, 1, 1}, new int[4], new int[4], List.of(DENSE, SPARSE),
            new long[] {dense[0], dense[0], dense[0], sparse[0]},
            new int[] {0, 3}, new int[] {1, 1}, new int[] {3, 1}, new int[] {1, 1}, NONE, NONE, new int[1], NONE, NONE, NONE);
        return new ChipImage("small", ChipSpecs.preset("loihi"), 2, List.of(source, local, target), List.of(
            new Region("in", Region.Role.BIAS_INPUT, new int[] {0, 0}, new int[] {0, 1}),
            new Region("out", Region.Role.READOUT, new int[] {2, 2, 2}, new int[] {1, 2, 3})), 1);
    }
}
