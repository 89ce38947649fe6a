package org.axongrid.mapper.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetworkBuilder;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;

/** Where methods have their thresholds from. */
final class Thresholds {
    private Thresholds() { }

    /**
     * @param network     the trained network
     * @param method      for messages
     * @param calibration images, {@code null} if there are none
     * @return by population the trained upper end of the activation, or the largest activation on the images where there is none; 0 for
     *         populations without a threshold
     */
    static double[] trainedOrLargest(Network network, String method, Calibration calibration) {
        check(network, method);
        List<String> open = new ArrayList<>();
        for (int p = 1; p < network.populations().size(); p++) {
            if (network.populations().get(p).activation().kind() == Activation.Kind.RELU) {
                open.add(network.populations().get(p).name());
            }
        }
        ActivationStatistics statistics = open.isEmpty() ? null : statistics(network, method, calibration, "layers " + String.join(", ", open)
            + " are plain rectifiers, whose thresholds");
        return each(network, p -> {
            double bound = network.populations().get(p).activation().bound();
            return Double.isInfinite(bound) ? ActivationStatistics.positive(network, p, statistics.largest(p)) : bound;
        });
    }

    /** @return the trained upper ends; layers without one are refused */
    static double[] trained(Network network, String method) {
        check(network, method);
        List<String> open = new ArrayList<>();
        double[] theta = each(network, p -> {
            double bound = network.populations().get(p).activation().bound();
            if (Double.isInfinite(bound)) {
                open.add(network.populations().get(p).name());
            }
            return bound;
        });
        if (!open.isEmpty()) {
            throw new InvalidInputException("layers " + String.join(", ", open) + ": plain rectifiers have no trained upper end, which the "
                + method + " conversion takes for the threshold");
        }
        return theta;
    }

    /** @return what the trained network shows on the images; refused without images */
    static ActivationStatistics statistics(Network network, String method, Calibration calibration, String what) {
        check(network, method);
        if (calibration == null) {
            throw new InvalidInputException("the " + method + " conversion needs calibration data (--calibration): " + what + " are found from it");
        }
        return ActivationStatistics.of(network, calibration);
    }

    /** @return by population the value of those with a threshold, else 0 */
    static double[] each(Network network, IntToDoubleFunction of) {
        double[] theta = new double[network.populations().size()];
        for (int p = 1; p < theta.length; p++) {
            theta[p] = SpikingNetworkBuilder.spikes(network, p) ? of.applyAsDouble(p) : 0;
        }
        return theta;
    }

    /** Sets the thresholds of all populations that have one, and half of them as v(0). */
    static SpikingNetworkBuilder builder(Network network, String method, double[] theta) {
        SpikingNetworkBuilder builder = new SpikingNetworkBuilder(network, method);
        for (int p = 1; p < theta.length; p++) {
            if (SpikingNetworkBuilder.spikes(network, p)) {
                builder.theta(p, theta[p]);
            }
        }
        return builder;
    }

    /** The same with v(0) = 0. */
    static SpikingNetworkBuilder fromZero(Network network, String method, double[] theta) {
        SpikingNetworkBuilder builder = builder(network, method, theta);
        for (int p = 1; p < theta.length; p++) {
            if (SpikingNetworkBuilder.spikes(network, p)) {
                builder.initialV(p, 0);
            }
        }
        return builder;
    }

    private static void check(Network network, String method) {
        int readout = network.populations().size() - 1;
        for (int p = 1; p <= readout; p++) {
            Activation.Kind kind = network.populations().get(p).activation().kind();
            if ((kind == Activation.Kind.LINEAR) != (p == readout)) {
                throw new InvalidInputException("layer " + network.populations().get(p).name() + ": its activation is " + kind + ", the " + method
                    + " conversion needs " + (p == readout ? "a linear readout" : "one that spikes can stand for"));
            }
        }
    }
}
