package org.axongrid.mapper.quantise;

import java.util.List;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/**
 * Turns an image into the constant bias currents of the populations that the analog input drives ("direct coding": the same current in
 * each step). Computed off-chip, per neuron and not per channel, so that zero padding stays exact for any input normalisation.
 */
public final class InputEncoder {
    private final QuantisedNetwork net;
    private final int biasLimit;
    private final List<double[]> kernels;
    private long saturations;

    /**
     * @param net       the quantised network
     * @param kernels   float weights by projection; only those of analog projections are read
     * @param biasLimit largest bias mantissa of the target (4095 on Loihi); larger currents saturate, and are counted
     */
    public InputEncoder(QuantisedNetwork net, List<double[]> kernels, int biasLimit) {
        this.net = net;
        this.kernels = kernels;
        this.biasLimit = biasLimit;
    }

    /**
     * @param image the input values, channels last, as {@link Shape} numbers them
     * @return by population the per-neuron biases in its units, {@code null} for those without analog input
     */
    public int[][] encode(double[] image) {
        Network network = net.network();
        int[][] out = new int[network.populations().size()][];
        for (int p = 1; p < out.length; p++) {
            if (!net.isAnalog(p)) {
                continue;
            }
            double[] current = analogCurrent(network, p, kernels, image);
            int channels = network.populations().get(p).shape().channels();
            int[] units = new int[current.length];
            for (int i = 0; i < units.length; i++) {
                double mantissa = Math.rint(current[i] / (net.scale()[p][i % channels] * net.biasStep()[p]));
                if (Math.abs(mantissa) > biasLimit) {
                    saturations++;
                    mantissa = Math.copySign(biasLimit, mantissa);
                }
                units[i] = (int) mantissa * net.biasStep()[p];
            }
            out[p] = units;
        }
        return out;
    }

    /** @return currents clipped to the bias register so far; harmless where the clip is beyond the threshold (see the quantiser) */
    public long saturations() {
        return saturations;
    }

    /**
     * The current that the analog input and the static bias give population {@code p}, in real units.
     *
     * @param network topology and biases
     * @param p       population
     * @param kernels float weights by projection
     * @param image   input values, channels last
     * @return one value per neuron
     */
    public static double[] analogCurrent(Network network, int p, List<double[]> kernels, double[] image) {
        Shape shape = network.populations().get(p).shape();
        double[] bias = network.populations().get(p).bias();
        double[] current = new double[shape.size()];
        for (int i = 0; i < current.length; i++) {
            current[i] = bias[i % bias.length];
        }
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            if (projection.source() == 0) {
                addScaled(projection, kernels.get(i), image, current);
            }
        }
        return current;
    }

    private static void addScaled(Projection p, double[] kernel, double[] image, double[] current) {
        int sourceChannels = p.sourceShape().channels();
        int targetChannels = p.targetShape().channels();
        int length = p.outPerGroup();
        for (int sy = 0; sy < p.sourceShape().height(); sy++) {
            for (int sx = 0; sx < p.sourceShape().width(); sx++) {
                int first = p.sourceShape().index(0, sy, sx);
                p.forEachTap(sy, sx, (position, ky, kx) -> {
                    for (int ci = 0; ci < sourceChannels; ci++) {
                        double value = image[first + ci];
                        if (value == 0) {
                            continue;
                        }
                        int row = p.row(ky, kx, ci);
                        int to = position * targetChannels + p.firstOutChannel(ci);
                        for (int k = 0; k < length; k++) {
                            current[to + k] += value * kernel[row + k];
                        }
                    }
                });
            }
        }
    }
}
