package org.axongrid.cli.conform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.RegisterModel;
import org.axongrid.mapper.schedule.NeuronRule;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/** A file of conversion vectors: a network of any method, its input, and what every neuron does in every step. */
final class ConversionCase {
    private static final int STEPS_MAX = 4096;
    private static final int PAYLOAD_MAX = 1024;

    private final JsonFields file;
    private final boolean whole;
    private final String method;
    private final ConversionLayers layers;
    private final int steps;
    private final Schedule schedule;
    private final NeuronRule rule;

    /**
     * @param file a file
     * @throws org.axongrid.isa.InvalidInputException if it is no such case
     */
    ConversionCase(Path file) {
        this(JsonFields.read(file));
    }

    /** @param file the root */
    ConversionCase(JsonFields file) {
        this.file = file;
        String form = file.text("form");
        if (!form.equals("float64") && !form.equals("int8")) {
            throw file.error("form '" + form + "' is neither float64 nor int8");
        }
        whole = form.equals("int8");
        method = file.text("method");
        JsonFields params = file.object("params");
        steps = params.integer("T", 1, STEPS_MAX);
        rule = switch (method) {
            case "qcfs", "opi", "rmp", "ttrbr", "rts", "srp", "cos" -> NeuronRule.SOFT;
            case "hard" -> NeuronRule.HARD;
            case "gn" -> NeuronRule.graded(params.integer("tau", 1, PAYLOAD_MAX));
            case "burst" -> NeuronRule.graded(params.integer("gamma", 1, PAYLOAD_MAX));
            case "snm" -> NeuronRule.SIGNED;
            default -> throw file.error("method '" + method + "' is not known");
        };
        schedule = switch (method) {
            case "srp" -> new Schedule(Schedule.Order.LOCKSTEP,
                List.of(new Phase("phase 1", params.integer("tau", 1, STEPS_MAX), Phase.Start.SET, false, Phase.End.MASK),
                    new Phase("phase 2", Phase.OPEN, Phase.Start.SET, true, Phase.End.NONE)));
            case "cos" -> new Schedule(Schedule.Order.LAYER_SERIAL,
                List.of(new Phase("calibration", params.integer("rho", 1, steps), Phase.Start.SET, false, Phase.End.CORRECT), Phase.run()));
            default -> Schedule.PLAIN;
        };
        layers = new ConversionLayers(file, whole);
    }

    /** @return whether a JSON file is one of this family */
    static boolean matches(JsonFields file) {
        return file.has("method") && file.has("form") && file.has("layers") && file.has("input_u8");
    }

    JsonFields file() {
        return file;
    }

    ConversionLayers layers() {
        return layers;
    }

    Schedule schedule() {
        return schedule;
    }

    NeuronRule rule() {
        return rule;
    }

    /** @return whether its numbers are integers */
    boolean whole() {
        return whole;
    }

    /** @return T */
    int steps() {
        return steps;
    }

    private List<NeuronRule> rules(Network network) {
        List<NeuronRule> rules = new ArrayList<>();
        for (int p = 0; p < network.populations().size(); p++) {
            rules.add(switch (network.populations().get(p).activation().kind()) {
                case QCFS -> rule;
                case MAX_POOL -> NeuronRule.maxPool(rule.maxPayload());
                default -> NeuronRule.NONE;
            });
        }
        return rules;
    }

    /** @return a layer's thresholds or v(0): one value, or one a neuron */
    double[] perNeuron(String field, int layer) {
        JsonFields of = layers.layer(layer);
        double[] values = of.numbers(field, -1, whole);
        Shape shape = layers.shape(layer);
        if (values.length != 1 && values.length != shape.size()) {
            throw of.error("'" + field + "' has " + values.length + " values for " + shape.size() + " neurons");
        }
        boolean theta = field.equals("theta");
        for (double v : values) {
            if (theta && !(v > 0) && !(method.equals("snm") && v == 0)) {
                throw of.error("'theta' is " + v + ", a positive number is expected");
            }
        }
        return values.length == 1 ? values : ConversionLayers.channelsLast(shape, values);
    }

    private double[][] perPopulation(Network network, String field) {
        double[][] out = new double[network.populations().size()][];
        for (int i = 0; i + 1 < layers.size(); i++) {
            out[layers.population(i)] = perNeuron(field, i);
        }
        return out;
    }

    /** @return the network in real numbers; its input is the counts */
    SpikingNetwork spiking() {
        Network network = layers.network(method);
        return new SpikingNetwork(network, method, schedule, rules(network), perPopulation(network, "theta"), perPopulation(network, "v0"),
            new double[network.populations().size()][], network.kernels());
    }

    /** @return the network in integers, without any register's limit */
    QuantisedNetwork quantised() {
        Network network = layers.network(method);
        int n = network.populations().size();
        int[][] kernels = new int[network.projections().size()][];
        for (int i = 0; i < kernels.length; i++) {
            Projection p = network.projections().get(i);
            kernels[i] = p.source() == 0 ? null : ints(network.kernels().get(i));
        }
        int[] step = new int[n];
        Arrays.fill(step, 1);
        int[][] bias = new int[n][];
        double[][] scale = new double[n][];
        for (int p = 1; p < n; p++) {
            bias[p] = ints(network.populations().get(p).bias());
            scale[p] = new double[bias[p].length];
            Arrays.fill(scale[p], 1);
        }
        return new QuantisedNetwork(network, method, schedule, rules(network), RegisterModel.UNLIMITED, 8, Arrays.asList(kernels),
            new int[kernels.length], ints(perPopulation(network, "theta")), ints(perPopulation(network, "v0")), new int[n][], bias, step, scale);
    }

    private static int[][] ints(double[][] values) {
        return Arrays.stream(values).map(v -> v == null ? null : ints(v)).toArray(int[][]::new);
    }

    private static int[] ints(double[] values) {
        return Arrays.stream(values).mapToInt(v -> (int) v).toArray();
    }
}
