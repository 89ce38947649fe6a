package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.axongrid.emulator.kernel.Kernels;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.SharedArrays;

/**
 * Decoded synapse memories of a system's cores. Cores of a convolution that differ in their place only have equal memories, which are decoded and kept
 * once; runs of weights that are equal anywhere are one array.
 */
final class SharedRows {
    /**
     * A decoded memory.
     *
     * @param rows    its lists
     * @param lineRow by line: its row
     * @param extent  by row: one more than its last target, relative to the base
     */
    record Decoded(SynapseRows rows, int[] lineRow, int[] extent) { }

    /** What decoding depends on. */
    private static final class Memory {
        private final LoihiCoreImage image;
        private final int hash;
        /** Kept while it is looked for only: a view packs its words anew when they have to be compared. */
        private long[] words;

        Memory(LoihiCoreImage image, long[] words) {
            this.image = image;
            this.words = words;
            hash = Arrays.hashCode(words) + 31 * Arrays.hashCode(image.axonPointer());
        }

        private long[] words() {
            return words == null ? image.synapseWords() : words;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Memory o && hash == o.hash && image.memory().size() == o.image.memory().size() && Arrays.equals(words(), o.words())
                && image.formats().equals(o.image.formats())
                && Arrays.equals(image.axonPointer(), o.image.axonPointer()) && Arrays.equals(image.axonWords(), o.image.axonWords())
                && Arrays.equals(image.axonAtoms(), o.image.axonAtoms());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Map<Memory, Decoded> decoded = new HashMap<>();
    private final SharedArrays arrays;
    private final ChipSpec chip;
    private final Arithmetic arithmetic;
    private final Kernels kernels;

    /**
     * @param arrays     equal arrays of the system
     * @param chip       the chip
     * @param arithmetic what its registers do
     * @param kernels    loops that are to run
     */
    SharedRows(SharedArrays arrays, ChipSpec chip, Arithmetic arithmetic, Kernels kernels) {
        this.arrays = arrays;
        this.chip = chip;
        this.arithmetic = arithmetic;
        this.kernels = kernels;
    }

    /** @return a core's synapse memory, decoded */
    Decoded of(LoihiCoreImage image, String place) {
        long[] words = image.synapseWords();
        Memory memory = new Memory(image, words);
        Decoded known = decoded.get(memory);
        if (known == null) {
            known = decode(image, words, place);
            decoded.put(memory, known);
            memory.words = null;
        }
        return known;
    }

    private Decoded decode(LoihiCoreImage image, long[] words, String place) {
        RowDecoder decoder = new RowDecoder(image, words, chip.get(ChipParameter.WEIGHT_SHIFT), arithmetic, kernels, arrays, place);
        int[] lineRow = new int[Arrays.stream(image.axonAtoms()).sum()];
        int line = 0;
        for (int a = 0; a < image.inputAxons(); a++) {
            int each = image.axonWords()[a];
            for (int atom = 0; atom < image.axonAtoms()[a]; atom++) {
                lineRow[line++] = decoder.row(image.axonPointer()[a] + atom * each, each);
            }
        }
        return new Decoded(decoder.rows(), lineRow, decoder.extents());
    }
}
