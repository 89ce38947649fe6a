package org.axongrid.mapper.diagnose;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.LevelNetwork;
import org.axongrid.mapper.reference.Simulator;
import org.axongrid.mapper.reference.SpikeList;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * Runs images through all stages and compares what each layer says, in the trained network's units: an activation there, spikes of a run times
 * what one is worth over T here. One instance serves one thread.
 *
 * <p>Unevenness is a layer's own, whatever its input: its count against the one that the sum of the same input gives,
 * {@code clip(floor((v(0) + sum) / theta), 0, T * maxPayload)} (project reference on conversion, sections 2.1 and 3.3). With a soft reset the sum
 * is in the potential that is left, so that a count is even exactly if {@code 0 <= v < theta} at the end or the clip holds.
 */
public final class StageRunner {
    private final SpikingNetwork spiking;
    private final QuantisedNetwork quantised;
    private final Network network;
    private final int steps;
    private final AnnEvaluator trained;
    private final LevelNetwork levels;
    private final FloatSnn floats;
    private final IntegerOracle integers;
    private final InputEncoder encoder;
    private final int last;
    private final double[][] worth;
    private final long[][] counts;
    private final boolean[][] spiked;
    private final boolean[][] active;

    /**
     * @param trainedNetwork as trained; a method may have other biases in its own
     * @param spiking        converted, in real numbers
     * @param quantised      the same in integers
     * @param steps          T
     * @param biasLimit      largest bias mantissa of the chip
     */
    public StageRunner(Network trainedNetwork, SpikingNetwork spiking, QuantisedNetwork quantised, int steps, int biasLimit) {
        this.spiking = spiking;
        this.quantised = quantised;
        this.network = spiking.network();
        this.steps = steps;
        trained = new AnnEvaluator(trainedNetwork);
        levels = new LevelNetwork(spiking);
        floats = new FloatSnn(spiking);
        integers = new IntegerOracle(quantised);
        encoder = new InputEncoder(quantised, spiking.kernels(), biasLimit);
        int n = network.populations().size();
        last = n - 1;
        worth = new double[n][];
        counts = new long[n][];
        spiked = new boolean[n][];
        active = new boolean[n][];
        for (int p = 1; p < last; p++) {
            int size = network.populations().get(p).shape().size();
            worth[p] = worth(p);
            counts[p] = new long[size];
            spiked[p] = new boolean[size];
            active[p] = new boolean[size];
        }
    }

    /** What a spike is worth: what it subtracts; a pool passes on what it reads. */
    private double[] worth(int p) {
        if (spiking.rules().get(p).kind() != NeuronRule.Kind.MAX_POOL) {
            return spiking.theta()[p];
        }
        Projection windows = network.projections().get(network.into(p)[0]);
        return worth(windows.source());
    }

    /**
     * @param image input values, channels last
     * @return what came out
     */
    public ImageTrace run(double[] image) {
        ImageTrace trace = new ImageTrace(last + 1);
        trace.prediction[0] = trained.predict(image);
        double[][] before = new double[last + 1][];
        for (int p = 1; p <= last; p++) {
            double[] a = trained.activations(p).clone();
            before[p] = a;
            trace.moments[p][0].add(a, a, a);
            noteTrained(trace, p, a);
        }
        double[][] even = levels.counts(image, steps);
        double[] readout = even[last].clone();
        scale(readout, 1.0 / steps);
        trace.prediction[1] = best(readout);
        for (int p = 1; p <= last; p++) {
            before[p] = compare(trace, p, Stage.LEVELS, p == last ? readout : values(p, even[p]), before[p]);
        }
        floats.reset(image);
        double[][] logits = new double[1][];
        count(floats, p -> {
            if (p == last) {
                trace.prediction[2] = floats.prediction();
                logits[0] = floats.logits();
            } else {
                noteUneven(trace, p);
            }
        });
        for (int p = 1; p <= last; p++) {
            before[p] = compare(trace, p, Stage.FLOAT, p == last ? logits[0] : values(p, counts[p]), before[p]);
        }
        integers.clearCounters();
        integers.reset(encoder.encode(image));
        count(integers, p -> {
            if (p == last) {
                trace.prediction[3] = integers.prediction();
                trace.readout = integers.readoutSum().clone();
            } else {
                noteSpikes(trace, p);
            }
        });
        for (int p = 1; p <= last; p++) {
            compare(trace, p, Stage.INTEGER, p == last ? integerLogits(trace.readout) : values(p, counts[p]), before[p]);
        }
        trace.membraneSaturations = integers.saturations();
        trace.accumulatorWraps = integers.accumulatorWraps();
        return trace;
    }

    private double[] compare(ImageTrace trace, int p, Stage stage, double[] values, double[] before) {
        trace.moments[p][stage.ordinal()].add(values, trained.activations(p), before);
        return values;
    }

    /**
     * Runs the schedule, longer than T where its preparation asks for that, and counts spikes of the first T steps of its last phase.
     *
     * @param done told of each population when it has made step T
     */
    private void count(Simulator simulator, IntConsumer done) {
        for (int p = 1; p < last; p++) {
            Arrays.fill(counts[p], 0);
        }
        simulator.run(Math.max(steps, spiking.schedule().stepsMin()), (phase, p, step) -> {
            if (!simulator.isLast(phase) || step > steps) {
                return;
            }
            SpikeList sent = simulator.sent(p);
            for (int i = 0; p != last && i < sent.count(); i++) {
                counts[p][sent.neurons()[i]] += sent.payloads()[i];
            }
            if (step == steps) {
                done.accept(p);
            }
        });
    }

    private double[] values(int p, long[] spikes) {
        double[] out = new double[spikes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = spikes[i] * worth[p][i % worth[p].length] / steps;
        }
        return out;
    }

    private double[] values(int p, double[] spikes) {
        double[] out = new double[spikes.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = spikes[i] * worth[p][i % worth[p].length] / steps;
        }
        return out;
    }

    private double[] integerLogits(long[] sums) {
        double[] scale = quantised.scale()[last];
        double[] out = new double[sums.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = sums[i] * scale[i % scale.length] / steps;
        }
        return out;
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private void noteTrained(ImageTrace trace, int p, double[] activations) {
        if (p == last) {
            return;
        }
        int most = spiking.rules().get(p).maxPayload();
        for (int i = 0; i < activations.length; i++) {
            active[p][i] |= activations[i] > 0;
            // A hair above the top is rounding of the trained end itself.
            trace.clipped[p] += activations[i] > most * worth[p][i % worth[p].length] * (1 + 1e-6) ? 1 : 0;
        }
    }

    private void noteUneven(ImageTrace trace, int p) {
        NeuronRule rule = spiking.rules().get(p);
        if (!rule.integrates() || rule.hardReset()) {
            return;
        }
        boolean[] mask = floats.mask(p);
        double[] v = floats.potentials(p);
        double[] theta = spiking.theta()[p];
        long top = (long) steps * rule.maxPayload();
        for (int i = 0; i < v.length; i++) {
            if (mask != null && !mask[i]) {
                trace.masked[p]++;
                continue;
            }
            double th = theta[i % theta.length];
            trace.judged[p]++;
            trace.uneven[p] += th > 0 && (v[i] < 0 && counts[p][i] > 0 || v[i] >= th && counts[p][i] < top) ? 1 : 0;
        }
    }

    private void noteSpikes(ImageTrace trace, int p) {
        long top = (long) steps * spiking.rules().get(p).maxPayload();
        for (int i = 0; i < counts[p].length; i++) {
            spiked[p][i] |= counts[p][i] != 0;
            trace.saturated[p] += counts[p][i] >= top ? 1 : 0;
        }
    }

    /** @return by population and neuron whether its integer neuron has spiked on any image so far; {@code null} for input and readout */
    boolean[][] spiked() {
        return spiked;
    }

    /** @return by population and neuron whether its trained activation was above 0 on any image so far; {@code null} for input and readout */
    boolean[][] active() {
        return active;
    }
}
