package org.axongrid.mapper.reference;

import java.util.List;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;

/** The trained network as it was trained: activations quantised by QCFS, no time. Not thread-safe; make one per thread. */
public final class AnnEvaluator {
    private final Network network;
    private final List<double[]> kernels;
    private final int[][] into;
    private final double[][] values;

    /** @param network the trained network */
    public AnnEvaluator(Network network) {
        this.network = network;
        this.kernels = network.kernels();
        int n = network.populations().size();
        into = new int[n][];
        values = new double[n][];
        for (int p = 0; p < n; p++) {
            into[p] = network.into(p);
            values[p] = new double[network.populations().get(p).shape().size()];
        }
    }

    /**
     * @param image input values, channels last
     * @return the logits; the array is reused by the next call
     */
    public double[] logits(double[] image) {
        System.arraycopy(image, 0, values[0], 0, image.length);
        for (int p = 1; p < values.length; p++) {
            Population population = network.populations().get(p);
            double[] bias = population.bias();
            double[] z = values[p];
            for (int i = 0; i < z.length; i += bias.length) {
                System.arraycopy(bias, 0, z, i, bias.length);
            }
            for (int i : into[p]) {
                add(network.projections().get(i), kernels.get(i), z);
            }
            if (population.activation().kind() == Activation.Kind.QCFS) {
                quantise(z, population.activation());
            }
        }
        return values[values.length - 1];
    }

    /** In single precision and in the order of operations of the exported graphs, so that ties fall as they do there. */
    private static void quantise(double[] z, Activation a) {
        float lambda = (float) a.lambda();
        float levels = a.levels();
        for (int i = 0; i < z.length; i++) {
            float steps = (float) Math.floor((float) z[i] / lambda * levels + 0.5f) / levels;
            z[i] = Math.max(0f, Math.min(1f, steps)) * lambda;
        }
    }

    private void add(Projection p, double[] kernel, double[] z) {
        double[] from = values[p.source()];
        int channels = p.sourceShape().channels();
        int targetChannels = p.targetShape().channels();
        int length = p.outPerGroup();
        for (int sy = 0; sy < p.sourceShape().height(); sy++) {
            for (int sx = 0; sx < p.sourceShape().width(); sx++) {
                int first = p.sourceShape().index(0, sy, sx);
                p.forEachTap(sy, sx, (position, ky, kx) -> {
                    for (int ci = 0; ci < channels; ci++) {
                        double value = from[first + ci];
                        if (value != 0) {
                            addRow(z, position * targetChannels + p.firstOutChannel(ci), kernel, p.row(ky, kx, ci), length, value);
                        }
                    }
                });
            }
        }
    }

    private static void addRow(double[] z, int at, double[] kernel, int row, int length, double value) {
        for (int k = 0; k < length; k++) {
            z[at + k] += value * kernel[row + k];
        }
    }
}
