package org.axongrid.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import org.axongrid.mapper.network.Shape;

/** What a case says of each layer in each step of a phase, by file layer; the comparison with what was computed. */
final class ConversionTrace {
    private final ConversionCase of;
    private final String phase;
    private final double[][][] spikes;
    private final double[][][] potentials;
    private final double[][][] sums;
    private final long[][][] operations;

    private ConversionTrace(ConversionCase of, String phase) {
        this.of = of;
        this.phase = phase;
        int n = of.layers().size();
        spikes = new double[n][][];
        potentials = new double[n][][];
        sums = new double[n][][];
        operations = new long[n][][];
    }

    /**
     * @param of     the case
     * @param field  array with an object for each layer
     * @param steps  how many
     * @param prefix of the names of spikes and potentials; with one, readouts and operations are not looked for
     * @param phase  for messages, empty if there is one only
     */
    static ConversionTrace read(ConversionCase of, String field, int steps, String prefix, String phase) {
        ConversionTrace trace = new ConversionTrace(of, phase);
        JsonFields[] layers = of.file().objects(field, of.layers().size());
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].integer("layer", 0, layers.length - 1) != i) {
                throw layers[i].error("'layer' is " + layers[i].integer("layer", 0, layers.length - 1) + ", expected " + i);
            }
            Shape shape = of.layers().shape(i);
            if (i == layers.length - 1) {
                trace.sums[i] = prefix.isEmpty() ? channelsLast(shape, layers[i].table("acc", steps, shape.size(), of.whole())) : null;
                continue;
            }
            trace.spikes[i] = channelsLast(shape, layers[i].table(prefix + "s", steps, shape.size(), true));
            trace.potentials[i] = channelsLast(shape, layers[i].table(prefix + "v", steps, shape.size(), of.whole()));
            trace.operations[i] = prefix.isEmpty() ? operations(layers[i], steps) : new long[steps][];
        }
        return trace;
    }

    private static double[][] channelsLast(Shape shape, double[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ConversionLayers.channelsLast(shape, rows[i]);
        }
        return rows;
    }

    private static long[][] operations(JsonFields layer, int steps) {
        JsonNode[] rows = layer.items("sops_event_unary", steps);
        long[][] out = new long[steps][];
        for (int t = 0; t < steps; t++) {
            if (!rows[t].isNull()) {
                double[] pair = layer.numbers("sops_event_unary[" + t + "]", rows[t], 2, true, 1L << 53);
                out[t] = new long[] {(long) pair[0], (long) pair[1]};
            }
        }
        return out;
    }

    /**
     * Compares a step of a layer that spikes.
     *
     * @param layer file layer
     * @param step  from 1
     * @param s     by neuron what was sent
     * @param v     by neuron the potential after the step
     * @param event synaptic operations, a graded spike being one; negative if not known
     * @param unary synaptic operations, a graded spike being as many as its payload
     * @throws CaseFailure at the first difference
     */
    void compare(int layer, int step, double[] s, double[] v, long event, long unary) {
        values(layer, step, "spike", spikes[layer][step - 1], s);
        values(layer, step, "v", potentials[layer][step - 1], v);
        long[] expected = operations[layer][step - 1];
        if (expected != null && event >= 0) {
            equal(place(layer, step) + "synaptic operations by event", expected[0], event);
            equal(place(layer, step) + "synaptic operations by unit", expected[1], unary);
        }
    }

    /** Compares the readout's sums after a step, from 1. */
    void compareReadout(int layer, int step, double[] acc) {
        if (sums[layer] != null) {
            values(layer, step, "acc", sums[layer][step - 1], acc);
        }
    }

    private String place(int layer, int step) {
        return (phase.isEmpty() ? "" : phase + ", ") + "step " + step + ", layer " + layer + ", ";
    }

    private void values(int layer, int step, String what, double[] expected, double[] got) {
        Shape shape = of.layers().shape(layer);
        for (int chw = 0; chw < expected.length; chw++) {
            int i = shape.fromChannelsFirst(chw);
            if (expected[i] != got[i]) {
                throw new CaseFailure(place(layer, step) + "neuron " + chw + ", " + what + ": expected " + text(expected[i]) + ", got "
                    + text(got[i]));
            }
        }
    }

    static void equal(String what, double expected, double got) {
        if (expected != got) {
            throw new CaseFailure(what + ": expected " + text(expected) + ", got " + text(got));
        }
    }

    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
