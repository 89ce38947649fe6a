package org.axongrid.mapper.quantise;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Schedule;

/**
 * Real numbers to integers for cores with a binary crossbar and few axon types (TrueNorth; project reference on TrueNorth, section 1). A source has an
 * axon for each binary digit of the weights, and the crossbar says which digits a neuron gets: so weights have {@code bits} digits in two's complement,
 * -2^(bits - 1) .. 2^(bits - 1) - 1, or the same mirrored, and a scale for each output channel, because each neuron has weights of its own for
 * the axon types. Of so few levels the largest weight is a bad measure: the scale is the one with the smallest square error, and weights beyond the
 * levels are clipped. Thresholds, potentials and biases are finer than weights, whose unit is 2^{@link #FINE} of theirs where the bias register allows.
 */
public final class DigitQuantiser {
    /** Fewest bits: -1, 0, 1 and one of +-2. */
    public static final int BITS_MIN = 2;
    /** Most bits: three digits take three axon types, the fourth is the bias's. */
    public static final int BITS_MAX = 3;
    /** Bits of where nothing is said. */
    public static final int BITS_DEFAULT = 3;
    private static final int FINE = 3;
    /** Of a readout, whose bias the host adds. */
    private static final int FINE_READOUT = 6;
    /** Shortcuts of one weight a channel may have more levels: they take more axons for few sources. */
    private static final int SHORTCUT_LEVELS = 4;
    private static final int SCALES_TRIED = 48;

    private final SpikingNetwork spiking;
    private final Network network;
    private final int bits;
    private final int leakMax;
    private final int thresholdMax;
    private final RegisterModel registers;

    private DigitQuantiser(SpikingNetwork spiking, ChipSpec chip, int bits) {
        this.spiking = spiking;
        this.network = spiking.network();
        this.bits = bits;
        leakMax = leakMax(chip);
        thresholdMax = (1 << chip.get(ChipParameter.THRESHOLD_BITS)) - 1;
        int membrane = chip.get(ChipParameter.MEMBRANE_BITS);
        // Potentials are held at the lowest negative threshold, which has fewer bits than they.
        registers = new RegisterModel(membrane + 24, membrane, Math.max(-thresholdMax, -(1L << membrane - 1)));
    }

    /** @return largest magnitude of a leak: of a bias and of an analog current in a neuron's units */
    public static int leakMax(ChipSpec chip) {
        return (1 << chip.get(ChipParameter.LEAK_BITS) - 1) - 1;
    }

    /**
     * @param spiking a converted network
     * @param chip    a chip with crossbar cores
     * @param bits    {@link #BITS_MIN} to {@link #BITS_MAX}
     * @return the network in integers
     * @throws InvalidInputException if the method needs neurons that the chip has not, or numbers are out of range
     */
    public static QuantisedNetwork quantise(SpikingNetwork spiking, ChipSpec chip, int bits) {
        if (bits < BITS_MIN || bits > BITS_MAX) {
            throw new InvalidInputException("chip " + chip.name() + ": weights of " + bits + " bits; with four axon types weights have "
                + BITS_MIN + " or " + BITS_MAX + " bits (--weight-bits)");
        }
        DigitQuantiser quantiser = new DigitQuantiser(spiking, chip, bits);
        quantiser.checkMethod(chip);
        return quantiser.quantise();
    }

    private void checkMethod(ChipSpec chip) {
        String does = "chip " + chip.name() + " has plain integrate-and-fire neurons with binary spikes; ";
        if (!spiking.schedule().equals(Schedule.PLAIN)) {
            throw new InvalidInputException(does + "method " + spiking.method() + " has more than one phase");
        }
        int n = network.populations().size();
        for (int p = 1; p < n; p++) {
            String layer = does + "layer " + network.populations().get(p).name();
            NeuronRule rule = spiking.rules().get(p);
            if (p < n - 1 && !rule.binary() || spiking.payload()[p] != null) {
                throw new InvalidInputException(layer + " of method " + spiking.method() + " has other ones");
            }
            boolean analog = false;
            boolean spikes = false;
            for (int i : network.into(p)) {
                Projection projection = network.projections().get(i);
                analog |= projection.source() == 0;
                spikes |= projection.source() != 0;
                if (projection.source() == p) {
                    throw new InvalidInputException(layer + " has synapses onto itself");
                }
            }
            if (analog && (spikes || p == n - 1)) {
                throw new InvalidInputException(layer + (spikes ? " gets the analog input and spikes" : ", the readout, gets the analog input")
                    + "; it can be mapped onto chip loihi or loihi2");
            }
        }
    }

    private QuantisedNetwork quantise() {
        int n = network.populations().size();
        int[][] threshold = new int[n][];
        int[][] initialV = new int[n][];
        int[][] bias = new int[n][];
        int[] biasStep = new int[n];
        Arrays.fill(biasStep, 1);
        double[][] scale = new double[n][];
        int[][] kernels = new int[network.projections().size()][];
        int[] weightShift = new int[kernels.length];
        for (int p = 1; p < n; p++) {
            check(p);
            boolean analog = network.projections().get(network.into(p)[0]).source() == 0;
            int shift = analog ? 0 : fine(p);
            scale[p] = analog ? analogScale(p) : weightScale(p, shift);
            for (int i : analog ? new int[0] : network.into(p)) {
                kernels[i] = weights(i, scale[p], shift);
                weightShift[i] = shift;
            }
            bias[p] = biases(p, scale[p]);
            if (p < n - 1) {
                threshold[p] = thresholds(p, scale[p]);
                initialV[p] = initialV(p, scale[p], threshold[p], analog);
            }
        }
        return new QuantisedNetwork(network, spiking.method(), spiking.schedule(), spiking.rules(), registers, bits, Arrays.asList(kernels), weightShift,
            threshold, initialV, new int[n][], bias, biasStep, scale);
    }

    private boolean isReadout(int p) {
        return p == network.populations().size() - 1;
    }

    private double theta(int p) {
        return Arrays.stream(spiking.theta()[p]).max().orElse(1);
    }

    /** Currents beyond the threshold do what those at it do, so a leak up to the threshold is enough. */
    private double[] analogScale(int p) {
        double deepest = Math.max(0, -Arrays.stream(spiking.initialV()[p]).min().orElse(0));
        double[] scale = new double[network.populations().get(p).shape().channels()];
        Arrays.fill(scale, (theta(p) + deepest) / leakMax);
        return scale;
    }

    /** @return the weights' unit as a power of two of the other numbers', as large as all biases allow */
    private int fine(int p) {
        if (isReadout(p)) {
            return FINE_READOUT;
        }
        double[] unit = units(p);
        double[] bias = network.populations().get(p).bias();
        int shift = FINE;
        for (int c = 0; c < unit.length; c++) {
            while (shift > 0 && Math.abs(bias[c]) * (1 << shift) / unit[c] > leakMax) {
                shift--;
            }
        }
        return shift;
    }

    private double[] weightScale(int p, int shift) {
        double[] unit = units(p);
        double[] bias = network.populations().get(p).bias();
        double[] scale = new double[unit.length];
        for (int c = 0; c < scale.length; c++) {
            double least = isReadout(p) ? 0 : Math.max(Math.abs(bias[c]) / leakMax, theta(p) / thresholdMax);
            scale[c] = Math.max(unit[c] / (1 << shift), least);
        }
        return scale;
    }

    /** By channel, the real value of a weight of 1. */
    private double[] units(int p) {
        double[] unit = new double[network.populations().get(p).shape().channels()];
        for (int c = 0; c < unit.length; c++) {
            unit[c] = unit(channel(p, c, false), channel(p, c, true));
        }
        double fallback = Arrays.stream(unit).max().orElse(0);
        for (int c = 0; c < unit.length; c++) {
            unit[c] = unit[c] > 0 ? unit[c] : fallback > 0 ? fallback : 1;
        }
        return unit;
    }

    /** @return the weights into a channel, those of shortcuts or the others */
    private double[] channel(int p, int channel, boolean shortcuts) {
        return Arrays.stream(network.into(p)).filter(i -> isShortcut(network.projections().get(i)) == shortcuts).boxed().flatMapToDouble(i -> {
            double[] kernel = spiking.kernels().get(i);
            double[] own = new double[kernel.length];
            int[] n = {0};
            Quantiser.forEachWeight(network.projections().get(i), (at, c) -> {
                if (c == channel) {
                    own[n[0]++] = kernel[at];
                }
            });
            return Arrays.stream(own, 0, n[0]);
        }).toArray();
    }

    private static boolean isShortcut(Projection p) {
        return p.kernelH() * p.kernelW() * p.inPerGroup() * p.pool().area() == 1;
    }

    private double unit(double[] weights, double[] shortcuts) {
        double largest = Math.max(Arrays.stream(weights).map(Math::abs).max().orElse(0),
            Arrays.stream(shortcuts).map(Math::abs).max().orElse(0) / SHORTCUT_LEVELS);
        double best = largest;
        double least = Double.POSITIVE_INFINITY;
        for (int i = SCALES_TRIED; largest > 0 && i >= 1; i--) {
            double unit = largest * i / SCALES_TRIED;
            double wrong = Math.min(error(weights, unit, 1, 1), error(weights, unit, -1, 1)) + error(shortcuts, unit, 0, SHORTCUT_LEVELS);
            if (wrong < least) {
                least = wrong;
                best = unit;
            }
        }
        return best;
    }

    private double error(double[] weights, double unit, int sign, int more) {
        double sum = 0;
        for (double w : weights) {
            double difference = w - unit * level(w / unit, sign, more);
            sum += difference * difference;
        }
        return sum;
    }

    /** @param sign which side has the further level: 1 the negative, -1 the positive one, 0 both */
    private double level(double steps, int sign, int more) {
        int top = (1 << bits - 1) * more;
        return Math.rint(Math.max(sign == -1 ? 1 - top : -top, Math.min(sign == 1 ? top - 1 : top, steps)));
    }

    private int[] weights(int projection, double[] scale, int shift) {
        Projection p = network.projections().get(projection);
        double[] real = spiking.kernels().get(projection);
        int channels = scale.length;
        int more = isShortcut(p) ? SHORTCUT_LEVELS : 1;
        int[] sign = new int[channels];
        for (int c = 0; c < channels && more == 1; c++) {
            double[] own = channel(p.target(), c, false);
            double unit = scale[c] * (1 << shift);
            sign[c] = error(own, unit, 1, 1) <= error(own, unit, -1, 1) ? 1 : -1;
        }
        double[] exact = new double[real.length];
        Quantiser.forEachWeight(p, (at, c) -> exact[at] = clip(real[at] / (scale[c] * (1 << shift)), sign[c], more));
        int[] rounded = KernelRounding.round(p, exact, (1 << bits - 1) * more);
        Quantiser.forEachWeight(p, (at, c) -> rounded[at] = (int) level(rounded[at], sign[c], more) << shift);
        return rounded;
    }

    private double clip(double steps, int sign, int more) {
        int top = (1 << bits - 1) * more;
        return Math.max(sign == -1 ? 1 - top : -top, Math.min(sign == 1 ? top - 1 : top, steps));
    }

    private int[] biases(int p, double[] scale) {
        double[] real = network.populations().get(p).bias();
        int limit = isReadout(p) ? 1 << 20 : leakMax;
        int[] integers = new int[real.length];
        for (int c = 0; c < real.length; c++) {
            integers[c] = (int) Math.max(-limit, Math.min(limit, Math.rint(real[c] / scale[c])));
        }
        return integers;
    }

    private int[] thresholds(int p, double[] scale) {
        double[] theta = spiking.theta()[p];
        int[] integers = new int[Math.max(theta.length, scale.length)];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) Math.max(1, Math.min(thresholdMax, Math.rint(theta[i % theta.length] / scale[i % scale.length])));
        }
        return integers;
    }

    /** As with other chips; but a neuron that starts at its threshold would fire before its layer starts, unless its input does not come by spikes. */
    private int[] initialV(int p, double[] scale, int[] threshold, boolean analog) {
        double[] real = spiking.initialV()[p];
        double[] theta = spiking.theta()[p];
        int[] integers = new int[Math.max(real.length, threshold.length)];
        for (int i = 0; i < integers.length; i++) {
            double v = real[i % real.length];
            int own = threshold[i % threshold.length];
            int rounded = v == theta[i % theta.length] / 2 ? own >> 1 : (int) Math.rint(v / scale[i % scale.length]);
            integers[i] = (int) Math.max(registers.membraneMin(), analog ? Math.min(rounded, thresholdMax) : Math.min(rounded, own - 1));
        }
        return integers;
    }

    private void check(int p) {
        Population population = network.populations().get(p);
        for (double theta : isReadout(p) ? new double[0] : spiking.theta()[p]) {
            if (!(theta > 0 && Double.isFinite(theta))) {
                throw new InvalidInputException("layer " + population.name() + ": threshold " + theta + ", expected a positive number");
            }
        }
        boolean finite = Arrays.stream(population.bias()).allMatch(Double::isFinite);
        for (int i : network.into(p)) {
            finite &= Arrays.stream(spiking.kernels().get(i)).allMatch(Double::isFinite);
        }
        if (!finite) {
            throw new InvalidInputException("layer " + population.name() + ": a weight or bias is not finite");
        }
    }
}
