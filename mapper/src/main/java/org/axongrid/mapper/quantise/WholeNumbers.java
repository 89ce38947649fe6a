package org.axongrid.mapper.quantise;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;

/** Takes over a network whose numbers are integers already, in units of the weights: nothing is rounded. */
public final class WholeNumbers {
    private WholeNumbers() { }

    /**
     * @param spiking a network with whole weights, thresholds and biases
     * @param options what the target can hold
     * @return the same in integers, one unit being 1
     * @throws InvalidInputException if a number does not fit the target, naming layer, number and limit
     */
    public static QuantisedNetwork of(SpikingNetwork spiking, Quantiser.Options options) {
        Network network = spiking.network();
        int n = network.populations().size();
        int[][] threshold = new int[n][];
        int[][] initialV = new int[n][];
        int[][] bias = new int[n][];
        int[] biasStep = new int[n];
        double[][] scale = new double[n][];
        int[][] kernels = new int[network.projections().size()][];
        int[] weightShift = new int[kernels.length];
        Arrays.fill(biasStep, 1);
        for (int p = 1; p < n; p++) {
            Population of = network.populations().get(p);
            scale[p] = new double[of.shape().channels()];
            Arrays.fill(scale[p], 1);
            bias[p] = isAnalog(network, p) ? Arrays.stream(of.bias()).mapToInt(b -> clipped(Math.rint(b), options)).toArray()
                : whole(of.name(), "bias", of.bias(), (double) options.biasLimit() * (1 << options.biasShiftMax()));
            biasStep[p] = biasStep(of.name(), bias[p], options);
            if (spiking.rules().get(p).integrates()) {
                threshold[p] = whole(of.name(), "threshold", spiking.theta()[p], options.thresholdLimit());
                initialV[p] = whole(of.name(), "v(0)", spiking.initialV()[p], options.registers().membraneMax());
            }
        }
        for (int i = 0; i < kernels.length; i++) {
            Projection projection = network.projections().get(i);
            if (network.isAnalog(projection)) {
                continue;
            }
            String name = network.populations().get(projection.target()).name();
            kernels[i] = whole(name, "weight", spiking.kernels().get(i), 1 << 20);
            int all = Arrays.stream(kernels[i]).reduce(0, (a, b) -> a | b);
            int most = (1 << options.weightBits() - 1) - 1;
            // Fields are two's complement: a negative weight may be one step larger.
            int largest = Arrays.stream(kernels[i]).map(w -> w < 0 ? -w - 1 : w).max().orElse(0);
            while (largest >> weightShift[i] > most && (all >> weightShift[i] & 1) == 0) {
                weightShift[i]++;
            }
            if (largest >> weightShift[i] > most) {
                throw new InvalidInputException("layer " + name + ": weights of magnitude " + largest + " or more do not fit " + options.weightBits()
                    + " bits as they are (limit " + (most << weightShift[i]) + "); --weight-bits 9 has one more");
            }
        }
        return new QuantisedNetwork(network, spiking.method(), spiking.schedule(), spiking.rules(), options.registers(), options.weightBits(),
            Arrays.asList(kernels), weightShift, threshold, initialV, new int[n][], bias, biasStep, scale);
    }

    private static boolean isAnalog(Network network, int p) {
        return Arrays.stream(network.into(p)).anyMatch(i -> network.isAnalog(network.projections().get(i)));
    }

    /** As the encoder clips currents. */
    private static int clipped(double bias, Quantiser.Options options) {
        return (int) Math.max(-options.biasLimit(), Math.min(options.biasLimit(), bias));
    }

    /** The smallest power of two that all biases are multiples of and that brings them into their register. */
    private static int biasStep(String layer, int[] bias, Quantiser.Options options) {
        int largest = Arrays.stream(bias).map(Math::abs).max().orElse(0);
        int all = Arrays.stream(bias).reduce(0, (a, b) -> a | b);
        int shift = 0;
        while (largest >> shift > options.biasLimit() && (all >> shift & 1) == 0 && shift < options.biasShiftMax()) {
            shift++;
        }
        if (largest >> shift > options.biasLimit()) {
            throw new InvalidInputException("layer " + layer + ": biases up to " + largest + " do not fit their register as they are (limit "
                + options.biasLimit() + ")");
        }
        return 1 << shift;
    }

    private static int[] whole(String layer, String what, double[] values, double limit) {
        int[] out = new int[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) values[i];
            if (out[i] != values[i] || Math.abs(values[i]) > limit) {
                throw new InvalidInputException("layer " + layer + ": " + what + " " + i + " is " + values[i] + ", whole numbers up to " + (long) limit
                    + " are possible");
            }
        }
        return out;
    }
}
