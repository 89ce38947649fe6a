package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * The largest values in windows of a sum that has no activation yet. Activations do not decrease, so the largest current has the largest activation: the
 * population of all positions comes first, the windows behind it.
 *
 * @param sum     what is pooled
 * @param windows one behind the other, the first next to the sum
 * @param maps    extents of the map in front of each of the windows
 * @param dims    extents of the result without the batch axis
 */
record Maxed(LinearSum sum, List<OnnxNode> windows, List<int[]> maps, int[] dims) implements Value.Signal {

    /** @return the same with windows behind it */
    Maxed then(OnnxNode node, int[] newDims) {
        List<OnnxNode> all = new ArrayList<>(windows);
        all.add(node);
        List<int[]> allMaps = new ArrayList<>(maps);
        allMaps.add(dims);
        return new Maxed(sum, List.copyOf(all), List.copyOf(allMaps), newDims);
    }

    @Override
    public Maxed as(int[] newDims) {
        return new Maxed(sum, windows, maps, newDims);
    }

    /**
     * @param factor  by element of the result in memory order, {@code null} for 1
     * @param summand likewise, {@code null} for 0
     * @param node    whose constants they are
     * @return {@code this * factor + summand}
     */
    Maxed affine(double[] factor, double[] summand, OnnxNode node) {
        for (int i = 0; factor != null && i < factor.length; i++) {
            if (!(factor[i] > 0)) {
                throw new Refusal(node, "multiplies the result of " + windows.get(windows.size() - 1).label() + " by " + (float) factor[i]
                    + ": behind a maximum of sums only positive factors can be moved in front of it; put the activation in front of the pooling");
            }
        }
        int n = Value.elements(sum.dims());
        return new Maxed(sum.affine(byChannel(factor, n, node), byChannel(summand, n, node)), windows, maps, dims);
    }

    /** Values of the result's elements as values of the sum's: they must be the same all over each channel. */
    private double[] byChannel(double[] values, int elements, OnnxNode node) {
        if (values == null) {
            return null;
        }
        int channels = sum.shape().channels();
        int plane = values.length / channels;
        double[] out = new double[elements];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != values[i / plane * plane]) {
                throw new Refusal(node, "the constant differs between positions of one channel; only one value per channel is supported here");
            }
        }
        for (int i = 0; i < elements; i++) {
            out[i] = values[i / (elements / channels) * plane];
        }
        return out;
    }
}
