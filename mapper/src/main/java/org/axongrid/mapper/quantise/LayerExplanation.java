package org.axongrid.mapper.quantise;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * What becomes of one population's numbers in integers, and what can happen to them in T steps. Units are the population's own.
 *
 * @param name           population
 * @param rounding       scales, thresholds, zeroed weights, root mean square error
 * @param weightMin      smallest weight in real numbers, of those that spikes reach it by; 0 if there are none
 * @param weightMax      largest
 * @param bitsLost       bits of the weight field that the channel with the smallest weights leaves unused; 0 if there are no weights
 * @param errorBound     largest difference of a potential after T steps from the real one in units, for any spikes that both receive and send:
 *                       every weight's rounding error as often as its source can send, and those of bias, threshold and v(0) (project
 *                       reference on conversion, section 3.4, with each error measured instead of bounded by a half)
 * @param errorTypical   the same as a root of squares, every source sending half of the time
 * @param thetaMin       smallest threshold, what the errors are to be held against; 0 for the readout
 * @param inputMin       lowest sum that can arrive in a step
 * @param inputMax       highest sum
 * @param inputLimit     largest magnitude that the accumulator holds
 * @param potentialMax   largest magnitude that a potential can have before firing in T steps, if all of it has one sign; for a readout, of
 *                       one step
 * @param potentialLimit largest magnitude that the membrane register holds
 */
public record LayerExplanation(String name, QuantisationReport rounding, double weightMin, double weightMax, double bitsLost, double errorBound,
                               double errorTypical, int thetaMin, long inputMin, long inputMax, long inputLimit, long potentialMax,
                               long potentialLimit) {
    /** @return whether a sum of one step can wrap in the accumulator */
    public boolean canWrap() {
        return inputMax > inputLimit || -inputMin > inputLimit + 1;
    }

    /** @return whether a potential can be clamped */
    public boolean canSaturate() {
        return potentialMax > potentialLimit;
    }

    /**
     * @param spiking   in real numbers
     * @param quantised the same in integers
     * @param steps     T
     * @return one entry for each population with a bias of its own: all but the input and max pools
     */
    public static List<LayerExplanation> of(SpikingNetwork spiking, QuantisedNetwork quantised, int steps) {
        Network network = quantised.network();
        List<QuantisationReport> rounding = QuantisationReport.of(spiking, quantised);
        return IntStream.range(1, network.populations().size()).parallel()
            .filter(p -> network.populations().get(p).activation().kind() != Activation.Kind.MAX_POOL)
            .mapToObj(p -> new Sums(spiking, quantised, p, steps).explain(rounding.get(p - 1))).toList();
    }

    /** By channel, what weights and their errors add up to. */
    private static final class Sums {
        private final SpikingNetwork spiking;
        private final QuantisedNetwork net;
        private final int p;
        private final int steps;
        private final double[] largest;
        private final double[] positive;
        private final double[] negative;
        private final double[] error;
        private final double[] squares;
        private double weightMin;
        private double weightMax;

        Sums(SpikingNetwork spiking, QuantisedNetwork net, int p, int steps) {
            this.spiking = spiking;
            this.net = net;
            this.p = p;
            this.steps = steps;
            int channels = net.network().populations().get(p).shape().channels();
            largest = new double[channels];
            positive = new double[channels];
            negative = new double[channels];
            error = new double[channels];
            squares = new double[channels];
            for (int i : net.network().into(p)) {
                if (!net.network().isAnalog(net.network().projections().get(i))) {
                    add(i);
                }
            }
        }

        private void add(int i) {
            Projection projection = net.network().projections().get(i);
            double[] real = UnitChoice.kernel(spiking, i);
            int[] integers = net.kernels().get(i);
            int[] values = net.payload()[projection.source()];
            double most = (values == null ? 1 : UnitChoice.PAYLOAD_MAX) * (double) net.rules().get(projection.source()).maxPayload();
            int area = projection.pool().area();
            double lowest = net.rules().get(projection.source()).kind() == NeuronRule.Kind.SIGNED ? -most : 0;
            Quantiser.forEachWeight(projection, (at, c) -> {
                double w = integers[at];
                double wrong = Math.abs(real[at] / net.scale()[p][c] - w) * most * steps;
                largest[c] = Math.max(largest[c], Math.abs(w) / (1 << net.weightShift()[i]));
                positive[c] += area * Math.max(w * most, w * lowest);
                negative[c] += area * Math.min(w * most, w * lowest);
                error[c] += area * wrong;
                squares[c] += area * wrong * wrong / 4;
                weightMin = Math.min(weightMin, real[at]);
                weightMax = Math.max(weightMax, real[at]);
            });
        }

        LayerExplanation explain(QuantisationReport rounding) {
            double bound = 0;
            double typical = 0;
            double potential = 0;
            double bits = 0;
            int thetaMin = net.threshold()[p] == null ? 0 : Arrays.stream(net.threshold()[p]).filter(t -> t > 0).min().orElse(0);
            for (int c = 0; c < error.length; c++) {
                double own = ownErrors(c);
                bound = Math.max(bound, error[c] + own);
                typical = Math.max(typical, Math.sqrt(squares[c] + own * own));
                double input = Math.max(positive[c], -negative[c]) + Math.abs((double) net.bias()[p][c]);
                double start = net.initialV()[p] == null ? 0 : Math.abs((double) net.initialV()[p][c % net.initialV()[p].length]);
                potential = Math.max(potential, start + input * (net.isReadout(p) ? 1 : steps));
                bits = largest[c] == 0 ? bits : Math.max(bits, Math.log(((1 << net.weightBits() - 1) - 1) / largest[c]) / Math.log(2));
            }
            return new LayerExplanation(net.network().populations().get(p).name(), rounding, weightMin, weightMax, Math.max(0, bits), bound, typical,
                thetaMin, (long) Arrays.stream(negative).min().orElse(0), (long) Arrays.stream(positive).max().orElse(0),
                (1L << net.registers().accumulatorBits() - 1) - 1, (long) potential, net.registers().membraneMax());
        }

        /** Errors of bias, threshold and v(0) of a channel over T steps, each spike subtracting a threshold. */
        private double ownErrors(int c) {
            double scale = net.scale()[p][c];
            double sum = net.isAnalog(p) ? 0.5 * net.biasStep()[p] * steps
                : Math.abs(spiking.network().populations().get(p).bias()[c] / scale - net.bias()[p][c]) * steps;
            if (net.threshold()[p] == null) {
                return sum;
            }
            double[] theta = spiking.theta()[p];
            double[] v = spiking.initialV()[p];
            double most = steps * (double) net.rules().get(p).maxPayload();
            return sum + Math.abs(theta[c % theta.length] / scale - net.threshold()[p][c % net.threshold()[p].length]) * most
                + Math.abs(v[c % v.length] / scale - net.initialV()[p][c % net.initialV()[p].length]);
        }
    }
}
