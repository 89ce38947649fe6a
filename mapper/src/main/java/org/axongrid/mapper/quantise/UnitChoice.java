package org.axongrid.mapper.quantise;

import java.util.Arrays;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;

/** Chooses the real value of a unit for each channel: the finest with which weights, biases, thresholds and sums fit a target's registers. */
final class UnitChoice {
    /** Widest spread of weight exponents into one population. */
    private static final int WEIGHT_SHIFT_MAX = 5;
    /** Largest integer payload where each neuron's spikes have a value of their own. */
    static final int PAYLOAD_MAX = 15;
    /** A unit may grow by this factor for the sake of a shortcut. */
    private static final double ALIGNMENT_LOSS_MAX = 1.05;

    private final SpikingNetwork spiking;
    private final Network network;
    private final Quantiser.Options options;

    UnitChoice(SpikingNetwork spiking, Quantiser.Options options) {
        this.spiking = spiking;
        this.network = spiking.network();
        this.options = options;
    }

    private boolean isReadout(int p) {
        return p == network.populations().size() - 1;
    }

    /** @return the real value of a payload of 1 */
    static double payloadUnit(double[] real) {
        double largest = Arrays.stream(real).max().orElse(0);
        return largest > 0 ? largest / PAYLOAD_MAX : 1;
    }

    /** The weights of a projection per unit of what its source sends. */
    static double[] kernel(SpikingNetwork spiking, int projection) {
        int source = spiking.network().projections().get(projection).source();
        double[] payload = spiking.payload()[source];
        double[] kernel = spiking.kernels().get(projection);
        if (payload == null) {
            return kernel;
        }
        double unit = payloadUnit(payload);
        return Arrays.stream(kernel).map(w -> w * unit).toArray();
    }

    /** @return the most that a neuron of a population sends in a step, in units */
    private double mostSent(int p) {
        return (spiking.payload()[p] == null ? 1 : PAYLOAD_MAX) * (double) spiking.rules().get(p).maxPayload();
    }

    /** The smallest shift with which a projection's largest weight fits the field. */
    int weightShift(int projection, double[] scale) {
        double[] real = kernel(spiking, projection);
        double[] largest = {0};
        Quantiser.forEachWeight(network.projections().get(projection),
            (at, channel) -> largest[0] = Math.max(largest[0], Math.abs(real[at]) / scale[channel]));
        return shiftFor(largest[0]);
    }

    private int shiftFor(double largest) {
        int shift = 0;
        while (Math.rint(largest / (1 << shift)) > maxWeight()) {
            shift++;
        }
        return shift;
    }

    /** @return the largest magnitude of a weight in its field */
    int maxWeight() {
        return (1 << options.weightBits() - 1) - 1;
    }

    /**
     * The finest unit with which everything fits.
     *
     * <p>Channels with weights on the chip: the largest weight of the finest projection fills the field, coarser projections get a weight
     * exponent; bias and threshold must fit too. The threshold is held to
     * half the membrane's range, so that a potential that passes it is not clamped at once.
     *
     * <p>Channels without (the analog input alone drives them, or all their weights are 0) get the same current in each step, so that only
     * the threshold and the bias register matter: the register's range is made the threshold. Larger currents are then clipped, which
     * changes no spike. With v(0) in [0, theta) a current of theta or more fires in the first step, leaves v at v(0) or above, and so
     * fires in each; a current below 0 never fires; both are still true of the clipped current. Payloads and a v(0) below 0 widen the range.
     */
    double[] of(int p) {
        double[] unit = weightUnits(p);
        double[] current = largestPerChannel(p, true, true);
        double[] bias = network.populations().get(p).bias();
        double biasRange = (double) options.biasLimit() * (1 << options.biasShiftMax());
        double thresholdRange = Math.min(options.thresholdLimit(), Math.max(1, options.registers().membraneMax() / 2));
        double theta = isReadout(p) ? 0 : Arrays.stream(spiking.theta()[p]).max().orElse(0);
        double[] scale = new double[bias.length];
        for (int c = 0; c < scale.length; c++) {
            if (unit[c] > 0) {
                double s = Math.max(unit[c], Math.abs(bias[c]) / biasRange);
                scale[c] = isReadout(p) ? s : Math.max(s, theta / thresholdRange);
            } else {
                // A readout adds up all of its current: inputs of magnitude 1 must fit.
                double full = current[c] + Math.abs(bias[c]);
                double range = isReadout(p) ? full : theta * spiking.rules().get(p).maxPayload() + deepest(p);
                range = leaky(p) ? Math.max(range, full) : range;
                scale[c] = Math.max(range / options.biasLimit(), isReadout(p) ? 0 : theta / thresholdRange);
            }
        }
        double[] positive = Arrays.stream(scale).map(s -> s > 0 ? s : 1).toArray();
        boolean together = isReadout(p) && options.scaleGroups() < Integer.MAX_VALUE;
        double[] grouped = ScaleGroups.group(positive, together ? 1 : options.scaleGroups());
        for (int i : network.into(p)) {
            alignShortcut(i, grouped);
        }
        return grouped;
    }

    /** Whether a clipped current would change spikes: leaks and hard resets remember how large it was. */
    private boolean leaky(int p) {
        return spiking.rules().get(p).kind() == NeuronRule.Kind.CUBA;
    }

    /** How far below 0 a neuron of a population starts. */
    private double deepest(int p) {
        return Math.max(0, -Arrays.stream(spiking.initialV()[p]).min().orElse(0));
    }

    /**
     * By channel, what the weights from spiking populations need; 0 where there are none.
     *
     * <p>All inputs of one sign may spike in one step without wrapping the accumulator, but for rounding. A wrapped sum changes its sign,
     * which costs more than any precision gained: on a trained seven-layer network, room for a quarter of the inputs (finer scales per
     * channel) lost six points of accuracy to 2 wraps an image, room for all of them lost nothing.
     */
    private double[] weightUnits(int p) {
        double[] unit = new double[network.populations().get(p).shape().channels()];
        for (int i : network.into(p)) {
            if (network.isAnalog(network.projections().get(i))) {
                continue;
            }
            double[] largest = largestOf(i);
            for (int c = 0; c < unit.length; c++) {
                double own = largest[c] / maxWeight();
                double fine = Math.min(unit[c], own);
                double coarse = Math.max(unit[c], own);
                unit[c] = fine == 0 ? coarse : Math.max(fine, coarse / (1 << WEIGHT_SHIFT_MAX));
            }
        }
        double[] sums = largestSums(p);
        double accumulatorMax = Math.pow(2, options.registers().accumulatorBits() - 1.0) - 1;
        for (int c = 0; c < unit.length; c++) {
            unit[c] = Math.max(unit[c], sums[c] / accumulatorMax);
        }
        return unit;
    }

    /** By channel, the larger of the sums of positive and of negative weights that a neuron can receive in one step. */
    private double[] largestSums(int p) {
        double[] positive = new double[network.populations().get(p).shape().channels()];
        double[] negative = new double[positive.length];
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            if (network.isAnalog(projection)) {
                continue;
            }
            double[] kernel = kernel(spiking, i);
            double most = projection.pool().area() * mostSent(projection.source());
            Quantiser.forEachWeight(projection, (at, channel) -> {
                double[] side = kernel[at] > 0 ? positive : negative;
                side[channel] += Math.abs(kernel[at]) * most;
            });
        }
        Arrays.setAll(positive, c -> Math.max(positive[c], negative[c]));
        return positive;
    }

    private double[] largestOf(int projection) {
        Projection p = network.projections().get(projection);
        double[] largest = new double[p.targetShape().channels()];
        double[] kernel = kernel(spiking, projection);
        Quantiser.forEachWeight(p, (at, channel) -> largest[channel] = Math.max(largest[channel], Math.abs(kernel[at])));
        if (options.scaleGroups() == 1) {
            Arrays.fill(largest, Arrays.stream(largest).max().orElse(0));
        }
        return largest;
    }

    /**
     * Makes the unit a little larger where that lets a shortcut's weight be a whole number of its steps: an identity shortcut has one value
     * only, and its rounding error would add up with every spike.
     */
    private void alignShortcut(int projection, double[] unit) {
        Projection p = network.projections().get(projection);
        double[] kernel = kernel(spiking, projection);
        boolean oneValue = !network.isAnalog(p) && kernel[0] != 0 && Arrays.stream(kernel).allMatch(w -> w == kernel[0]);
        for (int c = 0; oneValue && c < unit.length; c++) {
            double steps = Math.abs(kernel[0]) / unit[c];
            int shift = shiftFor(steps);
            double mantissa = Math.floor(steps / (1 << shift));
            if (mantissa >= 1 && steps / (1 << shift) / mantissa < ALIGNMENT_LOSS_MAX) {
                unit[c] = Math.abs(kernel[0]) / (mantissa * (1 << shift));
            }
        }
    }

    /**
     * @param analog whether the projections from the analog input are meant, or those from spiking populations
     * @param sum    the sum of the magnitudes instead of the largest
     */
    double[] largestPerChannel(int p, boolean analog, boolean sum) {
        double[] found = new double[network.populations().get(p).shape().channels()];
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            if (network.isAnalog(projection) == analog) {
                double[] kernel = spiking.kernels().get(i);
                Quantiser.forEachWeight(projection, (at, channel) -> {
                    double magnitude = Math.abs(kernel[at]);
                    found[channel] = sum ? found[channel] + magnitude : Math.max(found[channel], magnitude);
                });
            }
        }
        return found;
    }
}
