package org.axongrid.mapper.method;

import java.util.Random;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;

/**
 * TTRBR: Meng, Yan, Xiao, Wang, Lin and Luo, "Training Much Deeper Spiking Neural Networks with a Small Number of Time-Steps", Neural Networks
 * 2022. Only its abstract was at hand, so that this is <em>our reading</em>: the error of a layer is that of quantisation, which grows with
 * theta / T, and that of currents that are not steady; each layer's threshold is tuned against both instead of being the maximum, and residual
 * blocks are made so that what reaches the neurons behind an addition is steady.
 *
 * <p>We tune layer by layer, earlier layers being tuned already: on the currents that the spiking network really brings in T steps we try
 * twenty thresholds (5 to 100 per cent of the largest activation, v(0) = theta / 2) and keep the one whose output is nearest to the trained
 * activation in least squares. Residual additions are sums of currents into one neuron at all times here, which is the restructuring.
 *
 * <p>Calibration: always. Chip: as QCFS. Each T is a network of its own.
 *
 * @param images images to tune with at most
 */
record TunedThresholds(String name, int images) implements Conversion {
    private static final int CANDIDATES = 20;
    private static final int NEURONS_MAX = 1024;

    @Override
    public boolean dependsOnSteps() {
        return true;
    }

    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds");
        double[] theta = Thresholds.each(network, p -> ActivationStatistics.positive(network, p, statistics.largest(p)));
        SpikingNetworkBuilder builder = Thresholds.builder(network, name, theta);
        Random random = new Random(calibration.seed());
        for (int p = 1; p < theta.length; p++) {
            if (SpikingNetworkBuilder.spikes(network, p)) {
                builder.theta(p, tuned(network, builder.build(), p, theta[p], steps, calibration, random));
            }
        }
        return builder.build();
    }

    private double tuned(Network network, SpikingNetwork spiking, int p, double largest, int steps, Calibration calibration, Random random) {
        AnnEvaluator ann = new AnnEvaluator(network);
        FloatSnn snn = new FloatSnn(spiking);
        double[] image = new double[network.input().shape().size()];
        int size = network.populations().get(p).shape().size();
        int channels = network.populations().get(p).shape().channels();
        int[] neurons = random.ints(Math.min(NEURONS_MAX, size), 0, size).toArray();
        double[][] current = new double[neurons.length][steps];
        double[] error = new double[CANDIDATES];
        for (int i = 0; i < Math.min(images, calibration.size()); i++) {
            calibration.image(i, image);
            ann.logits(image);
            snn.reset(image);
            snn.run(steps, p, (phase, population, step) -> {
                for (int k = 0; population == p && k < neurons.length; k++) {
                    current[k][step - 1] = snn.currents(p)[neurons[k] / channels][neurons[k] % channels];
                }
            });
            for (int c = 0; c < CANDIDATES; c++) {
                double theta = largest * (c + 1) / CANDIDATES;
                for (int k = 0; k < neurons.length; k++) {
                    double d = ann.activations(p)[neurons[k]] - theta * spikes(current[k], theta) / steps;
                    error[c] += d * d;
                }
            }
        }
        int best = CANDIDATES - 1;
        for (int c = CANDIDATES - 1; c >= 0; c--) {
            best = error[c] < error[best] ? c : best;
        }
        return largest * (best + 1) / CANDIDATES;
    }

    private static int spikes(double[] current, double theta) {
        double v = theta / 2;
        int count = 0;
        for (double i : current) {
            v += i;
            if (v >= theta) {
                v -= theta;
                count++;
            }
        }
        return count;
    }
}
