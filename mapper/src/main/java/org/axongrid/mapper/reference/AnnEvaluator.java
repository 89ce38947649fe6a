package org.axongrid.mapper.reference;

import java.util.Arrays;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/**
 * The trained network itself, with its quantised activations: the accuracy that a conversion starts from.
 *
 * <p>Sums are in double precision; the activation is computed in {@code float} and in the order of the model files (divide by lambda,
 * multiply by L, add 1/2, floor, divide by L, clip, multiply by lambda), so that an input on a step of the staircase falls to the same
 * side as there.
 *
 * <p>One instance serves one thread and uses its buffers again.
 */
public final class AnnEvaluator {
    private final Network network;
    private final DoubleRows[] synapses;
    private final int[][] into;
    private final double[][] pooled;
    private final double[][][] sums;
    private final double[][] values;

    /** @param network the trained network */
    public AnnEvaluator(Network network) {
        this.network = network;
        int n = network.populations().size();
        into = new int[n][];
        sums = new double[n][][];
        values = new double[n][];
        synapses = new DoubleRows[network.projections().size()];
        pooled = new double[synapses.length][];
        for (int i = 0; i < synapses.length; i++) {
            Projection p = network.projections().get(i);
            Shape map = new Shape(p.sourceShape().channels(), p.pooledHeight(), p.pooledWidth());
            synapses[i] = new DoubleRows(new Projection(p.source(), p.target(), map, p.targetShape(), Pool.NONE, p.kernelH(), p.kernelW(),
                p.strideH(), p.strideW(), p.padTop(), p.padLeft(), p.dilationH(), p.dilationW(), p.groups()), network.kernels().get(i));
            pooled[i] = p.pool().equals(Pool.NONE) ? null : new double[map.size()];
        }
        for (int p = 1; p < n; p++) {
            Shape shape = network.populations().get(p).shape();
            into[p] = network.into(p);
            sums[p] = new double[shape.positions()][shape.channels()];
            values[p] = new double[shape.size()];
        }
    }

    /**
     * @param image input values, channels last
     * @return the readout's values; a buffer that the next call overwrites
     */
    public double[] logits(double[] image) {
        if (image.length != network.input().shape().size()) {
            throw new IllegalArgumentException(image.length + " values for an input of " + network.input().shape());
        }
        values[0] = image;
        for (int p = 1; p < into.length; p++) {
            Population population = network.populations().get(p);
            for (double[] row : sums[p]) {
                System.arraycopy(population.bias(), 0, row, 0, row.length);
            }
            for (int i : into[p]) {
                Projection projection = network.projections().get(i);
                double[] source = values[projection.source()];
                if (pooled[i] != null) {
                    addWindows(projection, source, pooled[i]);
                    source = pooled[i];
                }
                synapses[i].scatter(source, sums[p]);
            }
            if (population.activation().kind() == Activation.Kind.MAX_POOL) {
                Projection windows = network.projections().get(into[p][0]);
                maximum(windows, values[windows.source()], values[p]);
            } else {
                activate(population.activation(), sums[p], values[p]);
            }
        }
        return values[into.length - 1];
    }

    /**
     * @param image input values, channels last
     * @return the class that the network decides for, the lowest index of equal ones
     */
    public int predict(double[] image) {
        return Argmax.of(logits(image));
    }

    /** @return values of population {@code p} in the last evaluation, channels last; live, not a copy */
    public double[] activations(int p) {
        return values[p];
    }

    /** @return currents of population {@code p} in the last evaluation, before its activation, [position][channel]; live, not a copy */
    public double[][] currents(int p) {
        return sums[p];
    }

    /** Sums over the windows; the division by their area is in the weights. */
    private static void addWindows(Projection p, double[] source, double[] windows) {
        Pool pool = p.pool();
        Shape shape = p.sourceShape();
        int channels = shape.channels();
        int to = 0;
        for (int py = 0; py < p.pooledHeight(); py++) {
            for (int px = 0; px < p.pooledWidth(); px++, to += channels) {
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    for (int y = 0; y < pool.kernelH(); y++) {
                        int from = shape.index(c, py * pool.strideH() + y, px * pool.strideW());
                        for (int x = 0; x < pool.kernelW(); x++) {
                            sum += source[from + x * channels];
                        }
                    }
                    windows[to + c] = sum;
                }
            }
        }
    }

    /** The largest value in each window; what lies outside of the map does not count. */
    static void maximum(Projection p, double[] source, double[] out) {
        int channels = p.sourceShape().channels();
        Arrays.fill(out, Double.NEGATIVE_INFINITY);
        for (int y = 0; y < p.sourceShape().height(); y++) {
            for (int x = 0; x < p.sourceShape().width(); x++) {
                int from = p.sourceShape().index(0, y, x);
                p.forEachTap(y, x, (position, ky, kx) -> {
                    for (int c = 0; c < channels; c++) {
                        out[position * channels + c] = Math.max(out[position * channels + c], source[from + c]);
                    }
                });
            }
        }
    }

    private static void activate(Activation activation, double[][] sums, double[] values) {
        boolean linear = activation.kind() == Activation.Kind.LINEAR;
        boolean quantised = activation.kind() == Activation.Kind.QCFS;
        double bound = activation.bound();
        float lambda = (float) activation.lambda();
        float levels = activation.levels();
        int i = 0;
        for (double[] row : sums) {
            for (double z : row) {
                values[i++] = linear ? z : quantised ? qcfs((float) z, lambda, levels) : Math.max(0, Math.min(bound, z));
            }
        }
    }

    /**
     * @param z      input
     * @param lambda upper end of the range
     * @param levels L
     * @return {@code lambda * clip(floor(z / lambda * L + 1/2) / L, 0, 1)} in float arithmetic
     */
    static float qcfs(float z, float lambda, float levels) {
        float level = (float) Math.floor(z / lambda * levels + 0.5f) / levels;
        return Math.max(0, Math.min(1, level)) * lambda;
    }
}
