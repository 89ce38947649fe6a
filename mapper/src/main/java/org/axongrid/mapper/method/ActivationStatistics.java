package org.axongrid.mapper.method;

import java.util.Arrays;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.reference.AnnEvaluator;

/**
 * What the trained network's neurons show on calibration images. An activation here is the rectified current, cut at the trained upper end
 * if there is one, but not quantised: {@code clip(z, 0, lambda)}.
 */
final class ActivationStatistics {
    /** Values kept of each population for percentiles and searches. */
    private static final int SAMPLE_MAX = 1 << 19;

    private final double[][] largest;
    private final double[][] sample;
    private final int[] sampled;

    private ActivationStatistics(int populations) {
        largest = new double[populations][];
        sample = new double[populations][];
        sampled = new int[populations];
    }

    /**
     * @param network     the trained network
     * @param calibration images
     * @return the statistics of all populations that become spiking
     */
    static ActivationStatistics of(Network network, Calibration calibration) {
        int n = network.populations().size();
        ActivationStatistics statistics = new ActivationStatistics(n);
        int[] perImage = new int[n];
        for (int p = 1; p < n; p++) {
            if (SpikingNetworkBuilder.spikes(network, p)) {
                int size = network.populations().get(p).shape().size();
                statistics.largest[p] = new double[size];
                perImage[p] = Math.max(1, Math.min(size, SAMPLE_MAX / calibration.size()));
                statistics.sample[p] = new double[perImage[p] * calibration.size()];
            }
        }
        AnnEvaluator ann = new AnnEvaluator(network);
        double[] image = new double[network.input().shape().size()];
        Random random = new Random(calibration.seed());
        for (int i = 0; i < calibration.size(); i++) {
            calibration.image(i, image);
            ann.logits(image);
            for (int p = 1; p < n; p++) {
                if (statistics.largest[p] != null) {
                    statistics.add(p, ann.currents(p), network.populations().get(p).activation(), perImage[p], random);
                }
            }
        }
        for (int p = 1; p < n; p++) {
            if (statistics.sample[p] != null) {
                statistics.sample[p] = Arrays.copyOf(statistics.sample[p], statistics.sampled[p]);
                Arrays.sort(statistics.sample[p]);
            }
        }
        return statistics;
    }

    /** Takes {@code wanted} neurons by chance, each with the same probability, and of these the positive activations. */
    private void add(int p, double[][] currents, Activation activation, int wanted, Random random) {
        int left = largest[p].length;
        int open = wanted;
        int i = 0;
        for (double[] row : currents) {
            for (double z : row) {
                double a = Math.max(0, Math.min(activation.bound(), z));
                largest[p][i] = Math.max(largest[p][i], a);
                i++;
                if (open == left || open > 0 && random.nextInt(left) < open) {
                    open--;
                    if (a > 0) {
                        sample[p][sampled[p]++] = a;
                    }
                }
                left--;
            }
        }
    }

    /** @return the largest activation of each neuron, channels last; 0 for one that was never active */
    double[] largestByNeuron(int p) {
        return largest[p];
    }

    /** @return the largest activation in the population */
    double largest(int p) {
        return Arrays.stream(largest[p]).max().orElse(0);
    }

    /** @return positive activations, ascending: all there were, or as many by chance as are kept */
    double[] positive(int p) {
        return sample[p];
    }

    /**
     * @param values     ascending
     * @param percentile 0 to 100
     * @return the value below which that many per cent of them are, interpolated linearly; 0 of none
     */
    static double percentile(double[] values, double percentile) {
        if (values.length == 0) {
            return 0;
        }
        double at = percentile / 100 * (values.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(values.length - 1, below + 1);
        return values[below] + (at - below) * (values[above] - values[below]);
    }

    /** @return a threshold, checked */
    static double positive(Network network, int p, double theta) {
        if (!(theta > 0 && Double.isFinite(theta))) {
            throw new InvalidInputException("layer " + network.populations().get(p).name() + ": no neuron of it is active on the calibration"
                + " images, so that its threshold would be " + theta);
        }
        return theta;
    }
}
