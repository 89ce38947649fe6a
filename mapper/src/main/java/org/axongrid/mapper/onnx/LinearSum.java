package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The un-activated sum of weighted populations plus a bias: what becomes a population's current.
 *
 * <p>A sum exists on the chip only inside a population. Where several read it, each makes it anew: exact, and paid for in synapses.
 *
 * @param origin label of the node that made it
 * @param name   the population's name if it stays un-activated (the readout)
 * @param shape  channels, rows, columns
 * @param dims   extents without the batch axis; same memory order (channels first) as the shape
 * @param terms  the weighted populations
 * @param bias   per channel
 */
record LinearSum(String origin, String name, Shape shape, int[] dims, List<Term> terms, double[] bias) implements Value.Signal {
    /** Sums of sums double with each that is read twice; a network with so many projections is no use. */
    private static final int MOST_TERMS = 4096;

    static LinearSum of(OnnxNode node, Shape shape, int[] dims, List<Term> terms, double[] bias) {
        String output = node.outputs().isEmpty() ? "" : node.outputs().get(0);
        return new LinearSum(node.label(), node.name().isEmpty() ? output : node.name(), shape, dims, List.copyOf(terms), bias);
    }

    @Override
    public LinearSum as(int[] newDims) {
        return new LinearSum(origin, name, shape, newDims, terms, bias);
    }

    /** @return {@code this * factor + summand}; arrays in memory order, null for 1 and 0 */
    LinearSum affine(double[] factor, double[] summand) {
        double[] f = factor == null ? null : perChannel(factor);
        double[] s = summand == null ? null : perChannel(summand);
        double[] newBias = bias.clone();
        for (int c = 0; c < newBias.length; c++) {
            newBias[c] = newBias[c] * (f == null ? 1 : f[c]) + (s == null ? 0 : s[c]);
        }
        return new LinearSum(origin, name, shape, dims, f == null ? terms : scaled(f), newBias);
    }

    /** @return {@code this * factor + summand} */
    LinearSum affine(double factor, double summand) {
        double[] newBias = Arrays.stream(bias).map(b -> b * factor + summand).toArray();
        double[] all = new double[shape.channels()];
        Arrays.fill(all, factor);
        return new LinearSum(origin, name, shape, dims, factor == 1 ? terms : scaled(all), newBias);
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

    /** @return the same among more channels: channel c is there channel {@code first + c} of {@code channels} */
    LinearSum among(int first, int channels, int[] newDims) {
        double[] wide = new double[channels];
        System.arraycopy(bias, 0, wide, first, bias.length);
        return new LinearSum(origin, name, new Shape(channels, shape.height(), shape.width()), newDims,
            terms.stream().map(t -> new Term(t.source(), t.pool(), t.kernel().among(first, channels))).toList(), wide);
    }

    /** @return the sum of two of equal shape */
    LinearSum plus(LinearSum other, OnnxNode node) {
        List<Term> all = new ArrayList<>(terms);
        for (Term t : other.terms) {
            int same = 0;
            while (same < all.size() && !all.get(same).fits(t)) {
                same++;
            }
            if (same < all.size()) {
                all.set(same, new Term(t.source(), t.pool(), all.get(same).kernel().plus(t.kernel())));
            } else {
                all.add(t);
            }
        }
        if (all.size() > MOST_TERMS) {
            throw new Refusal(node, "adds " + all.size() + " weighted populations, at most " + MOST_TERMS + " are supported");
        }
        double[] sum = bias.clone();
        for (int c = 0; c < sum.length; c++) {
            sum[c] += other.bias[c];
        }
        return of(node, shape, dims, all, sum);
    }

    /**
     * Windows over this sum: a linear layer behind a linear layer.
     *
     * @param next    the windows
     * @param added   bias by channel of the target
     * @param target  shape of the target
     * @param newDims its extents
     * @param node    the layer
     * @return both as one
     */
    LinearSum then(Kernel next, double[] added, Shape target, int[] newDims, OnnxNode node) {
        List<Term> out = new ArrayList<>();
        for (Term t : terms) {
            out.add(t.then(next, shape, target));
        }
        double[] sum = added.clone();
        if (Arrays.stream(bias).anyMatch(b -> b != 0)) {
            double[] own = carried(next, target, node);
            for (int c = 0; c < sum.length; c++) {
                sum[c] += own[c];
            }
        }
        return of(node, target, newDims, out, sum);
    }

    /** What the next layer makes of this one's bias: the same in all positions, unless it pads with zeros. */
    private double[] carried(Kernel next, Shape target, OnnxNode node) {
        Kernel constant = Chain.of(Kernel.pointwise(1, 1, bias.length, bias), next, shape, target);
        double[][] classes = constant.border() == null ? new double[][] {constant.kernel()} : constant.border().kernels();
        double[] first = null;
        for (double[] kernel : classes) {
            double[] sums = new double[target.channels()];
            for (int i = 0; i < kernel.length; i++) {
                sums[i % sums.length] += kernel[i];
            }
            for (int c = 0; first != null && c < sums.length; c++) {
                if (Math.abs(sums[c] - first[c]) > 1e-9 * Math.max(1, Math.abs(first[c]))) {
                    throw new Refusal(node, "pads the un-activated result of " + origin + ", which has a bias, with zeros: the bias would differ at the"
                        + " border; only without padding, or without that bias, this folds exactly");
                }
            }
            first = first == null ? sums : first;
        }
        return first;
    }
}
