package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Populations' outputs on their way to a linear operation: pooled, scaled and concatenated, but not yet weighted and summed.
 *
 * <p>In memory order (channels first, batch left out) the tensor is the concatenation of its parts' elements; {@code dims} is only how it is
 * looked at.
 *
 * @param parts   at least one
 * @param dims    extents without the batch axis
 * @param padding zeros around the map that the next convolution has to add
 */
record Reading(List<Part> parts, int[] dims, Padding padding) implements Value.Signal {

    static Reading of(Source source, int[] dims) {
        return new Reading(List.of(Part.of(source)), dims, Padding.NONE);
    }

    /** @return whether this is one population as it is */
    boolean plain() {
        return parts.size() == 1 && parts.get(0).plain() && padding.none();
    }

    @Override
    public Reading as(int[] newDims) {
        needUnpadded();
        return new Reading(parts, newDims, padding);
    }

    /** @return {@code this * factor + summand}; arrays in memory order, null for 1 and 0 */
    Reading affine(double[] factor, double[] summand) {
        needUnpadded();
        List<Part> out = new ArrayList<>();
        int at = 0;
        for (Part p : parts) {
            int n = p.elements();
            out.add(p.affine(slice(factor, at, n), slice(summand, at, n)));
            at += n;
        }
        return new Reading(List.copyOf(out), dims, padding);
    }

    private static double[] slice(double[] from, int at, int length) {
        return from == null ? null : Arrays.copyOfRange(from, at, at + length);
    }

    private void needUnpadded() {
        if (!padding.none()) {
            throw new Refusal("zero padding is supported only directly in front of a convolution or pooling");
        }
    }

    /**
     * The map that a convolution or pooling works on, padding left out.
     *
     * @return the shape; height 1 for one spatial axis
     */
    Shape map() {
        if (dims.length != 2 && dims.length != 3) {
            throw new Refusal("needs a map [N, C, L] or [N, C, H, W], got [N, " + Text.dims(dims).substring(1));
        }
        int h = dims.length == 3 ? dims[1] : 1;
        int w = dims[dims.length - 1];
        int channels = 0;
        for (Part p : parts) {
            // A map flattened to one axis still has the same positions in the same order.
            boolean row = h == 1 && p.height() * p.width() == w;
            if (!row && (p.height() != h || p.width() != w)) {
                throw new Refusal("reads " + p.source().name() + " (" + p.channels() + "x" + p.height() + "x" + p.width()
                    + ") reshaped to " + Text.dims(dims) + "; a map cannot be reshaped in front of a convolution or pooling");
            }
            channels += p.channels();
        }
        return new Shape(channels, h, w);
    }

    /** @return whether every part's map has the same rows and columns as {@code map} (not only as many positions) */
    boolean fits(Shape map) {
        return parts.stream().allMatch(p -> p.height() == map.height() && p.width() == map.width());
    }
}
