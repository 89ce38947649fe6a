package org.axongrid.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.reference.FanOut;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.LevelNetwork;
import org.axongrid.mapper.reference.Simulator;
import org.axongrid.mapper.reference.SpikeList;
import org.axongrid.mapper.schedule.Phase;

/**
 * Runs a conversion case on the reference simulator of its numbers and compares everything that the file holds: spikes, potentials,
 * readouts, synaptic operations, masks, corrected v(0), counts of the quantised network, ties.
 */
final class ConversionReplay {
    private final ConversionCase of;
    private final ConversionTrace[] traces;
    private final SpikingNetwork spiking;
    private final FanOut fanOut;
    private final FloatSnn floats;
    private final IntegerOracle integers;

    private ConversionReplay(ConversionCase of) {
        this.of = of;
        traces = traces(of);
        spiking = of.spiking();
        fanOut = new FanOut(spiking.network());
        floats = of.whole() ? null : new FloatSnn(spiking);
        integers = of.whole() ? new IntegerOracle(of.quantised()) : null;
    }

    /**
     * @param of the case
     * @throws CaseFailure                                 if something differs
     * @throws org.axongrid.isa.InvalidInputException if the file says something impossible
     */
    static void run(ConversionCase of) {
        try {
            new ConversionReplay(of).run();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw of.file().error(e.getMessage());
        }
    }

    private static ConversionTrace[] traces(ConversionCase of) {
        Phase.End end = of.schedule().phases().get(0).end();
        int first = of.schedule().steps(0, of.steps());
        return switch (end) {
            case NONE -> new ConversionTrace[] {ConversionTrace.read(of, "trace", of.steps(), "", "")};
            case MASK -> new ConversionTrace[] {ConversionTrace.read(of, "phase1", first, "", "phase 1"),
                ConversionTrace.read(of, "phase2", of.steps(), "", "phase 2")};
            case CORRECT -> new ConversionTrace[] {ConversionTrace.read(of, "cos_layers", first, "calib_", "calibration"),
                ConversionTrace.read(of, "cos_layers", of.steps(), "", "run")};
        };
    }

    private void run() {
        double[] image = of.layers().image();
        if (of.whole()) {
            integers.reset(biases(image));
        } else {
            floats.reset(image);
        }
        int[] layerOf = new int[spiking.network().populations().size()];
        Arrays.fill(layerOf, -1);
        for (int i = 0; i < of.layers().size(); i++) {
            layerOf[of.layers().population(i)] = i;
        }
        simulator().run(of.steps(), (phase, p, step) -> {
            if (layerOf[p] == of.layers().size() - 1) {
                traces[phase].compareReadout(layerOf[p], step, of.whole() ? doubles(integers.readoutSum()) : floats.readoutSum());
            } else if (layerOf[p] >= 0) {
                compareLayer(phase, layerOf[p], p, step);
            }
        });
        afterwards(image);
        if (of.whole()) {
            ConversionOnChip.run(of.quantised(), biases(image), of.steps());
        }
    }

    private Simulator simulator() {
        return of.whole() ? integers : floats;
    }

    private void compareLayer(int phase, int layer, int p, int step) {
        SpikeList sent = simulator().sent(p);
        double[] s = new double[of.layers().shape(layer).size()];
        long event = 0;
        long unary = 0;
        for (int i = 0; i < sent.count(); i++) {
            int neuron = sent.neurons()[i];
            s[neuron] = sent.payloads()[i];
            event += fanOut.of(p, neuron);
            unary += fanOut.of(p, neuron) * Math.abs(sent.payloads()[i]);
        }
        double[] v = of.whole() ? doubles(integers.membranes(p)) : floats.potentials(p);
        traces[phase].compare(layer, step, s, v, fanOut.pooled(p) ? -1 : event, unary);
    }

    private void afterwards(double[] image) {
        JsonNode[] masks = of.file().has("mask") ? of.file().items("mask", of.layers().size()) : null;
        for (int i = 0; i + 1 < of.layers().size(); i++) {
            boolean[] mask = simulator().mask(of.layers().population(i));
            if (mask != null && masks != null) {
                compare(i, "mask", of.file().numbers("mask[" + i + "]", masks[i], mask.length, true, 1), n -> mask[(int) n] ? 1 : 0);
            }
            if (of.schedule().phases().get(0).end() == Phase.End.CORRECT) {
                compareCorrection(i);
            }
        }
        if (of.file().has("saturated_up_neurons")) {
            ConversionTrace.equal("saturated_up_neurons", of.file().numbers("saturated_up_neurons", 1, true)[0],
                of.whole() ? integers.sentinels() : floats.sentinels());
        }
        // The files count no ties where the reset is hard: there v + s * theta is not the potential before firing.
        if (of.file().has("tie_events") && !of.rule().hardReset()) {
            ConversionTrace.equal("tie_events", of.file().numbers("tie_events", 1, true)[0], of.whole() ? integers.ties() : floats.ties());
        }
        if (of.file().has("ann_levels")) {
            compareLevels(image);
        }
    }

    private void compareCorrection(int layer) {
        JsonNode[] items = of.file().items("cos_layers", of.layers().size());
        int p = of.layers().population(layer);
        double[] start = of.perNeuron("v0", layer);
        double[] found = of.whole() ? doubles(integers.initialV(p)) : floats.initialV(p).clone();
        double[] expected = of.file().numbers("cos_layers[" + layer + "].v0_calibrated", items[layer].path("v0_calibrated"), found.length,
            of.whole(), 1L << 53);
        compare(layer, "v0_calibrated", expected, n -> found[(int) n]);
        int down = 0;
        int up = 0;
        for (int i = 0; i < found.length; i++) {
            down += found[i] < start[i % start.length] ? 1 : 0;
            up += found[i] > start[i % start.length] ? 1 : 0;
        }
        ConversionTrace.equal("layer " + layer + ", shift_down", items[layer].path("shift_down").asDouble(Double.NaN), down);
        ConversionTrace.equal("layer " + layer + ", shift_up", items[layer].path("shift_up").asDouble(Double.NaN), up);
    }

    /** @param found by neuron in our order the value found */
    private void compare(int layer, String what, double[] expected, DoubleUnaryOperator found) {
        Shape shape = of.layers().shape(layer);
        for (int chw = 0; chw < expected.length; chw++) {
            ConversionTrace.equal("layer " + layer + ", neuron " + chw + ", " + what, expected[chw],
                found.applyAsDouble(shape.fromChannelsFirst(chw)));
        }
    }

    private void compareLevels(double[] image) {
        double[][] counts = new LevelNetwork(spiking).counts(image, of.steps());
        JsonNode[] levels = of.file().items("ann_levels", of.layers().size());
        for (int i = 0; i < levels.length; i++) {
            double[] found = counts[of.layers().population(i)];
            compare(i, "ann_levels", of.file().numbers("ann_levels[" + i + "]", levels[i], found.length, of.whole(), 1L << 53), n -> found[(int) n]);
        }
    }

    /** The input's constant currents in integers. */
    private int[][] biases(double[] image) {
        Network network = spiking.network();
        int[][] out = new int[network.populations().size()][];
        for (Projection p : network.projections()) {
            if (p.source() == 0) {
                double[] current = InputEncoder.analogCurrent(network, p.target(), network.kernels(), image);
                out[p.target()] = Arrays.stream(current).mapToInt(c -> {
                    if (Math.abs(c) > Integer.MAX_VALUE) {
                        throw of.file().error("an input current of " + (long) c);
                    }
                    return (int) c;
                }).toArray();
            }
        }
        return out;
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
