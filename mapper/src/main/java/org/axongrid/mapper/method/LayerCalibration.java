package org.axongrid.mapper.method;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;

/**
 * SNNC-AP: Li, Deng, Dong, Gong and Gu, "A Free Lunch From ANN: Towards Efficient, Accurate Spiking Neural Networks Calibration", ICML 2021.
 * theta of each layer is the one of 95 values {@code largest * (1 - 0.01 i)} with the least squared error of activations quantised to T
 * levels. Then, layer by layer, what the spiking layer sends on average is compared with the trained activation, earlier layers being
 * corrected already: the light variant adds the mean difference of each channel to its bias, the potential variant T times the mean
 * difference of each neuron to its v(0). The authors' threshold shift is v(0) = theta / 2 here, which is the same after T steps.
 *
 * <p>Calibration: always. Chip: as QCFS; the potential variant also v(0) by neuron. Each T is a network of its own.
 *
 * @param potential whether potentials are corrected, not biases
 * @param images    images to correct with at most; thresholds are found from all
 */
record LayerCalibration(String name, boolean potential, int images) implements Conversion {
    private static final int CANDIDATES = 95;

    @Override
    public boolean dependsOnSteps() {
        return true;
    }

    @Override
    public SpikingNetwork convert(Network network, int steps, Calibration calibration) {
        ActivationStatistics statistics = Thresholds.statistics(network, name, calibration, "thresholds and corrections");
        double[] theta = Thresholds.each(network, p -> threshold(statistics.positive(p),
            ActivationStatistics.positive(network, p, statistics.largest(p)), steps));
        SpikingNetworkBuilder builder = Thresholds.builder(network, name, theta);
        for (int p = 1; p < theta.length; p++) {
            if (!SpikingNetworkBuilder.spikes(network, p)) {
                continue;
            }
            double[] difference = differences(network, builder.build(), p, theta[p] / steps, steps, calibration);
            if (potential) {
                double half = theta[p] / 2;
                builder.initialV(p, Arrays.stream(difference).map(d -> half + steps * d).toArray());
            } else {
                double[] bias = network.populations().get(p).bias().clone();
                for (int i = 0; i < difference.length; i++) {
                    bias[i % bias.length] += difference[i] * bias.length / difference.length;
                }
                builder.bias(p, bias);
            }
        }
        return builder.build();
    }

    /** The threshold of least squared error, activations being rounded to T levels and cut above the highest. */
    static double threshold(double[] activations, double largest, int steps) {
        double best = largest;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            double theta = largest * (1 - 0.01 * i);
            double error = 0;
            for (double a : activations) {
                double d = a - theta / steps * Math.min(steps, Math.floor(a * steps / theta + 0.5));
                error += d * d;
            }
            if (error < least) {
                least = error;
                best = theta;
            }
        }
        return best;
    }

    /** By neuron of population {@code p}, the mean over images of the trained activation less what the spiking neuron sends on average. */
    private double[] differences(Network network, SpikingNetwork spiking, int p, double unit, int steps, Calibration calibration) {
        AnnEvaluator ann = new AnnEvaluator(network);
        FloatSnn snn = new FloatSnn(spiking);
        double[] image = new double[network.input().shape().size()];
        double[] sums = new double[network.populations().get(p).shape().size()];
        int n = Math.min(images, calibration.size());
        for (int i = 0; i < n; i++) {
            calibration.image(i, image);
            ann.logits(image);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += ann.activations(p)[k];
            }
            snn.reset(image);
            snn.run(steps, p, (phase, population, step) -> {
                for (int s = 0; population == p && s < snn.spikeCount(p); s++) {
                    sums[snn.spikes(p)[s]] -= unit * snn.sent(p).payloads()[s];
                }
            });
        }
        return Arrays.stream(sums).map(d -> d / n).toArray();
    }
}
