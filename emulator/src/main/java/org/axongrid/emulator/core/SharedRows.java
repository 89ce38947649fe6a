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
    private record Memory(LoihiCoreImage image) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Memory o && Arrays.equals(image.synapseWords(), o.image.synapseWords()) && image.formats().equals(o.image.formats())
                && Arrays.equals(image.axonPointer(), o.image.axonPointer()) && Arrays.equals(image.axonWords(), o.image.axonWords())
                && Arrays.equals(image.axonAtoms(), o.image.axonAtoms());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(image.synapseWords()) + 31 * Arrays.hashCode(image.axonPointer());
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
        return decoded.computeIfAbsent(new Memory(image), m -> decode(image, place));
    }

    private Decoded decode(LoihiCoreImage image, String place) {
        RowDecoder decoder = new RowDecoder(image, chip.get(ChipParameter.WEIGHT_SHIFT), arithmetic, kernels, arrays, place);
        int[] lineRow = new int[Arrays.stream(image.axonAtoms()).sum()];
        int line = 0;
        for (int a = 0; a < image.inputAxons(); a++) {
            int words = image.axonWords()[a];
            for (int atom = 0; atom < image.axonAtoms()[a]; atom++) {
                lineRow[line++] = decoder.row(image.axonPointer()[a] + atom * words, words);
            }
        }
        return new Decoded(decoder.rows(), lineRow, decoder.extents());
    }
}
