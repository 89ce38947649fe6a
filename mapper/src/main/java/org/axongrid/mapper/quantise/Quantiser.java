package org.axongrid.mapper.quantise;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Real numbers to integers (project reference on conversion, section 3.1): one scale s per population or channel, {@code w = rint(A / s)},
 * {@code beta = rint(b / s)}, {@code theta = max(1, rint(theta / s))}, {@code v(0) = theta >> 1}; rint rounds half to even. In one point we
 * differ from that recipe: some weights are rounded the other way so that sums of weights are right too ({@link KernelRounding}).
 *
 * <p>The shift is right for odd thresholds too: for integers x and m, {@code x + theta / 2 >= m theta} in real numbers exactly if
 * {@code x + (theta >> 1) >= m theta} (section 3.3).
 */
public final class Quantiser {
    /**
     * What the target can hold.
     *
     * @param weightBits     signed bits per weight, 2..9; weights are in +-(2^(bits - 1) - 1)
     * @param scaleGroups    distinct scales that a spiking population may have; 1 is one per layer. The readout has one scale unless every
     *                       channel may have its own
     * @param registers      register widths
     * @param biasLimit      largest bias mantissa
     * @param biasShiftMax   largest left shift of a bias against the weights' unit
     * @param thresholdLimit largest threshold
     */
    public record Options(int weightBits, int scaleGroups, RegisterModel registers, int biasLimit, int biasShiftMax, int thresholdLimit) {
        /** Checks the ranges. */
        public Options {
            if (weightBits < 2 || weightBits > 9 || scaleGroups < 1 || biasLimit < 1 || biasShiftMax < 0 || biasShiftMax > 15 || thresholdLimit < 1) {
                throw new IllegalArgumentException("2 to 9 weight bits, positive limits");
            }
        }

        /**
         * @param chip       the target
         * @param weightBits as above
         * @param scales     how many scales a population has
         * @return the limits of a chip's registers, in weight units
         */
        public static Options forChip(ChipSpec chip, int weightBits, Scales scales) {
            int shift = chip.get(ChipParameter.WEIGHT_SHIFT);
            int groups = switch (scales) {
                case LAYER -> 1;
                case GROUPED -> Math.min(chip.get(ChipParameter.THRESHOLD_PROFILES), chip.get(ChipParameter.COMPARTMENT_PROFILES));
                case CHANNEL -> Integer.MAX_VALUE;
            };
            return new Options(weightBits, groups,
                new RegisterModel(chip.get(ChipParameter.ACCUMULATOR_BITS) - shift, chip.get(ChipParameter.MEMBRANE_BITS) - shift,
                    chip.get(ChipParameter.CURRENT_BITS), shift),
                (1 << chip.get(ChipParameter.BIAS_BITS) - 1) - 1, Math.max(0, chip.get(ChipParameter.BIAS_EXPONENT_MAX) - shift),
                (1 << Math.min(chip.get(ChipParameter.THRESHOLD_BITS), chip.get(ChipParameter.MEMBRANE_BITS) - shift - 1)) - 1);
        }
    }

    private final SpikingNetwork spiking;
    private final Network network;
    private final Options options;
    private final UnitChoice units;

    private Quantiser(SpikingNetwork spiking, Options options) {
        this.spiking = spiking;
        this.network = spiking.network();
        this.options = options;
        this.units = new UnitChoice(spiking, options);
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
        int[][] payload = new int[n][];
        int[][] bias = new int[n][];
        int[] biasStep = new int[n];
        double[][] scale = new double[n][];
        int[][] kernels = new int[network.projections().size()][];
        int[] weightShift = new int[kernels.length];
        biasStep[0] = 1;
        for (int p = 1; p < n; p++) {
            payload[p] = spiking.payload()[p] == null ? null : payloads(spiking.payload()[p]);
        }
        for (int p = 1; p < n; p++) {
            if (spiking.rules().get(p).kind() != NeuronRule.Kind.MAX_POOL) {
                check(p);
            }
        }
        // Populations share nothing that is written.
        IntStream.range(1, n).parallel().forEach(p -> {
            if (spiking.rules().get(p).kind() == NeuronRule.Kind.MAX_POOL) {
                bias[p] = new int[network.populations().get(p).bias().length];
                scale[p] = new double[bias[p].length];
                Arrays.fill(scale[p], 1);
                biasStep[p] = 1;
                return;
            }
            scale[p] = units.of(p);
            biasStep[p] = biasStep(p, scale[p]);
            bias[p] = biases(p, scale[p], biasStep[p]);
            if (spiking.rules().get(p).integrates()) {
                threshold[p] = thresholds(spiking.theta()[p], scale[p]);
                initialV[p] = initialV(spiking.initialV()[p], spiking.theta()[p], threshold[p], scale[p]);
                silenceWorthless(threshold[p], payload[p]);
            }
            for (int i : network.into(p)) {
                if (!network.isAnalog(network.projections().get(i))) {
                    weightShift[i] = units.weightShift(i, scale[p]);
                    kernels[i] = weights(i, scale[p], weightShift[i]);
                }
            }
        });
        return new QuantisedNetwork(network, spiking.method(), spiking.schedule(), spiking.rules(), options.registers(), options.weightBits(),
            Arrays.asList(kernels), weightShift, threshold, initialV, payload, bias, biasStep, scale);
    }

    /** Neurons whose spikes have rounded to no value need not send them: a threshold of 0 never fires where spikes have values. */
    private static void silenceWorthless(int[] threshold, int[] payload) {
        for (int i = 0; payload != null && threshold.length == payload.length && i < payload.length; i++) {
            threshold[i] = payload[i] == 0 ? 0 : threshold[i];
        }
    }

    private boolean isReadout(int p) {
        return p == network.populations().size() - 1;
    }

    private int[] biases(int p, double[] scale, int step) {
        double[] real = network.populations().get(p).bias();
        int[] integers = new int[real.length];
        for (int c = 0; c < real.length; c++) {
            double mantissa = Math.rint(real[c] / (scale[c] * step));
            integers[c] = (int) Math.max(-options.biasLimit(), Math.min(options.biasLimit(), mantissa)) * step;
        }
        return integers;
    }

    /** One a channel, or one a neuron where the real ones are; dead neurons keep their 0. */
    private static int[] thresholds(double[] theta, double[] scale) {
        int[] integers = new int[Math.max(theta.length, scale.length)];
        for (int i = 0; i < integers.length; i++) {
            double real = theta[i % theta.length];
            integers[i] = real == 0 ? 0 : Math.max(1, (int) Math.rint(real / scale[i % scale.length]));
        }
        return integers;
    }

    /** Half of the threshold where it is so in real numbers, else rounded like a weight. */
    private static int[] initialV(double[] real, double[] theta, int[] threshold, double[] scale) {
        int[] integers = new int[Math.max(real.length, threshold.length)];
        for (int i = 0; i < integers.length; i++) {
            double v = real[i % real.length];
            integers[i] = v == theta[i % theta.length] / 2 ? threshold[i % threshold.length] >> 1 : (int) Math.rint(v / scale[i % scale.length]);
        }
        return integers;
    }

    /** Payloads in steps of the largest over {@link UnitChoice#PAYLOAD_MAX}. */
    private static int[] payloads(double[] real) {
        double unit = UnitChoice.payloadUnit(real);
        return Arrays.stream(real).mapToInt(v -> (int) Math.rint(v / unit)).toArray();
    }

    private int[] weights(int projection, double[] scale, int shift) {
        Projection p = network.projections().get(projection);
        double[] real = UnitChoice.kernel(spiking, projection);
        double[] unit = Arrays.stream(scale).map(s -> s * (1 << shift)).toArray();
        int[] rounded = KernelRounding.round(p, real, unit, units.maxWeight());
        for (int i = 0; i < rounded.length && shift > 0; i++) {
            rounded[i] <<= shift;
        }
        return rounded;
    }

    /**
     * The smallest shift with which all biases fit. Where spikes and the analog input meet in one neuron, a clipped current would be lost:
     * there the currents of inputs of magnitude 1 must fit, or the shift is the largest.
     */
    private int biasStep(int p, double[] scale) {
        double[] bias = network.populations().get(p).bias();
        double[] analog = units.largestPerChannel(p, true, true);
        boolean constant = Arrays.stream(units.largestPerChannel(p, false, false)).max().orElse(0) == 0;
        int shift = 0;
        for (int c = 0; c < bias.length && !constant; c++) {
            double needed = (Math.abs(bias[c]) + analog[c]) / scale[c];
            while (shift < options.biasShiftMax() && Math.rint(needed / (1 << shift)) > options.biasLimit()) {
                shift++;
            }
        }
        return 1 << shift;
    }

    /** Receives the place of a weight in its kernel and the channel that it feeds. */
    interface WeightVisitor {
        void weight(int at, int targetChannel);
    }

    /** Visits all weights of a projection. */
    static void forEachWeight(Projection p, WeightVisitor visitor) {
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
        boolean dead = spiking.rules().get(p).kind() == NeuronRule.Kind.SIGNED;
        for (double theta : isReadout(p) ? new double[0] : spiking.theta()[p]) {
            if (!(theta > 0 && Double.isFinite(theta)) && !(dead && theta == 0)) {
                throw new InvalidInputException("layer " + population.name() + ": threshold " + theta + ", expected a positive number");
            }
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
