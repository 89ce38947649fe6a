package org.axongrid.mapper.codegen;

import java.util.List;
import org.axongrid.isa.image.SynapseMemory;
import org.axongrid.mapper.partition.RowLayout;

/** The synapse memory of a core as a view of its projections' kernels: lists are packed when somebody reads them. */
final class KernelMemory implements SynapseMemory {
    /**
     * The lists of one projection.
     *
     * @param inputs what they are
     * @param layout where their synapses lie in the core
     * @param kernel the projection's weights
     */
    record Part(ProjectionInputs inputs, RowLayout layout, int[] kernel) { }

    private final List<Part> parts;
    private final FormatTable formats;
    private final int size;

    /**
     * @param parts   by projection, in the order of memory
     * @param formats of the core
     */
    KernelMemory(List<Part> parts, FormatTable formats) {
        this.parts = List.copyOf(parts);
        this.formats = formats;
        size = parts.stream().mapToInt(p -> p.inputs.size()).reduce(0, Math::addExact);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] words() {
        long[] words = new long[size];
        int at = 0;
        for (Part part : parts) {
            // An encoder has buffers of its own, and cores are read by several threads.
            RowEncoder encoder = part.inputs.encoder().copy();
            for (ProjectionInputs.Lists lists : part.inputs.lists()) {
                for (int i = 0; i < lists.channels(); i++) {
                    long[] list = encoder.encode(formats, part.layout, lists.block(), lists.first() + i, part.kernel);
                    System.arraycopy(list, 0, words, at + lists.pointer() + i * lists.words(), list.length);
                }
            }
            at += part.inputs.size();
        }
        return words;
    }

    @Override
    public boolean isView() {
        return true;
    }
}
