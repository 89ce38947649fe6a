package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The un-activated sum of weighted populations plus a bias: what becomes a population's current.
 *
 * <p>A sum exists on the chip only inside one population, so it may be used once: {@link #claim} keeps track.
 *
 * @param origin label of the node that made it
 * @param name   the population's name if it stays un-activated (the readout)
 * @param shape  channels, rows, columns
 * @param dims   extents without the batch axis; same memory order (channels first) as the shape
 * @param terms  the weighted populations
 * @param bias   per channel
 * @param use    shared by everything derived from one sum
 */
record LinearSum(String origin, String name, Shape shape, int[] dims, List<Term> terms, double[] bias, Use use) implements Value.Signal {

    /** Who used the sum. */
    static final class Use {
        private OnnxNode by;
    }

    static LinearSum of(OnnxNode node, Shape shape, int[] dims, List<Term> terms, double[] bias) {
        String output = node.outputs().isEmpty() ? "" : node.outputs().get(0);
        return new LinearSum(node.label(), node.name().isEmpty() ? output : node.name(), shape, dims, List.copyOf(terms), bias, new Use());
    }

    /**
     * Marks the sum as used.
     *
     * @param by the node that turns it into a population or adds it to another sum
     */
    void claim(OnnxNode by) {
        if (use.by != null && !use.by.equals(by)) {
            throw new Refusal("the un-activated sum of " + origin + " is used by " + use.by.label() + " and by " + by.label()
                + ": un-spiked sums cannot pass a shortcut, put the QCFS activation behind the addition (post-activation blocks)");
        }
        use.by = by;
    }

    @Override
    public LinearSum as(int[] newDims) {
        return new LinearSum(origin, name, shape, newDims, terms, bias, use);
    }

    /** @return {@code this * factor + summand}; arrays in memory order, null for 1 and 0 */
    LinearSum affine(double[] factor, double[] summand) {
        double[] f = factor == null ? null : perChannel(factor);
        double[] s = summand == null ? null : perChannel(summand);
        double[] newBias = bias.clone();
        for (int c = 0; c < newBias.length; c++) {
            newBias[c] = newBias[c] * (f == null ? 1 : f[c]) + (s == null ? 0 : s[c]);
        }
        return new LinearSum(origin, name, shape, dims, f == null ? terms : scaled(f), newBias, use);
    }

    /** @return {@code this * factor + summand} */
    LinearSum affine(double factor, double summand) {
        double[] newBias = Arrays.stream(bias).map(b -> b * factor + summand).toArray();
        double[] all = new double[shape.channels()];
        Arrays.fill(all, factor);
        return new LinearSum(origin, name, shape, dims, factor == 1 ? terms : scaled(all), newBias, use);
    }

    private List<Term> scaled(double[] factor) {
        List<Term> out = new ArrayList<>();
        for (Term t : terms) {
            out.add(t.scaled(factor));
        }
        return List.copyOf(out);
    }

    private double[] perChannel(double[] elements) {
        double[] out = new double[shape.channels()];
        int plane = shape.positions();
        for (int e = 0; e < elements.length; e++) {
            if (elements[e] != elements[e / plane * plane]) {
                throw new Refusal("the constant differs between positions of one channel; only one value per channel is supported here");
            }
            out[e / plane] = elements[e];
        }
        return out;
    }

    /** @return the sum of two of equal shape */
    LinearSum plus(LinearSum other, OnnxNode node) {
        List<Term> all = new ArrayList<>(terms);
        all.addAll(other.terms);
        double[] sum = bias.clone();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += other.bias[c];
        }
        return of(node, shape, dims, all, sum);
    }
}
