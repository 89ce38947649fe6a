package org.axongrid.mapper.quantise;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;

/**
 * Real numbers to integers (project reference on conversion, section 3.1): one scale s per population or channel, {@code w = rint(A / s)},
 * {@code beta = rint(b / s)}, {@code theta = max(1, rint(theta / s))}, {@code v(0) = theta >> 1}; rint rounds half to even.
 */
public final class Quantiser {
    /**
     * What the target can hold.
     *
     * @param weightBits      signed bits per weight, 2..9
     * @param perChannel      a scale per output channel instead of one per population
     * @param registers       register widths
     * @param biasLimit       largest bias mantissa
     * @param biasShiftMax    largest left shift of a bias against the weights' unit
     * @param thresholdLimit  largest threshold
     */
    public record Options(int weightBits, boolean perChannel, RegisterModel registers, int biasLimit, int biasShiftMax, int thresholdLimit) {
        /** Checks the ranges. */
        public Options {
            if (weightBits < 2 || weightBits > 9 || biasLimit < 1 || biasShiftMax < 0 || thresholdLimit < 1) {
                throw new IllegalArgumentException("2 to 9 weight bits, positive limits");
            }
        }

        /** @return the limits of a chip's registers, in weight units */
        public static Options forChip(ChipSpec chip, int weightBits, boolean perChannel) {
            int shift = chip.get(ChipParameter.WEIGHT_SHIFT);
            return new Options(weightBits, perChannel,
                new RegisterModel(chip.get(ChipParameter.ACCUMULATOR_BITS) - shift, chip.get(ChipParameter.MEMBRANE_BITS) - shift),
                (1 << chip.get(ChipParameter.BIAS_BITS) - 1) - 1, Math.max(0, chip.get(ChipParameter.BIAS_EXPONENT_MAX) - shift),
                (1 << Math.min(chip.get(ChipParameter.THRESHOLD_BITS), chip.get(ChipParameter.MEMBRANE_BITS) - shift - 1)) - 1);
        }
    }

    private final SpikingNetwork spiking;
    private final Network network;
    private final Options options;

    private Quantiser(SpikingNetwork spiking, Options options) {
        this.spiking = spiking;
        this.network = spiking.network();
        this.options = options;
    }

    /**
     * @param spiking the converted network
     * @param options what the target can hold
     * @return the network in integers
     * @throws InvalidInputException for weights, biases or thresholds that are not finite, and thresholds that are not positive
     */
    public static QuantisedNetwork quantise(SpikingNetwork spiking, Options options) {
        return new Quantiser(spiking, options).quantise();
    }

    private QuantisedNetwork quantise() {
        int n = network.populations().size();
        int[][] threshold = new int[n][];
        int[][] initialV = new int[n][];
        int[][] bias = new int[n][];
        int[] biasStep = new int[n];
        double[][] scale = new double[n][];
        int[][] kernels = new int[network.projections().size()][];
        biasStep[0] = 1;
        for (int p = 1; p < n; p++) {
            check(p);
            scale[p] = scales(p);
            biasStep[p] = biasStep(p, scale[p]);
            Population population = network.populations().get(p);
            int channels = population.shape().channels();
            bias[p] = new int[channels];
            boolean spikes = !Double.isNaN(spiking.theta()[p]);
            threshold[p] = spikes ? new int[channels] : null;
            initialV[p] = spikes ? new int[channels] : null;
            for (int c = 0; c < channels; c++) {
                double mantissa = Math.rint(population.bias()[c] / (scale[p][c] * biasStep[p]));
                bias[p][c] = (int) Math.max(-options.biasLimit(), Math.min(options.biasLimit(), mantissa)) * biasStep[p];
                if (spikes) {
                    threshold[p][c] = Math.max(1, (int) Math.rint(spiking.theta()[p] / scale[p][c]));
                    initialV[p][c] = spiking.initialV()[p] == 0 ? 0 : threshold[p][c] >> 1;
                }
            }
            for (int i : network.into(p)) {
                kernels[i] = network.projections().get(i).source() == 0 ? null : weights(i, scale[p]);
            }
        }
        return new QuantisedNetwork(network, spiking.method(), options.registers(), options.weightBits(), Arrays.asList(kernels), threshold,
            initialV, bias, biasStep, scale);
    }

    private int[] weights(int projection, double[] scale) {
        Projection p = network.projections().get(projection);
        double[] real = spiking.kernels().get(projection);
        int[] integers = new int[real.length];
        forEachWeight(p, (at, channel) -> integers[at] = (int) Math.rint(real[at] / scale[channel]));
        return integers;
    }

    /**
     * A population that spikes drive: the largest weight fills the field. One that only the analog input drives has no weights on chip, so
     * its scale is free and the bias register decides: its range is the threshold. Larger currents are clipped without changing a spike,
     * because the current is constant and v(0) is in 0..theta: at theta or more a neuron fires in every step, below zero it never does,
     * clipped or not.
     */
    private double[] scales(int p) {
        int channels = network.populations().get(p).shape().channels();
        double[] largest = new double[channels];
        boolean spikeDriven = false;
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            if (projection.source() == 0) {
                continue;
            }
            spikeDriven = true;
            double[] kernel = spiking.kernels().get(i);
            forEachWeight(projection, (at, channel) -> largest[channel] = Math.max(largest[channel], Math.abs(kernel[at])));
        }
        if (!options.perChannel()) {
            Arrays.fill(largest, Arrays.stream(largest).max().orElse(0));
        }
        double theta = spiking.theta()[p];
        double maxWeight = (1 << options.weightBits() - 1) - 1;
        double biasRange = (double) options.biasLimit() * (1 << options.biasShiftMax());
        double[] bias = network.populations().get(p).bias();
        double largestBias = Arrays.stream(bias).map(Math::abs).max().orElse(0);
        double[] scale = new double[channels];
        for (int c = 0; c < channels; c++) {
            double own = options.perChannel() ? Math.abs(bias[c]) : largestBias;
            double s = largest[c] / maxWeight;
            if (!spikeDriven) {
                s = Double.isNaN(theta) ? own / options.biasLimit() : theta / options.biasLimit();
            } else {
                s = Math.max(s, own / biasRange);
            }
            s = Double.isNaN(theta) ? s : Math.max(s, theta / options.thresholdLimit());
            scale[c] = s > 0 ? s : 1;
        }
        return scale;
    }

    /** The smallest shift with which all biases fit; analog currents keep the finest step. */
    private int biasStep(int p, double[] scale) {
        double[] bias = network.populations().get(p).bias();
        int shift = 0;
        for (int c = 0; c < bias.length; c++) {
            while (shift < options.biasShiftMax() && Math.rint(Math.abs(bias[c]) / (scale[c] * (1 << shift))) > options.biasLimit()) {
                shift++;
            }
        }
        return 1 << shift;
    }

    private interface WeightVisitor {
        void weight(int at, int targetChannel);
    }

    private static void forEachWeight(Projection p, WeightVisitor visitor) {
        int length = p.outPerGroup();
        for (int ky = 0; ky < p.kernelH(); ky++) {
            for (int kx = 0; kx < p.kernelW(); kx++) {
                for (int ci = 0; ci < p.sourceShape().channels(); ci++) {
                    int row = p.row(ky, kx, ci);
                    int first = p.firstOutChannel(ci);
                    for (int k = 0; k < length; k++) {
                        visitor.weight(row + k, first + k);
                    }
                }
            }
        }
    }

    private void check(int p) {
        Population population = network.populations().get(p);
        double theta = spiking.theta()[p];
        boolean readout = p == network.populations().size() - 1;
        if (!readout && !(theta > 0 && Double.isFinite(theta))) {
            throw new InvalidInputException("layer " + population.name() + ": threshold " + theta + ", expected a positive number");
        }
        finite(population.name() + ": bias", population.bias());
        for (int i : network.into(p)) {
            String source = network.populations().get(network.projections().get(i).source()).name();
            finite(population.name() + ": weight of the projection from " + source, spiking.kernels().get(i));
        }
    }

    private static void finite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new InvalidInputException("layer " + what + " " + i + " is " + values[i]);
            }
        }
    }
}
