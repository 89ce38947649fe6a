package org.axongrid.mapper.nir;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;

/**
 * A node of spiking neurons in steps of dt.
 *
 * <p>{@code tau dv/dt = (v_leak - v) + R I} with I constant within a step has the solution {@code v' = k v + (1 - k) (v_leak + R I)},
 * {@code k = exp(-dt / tau)}; forward Euler has {@code k = 1 - dt / tau}. {@code dv/dt = R I} has {@code v' = v + dt R I}. A spike is an input of 1 for
 * one step, as in the traces that came with NIR (Pedersen et al. 2024, paper/01_lif). The potential is counted from what a reset sets it to.
 *
 * <p>The step: an option, or {@code metadata/dt}; else 1 where all neurons are IF with r = 1 (as sinabs writes them), and x where they all have
 * r = 1 / x (as spikingjelly does); networks with time constants need to be told (project reference on formats, section 1.3).
 *
 * @param rule       what a neuron does in a step
 * @param gain       by channel, factor of what spikes bring
 * @param biasGain   by channel, factor of what is constant in time
 * @param drive      by channel, what the leak adds in each step
 * @param theta      threshold, one or one by channel
 * @param initialV   start, one or one by channel
 * @param lambda     threshold of a QCFS layer, NaN for others
 * @param levels     its L
 */
record NirDynamics(NeuronRule rule, double[] gain, double[] biasGain, double[] drive, double[] theta, double[] initialV, double lambda, int levels) {
    /** Where exporters say what NIR has no field for; the first is ours. */
    private static final List<String> RESET_KEYS = List.of("reset", "reset_mode");

    /**
     * @param path     where, for messages
     * @param node     a node whose type spikes
     * @param channels of its shape: the first extent
     * @param options  policy
     * @param dt       seconds of a step
     * @param notes    told what was assumed
     * @return its dynamics
     * @throws InvalidInputException if it has none here
     */
    static NirDynamics of(String path, NirNode node, int channels, NirOptions options, double dt, List<String> notes) {
        String at = node.type().fileName() + " '" + NirReader.clean(path) + "'";
        double[] threshold = byChannel(at, node, node.type() == NirType.THRESHOLD ? "threshold" : "v_threshold", channels, Double.NaN);
        if (node.type() == NirType.THRESHOLD) {
            return new NirDynamics(NeuronRule.cuba(new Dynamics(0, 0, 1), true), filled(channels, 1), filled(channels, 1), new double[channels],
                positive(at, threshold), new double[] {0}, Double.NaN, 0);
        }
        double[] r = byChannel(at, node, "r", channels, 1);
        double[] leak = byChannel(at, node, "v_leak", channels, 0);
        double keepV = node.type() == NirType.IF ? 1 : keep(at, node, node.type() == NirType.LIF ? "tau" : "tau_mem", options, dt);
        double keepU = node.type() == NirType.CUBA_LIF ? keep(at, node, "tau_syn", options, dt) : 0;
        double[] in = node.type() == NirType.CUBA_LIF ? byChannel(at, node, "w_in", channels, 1) : filled(channels, 1);
        HdfGroup metadata = node.metadata();
        NirOptions.Reset reset = reset(at, node, options, notes);
        double[] base = reset == NirOptions.Reset.V_RESET ? byChannel(at, node, "v_reset", channels, 0) : new double[channels];
        double[] start = initial(at, metadata, channels);
        double[] gain = new double[channels];
        double[] biasGain = new double[channels];
        double[] drive = new double[channels];
        double[] theta = new double[channels];
        double[] initialV = new double[channels];
        for (int c = 0; c < channels; c++) {
            biasGain[c] = in[c] * r[c] * (node.type() == NirType.IF ? dt : 1 - keepV);
            gain[c] = biasGain[c] * (node.type() == NirType.CUBA_LIF ? 1 - keepU : 1);
            drive[c] = (1 - keepV) * (leak[c] - base[c]);
            theta[c] = threshold[c % threshold.length] - base[c];
            initialV[c] = start[c % start.length] - base[c];
        }
        double lambda = number(metadata, "qcfs_lambda");
        double levels = number(metadata, "qcfs_L");
        boolean reaching = node.type() == NirType.IF && reset == NirOptions.Reset.SUBTRACT
            && (!Double.isNaN(lambda) || metadata.data("fires_at") != null && !metadata.data("fires_at").numeric()
            && metadata.data("fires_at").text(0).equals(">="));
        NeuronRule rule = reaching ? NeuronRule.SOFT : NeuronRule.cuba(new Dynamics(keepU, keepV, 1), reset != NirOptions.Reset.SUBTRACT);
        boolean quantised = reaching && levels >= 1 && levels <= 1 << 20 && levels == Math.rint(levels);
        return new NirDynamics(rule, gain, biasGain, drive, positive(at, single(theta)), single(initialV), quantised ? lambda : Double.NaN,
            quantised ? (int) levels : 0);
    }

    /** @return the step in seconds */
    static double step(Map<String, NirNode> nodes, HdfGroup metadata, NirOptions options, List<String> notes) {
        if (!Double.isNaN(options.dt())) {
            return options.dt();
        }
        double said = number(metadata, "dt");
        TreeSet<Double> gains = new TreeSet<>();
        boolean constants = false;
        for (NirNode node : nodes.values()) {
            said = Double.isNaN(said) ? number(node.metadata(), "dt") : said;
            constants |= node.field("tau") != null || node.field("tau_mem") != null;
            if (node.type() == NirType.IF) {
                Arrays.stream(node.field("r").reals()).forEach(gains::add);
            }
        }
        if (said > 0 && said < 1e9) {
            return said;
        }
        if (constants) {
            throw new InvalidInputException("neurons have time constants in seconds, and the file does not say how long a step is: --dt SECONDS");
        }
        if (gains.isEmpty()) {
            return 1;
        }
        if (gains.size() > 1 || !(gains.first() > 0)) {
            throw new InvalidInputException("IF neurons have r from " + gains.first() + " to " + gains.last()
                + ", so that the step cannot be told from it: --dt SECONDS");
        }
        double dt = 1 / gains.first();
        if (dt != 1) {
            notes.add("all IF neurons have r = " + gains.first().floatValue() + ", so a step is taken for " + (float) dt + " s");
        }
        return dt;
    }

    private static NirOptions.Reset reset(String at, NirNode node, NirOptions options, List<String> notes) {
        if (options.reset() != NirOptions.Reset.AUTO) {
            return options.reset();
        }
        for (String key : RESET_KEYS) {
            HdfData data = node.metadata().data(key);
            if (data != null && !data.numeric() && data.size() == 1) {
                switch (data.text(0)) {
                    case "subtract":
                        return NirOptions.Reset.SUBTRACT;
                    case "zero":
                        return NirOptions.Reset.ZERO;
                    case "v_reset":
                        return NirOptions.Reset.V_RESET;
                    default:
                        notes.add(at + ": metadata/" + key + " is '" + NirReader.clean(data.text(0)) + "', neither subtract, zero nor v_reset");
                }
            }
        }
        HdfData reset = node.field("v_reset");
        boolean zero = reset == null || Arrays.stream(reset.reals()).allMatch(v -> v == 0);
        if (zero && uniform(node.field("r")) && uniform(node.field("v_threshold"))) {
            String note = "NIR does not say what a reset does; the threshold is subtracted (--reset zero or v_reset for another)";
            if (!notes.contains(note)) {
                notes.add(note);
            }
            return NirOptions.Reset.SUBTRACT;
        }
        return NirOptions.Reset.V_RESET;
    }

    private static boolean uniform(HdfData data) {
        return Arrays.stream(data.reals()).distinct().count() == 1;
    }

    private static double keep(String at, NirNode node, String field, NirOptions options, double dt) {
        HdfData data = node.field(field);
        double tau = data.real(0);
        if (!uniform(data) || !(tau > 0)) {
            throw new InvalidInputException(at + ": " + field + (uniform(data) ? " is " + tau : " differs between neurons")
                + "; one positive time constant for a node is supported");
        }
        if (options.discretisation() == NirOptions.Discretisation.EXPONENTIAL) {
            return Math.exp(-dt / tau);
        }
        if (dt > tau) {
            throw new InvalidInputException(at + ": " + field + " is " + (float) tau + " s, shorter than a step of " + (float) dt
                + " s: forward Euler would overshoot");
        }
        return 1 - dt / tau;
    }

    /** One value a channel: the neurons of a map share it. */
    private static double[] byChannel(String at, NirNode node, String field, int channels, double otherwise) {
        HdfData data = node.field(field);
        if (data == null) {
            return filled(channels, otherwise);
        }
        double[] out = new double[channels];
        int plane = data.size() / channels;
        for (int i = 0; i < data.size(); i++) {
            if (data.real(i) != data.real(i / plane * plane)) {
                throw new InvalidInputException(at + ": " + field + " differs between the positions of channel " + i / plane
                    + "; one value a channel is supported");
            }
            out[i / plane] = data.real(i);
        }
        return out;
    }

    private static double[] initial(String at, HdfGroup metadata, int channels) {
        HdfData data = metadata.data("v_init");
        if (data == null || !data.numeric()) {
            return new double[] {0};
        }
        if (data.size() == 0 || data.size() % channels != 0 && data.size() != 1) {
            throw new InvalidInputException(at + ": metadata/v_init has " + data.size() + " values for " + channels + " channels");
        }
        double[] values = data.reals();
        double[] out = new double[data.size() == 1 ? 1 : channels];
        int plane = values.length / out.length;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || values[i] != values[i / plane * plane]) {
                throw new InvalidInputException(at + ": metadata/v_init differs between the positions of a channel, or is not finite");
            }
            out[i / plane] = values[i];
        }
        return out;
    }

    private static double number(HdfGroup metadata, String key) {
        HdfData data = metadata.data(key);
        return data != null && data.numeric() && data.size() == 1 ? data.real(0) : Double.NaN;
    }

    private static double[] positive(String at, double[] theta) {
        double[] out = single(theta);
        for (double t : out) {
            if (!(t > 0)) {
                throw new InvalidInputException(at + ": a threshold of " + (float) t + " above the reset potential, it must be positive");
            }
        }
        return out;
    }

    /** One value where all are the same. */
    private static double[] single(double[] values) {
        return Arrays.stream(values).allMatch(v -> v == values[0]) ? new double[] {values[0]} : values;
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }
}
