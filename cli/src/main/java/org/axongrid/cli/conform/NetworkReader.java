package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.cli.conform.LifNetwork.Layer;
import org.axongrid.cli.conform.LifNetwork.Link;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.image.NeuronProfile;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.WeightQuantiser;

/** Makes the network of a case: parameters to profiles, mantissas to those that its peer stores. */
final class NetworkReader {
    static final int V_LIMIT = (1 << 23) - 1;
    private static final int STEPS_MAX = 1_000_000;
    private static final int NEURONS_MAX = 1 << 16;
    private static final long UPDATES_MAX = 1 << 28;
    private static final int THRESHOLD_MAX = (1 << 17) - 1;
    /** The register has one value more at its lower end, which Lava's cases use. */
    private static final int BIAS_MIN = -4096;
    private static final int BIAS_MAX = 4095;
    private static final int DELAY_MAX = 63;
    private static final int WEIGHT_SHIFT = 6;

    private final VectorCase c;
    private final Arithmetic arithmetic;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Integer> numberOf = new HashMap<>();

    private NetworkReader(VectorCase c, Arithmetic arithmetic) {
        this.c = c;
        this.arithmetic = arithmetic;
    }

    /**
     * @param c          a case with populations
     * @param arithmetic its peer's
     * @return its network
     */
    static LifNetwork read(VectorCase c, Arithmetic arithmetic) {
        return new NetworkReader(c, arithmetic).network();
    }

    private LifNetwork network() {
        int steps = c.integer("T", 1, STEPS_MAX);
        long neurons = 0;
        for (String name : c.texts("pops")) {
            int size = c.integer("pop." + name, 1, NEURONS_MAX);
            neurons += size;
            if (neurons * steps > UPDATES_MAX) {
                throw c.error("more than " + UPDATES_MAX + " neuron updates");
            }
            if (name.equals("in") || numberOf.put(name, layers.size()) != null) {
                throw c.error("population '" + name + "' is there twice");
            }
            layers.add(layer(name, size));
        }
        int inputs = c.has("inputs") ? c.integer("inputs", 1, NEURONS_MAX) : 0;
        if (c.kind().equals("conv_net")) {
            inputs = convolutions();
        }
        for (String parameter : c.parameterNames()) {
            if (parameter.startsWith("proj.")) {
                links.add(link(parameter.substring(5), inputs));
            }
        }
        return new LifNetwork(c.id(), arithmetic, steps, inputs, layers, links);
    }

    private Layer layer(String name, int size) {
        int[] du = c.perNeuron("du." + name, size, 0, 4096);
        int[] ds = c.perNeuron("ds." + name, size, 0, 1);
        int[] dv = c.perNeuron("dv." + name, size, 0, 4096);
        int[] dm = c.perNeuron("dm." + name, size, 0, 1);
        int[] threshold = c.perNeuron("vth." + name, size, 0, THRESHOLD_MAX);
        int[] bias = c.perNeuron("bias_mant." + name, size, BIAS_MIN, BIAS_MAX);
        int[] exponent = c.perNeuron("bias_exp." + name, size, 0, 7);
        int[] refractory = c.perNeuron("refr." + name, size, 0, 64);
        int[] vMin = c.perNeuron("vmin." + name, size, -V_LIMIT - 1, 0);
        int[] vMax = c.perNeuron("vmax." + name, size, 0, V_LIMIT);
        Map<NeuronProfile, NeuronProfile> known = new HashMap<>();
        NeuronProfile[] profiles = new NeuronProfile[size];
        for (int i = 0; i < size; i++) {
            if (du[i] + ds[i] > 4096 || dv[i] + dm[i] > 4096) {
                throw c.error("population " + name + " neuron " + i + ": a decay with its offset is above 4096");
            }
            NeuronProfile p = new NeuronProfile(du[i] + ds[i], dv[i] + dm[i], threshold[i], NeuronProfile.Reset.HARD,
                Math.max(1, refractory[i]), vMin[i], vMax[i], exponent[i], 1);
            profiles[i] = known.computeIfAbsent(p, k -> k);
        }
        boolean driven = !c.timed("gin", name).isEmpty();
        if (driven && c.integer("act_shift", 0, 31) != WEIGHT_SHIFT) {
            throw c.error("activations shifted by something else than " + WEIGHT_SHIFT);
        }
        int interval = c.has("reset_interval." + name) ? c.integer("reset_interval." + name, 1, STEPS_MAX) : 0;
        int offset = interval == 0 ? 0 : c.integer("reset_offset." + name, 0, STEPS_MAX);
        return new Layer(name, profiles, bias, driven, interval, offset);
    }

    private Link link(String name, int inputs) {
        List<String> ends = c.texts("proj." + name);
        if (ends.size() != 2 || !numberOf.containsKey(ends.get(1)) || !ends.get(0).equals("in") && !numberOf.containsKey(ends.get(0))) {
            throw c.error("projection '" + name + "' joins '" + String.join(",", ends) + "', expected 'in' or a population, and a population");
        }
        int source = ends.get(0).equals("in") ? LifNetwork.INPUT : numberOf.get(ends.get(0));
        int target = numberOf.get(ends.get(1));
        int sources = source == LifNetwork.INPUT ? inputs : layers.get(source).size();
        int targets = layers.get(target).size();
        SignMode signs = SignMode.values()[c.integer("sign." + name, 1, 3) - 1];
        int bits = c.integer("wbits." + name, 1, 8);
        int exponent = c.integer("wexp." + name, -8, 7);
        int[][] mantissas = new int[sources][];
        int[][] delays = delays(name, sources, targets);
        int longest = 0;
        for (Map.Entry<Integer, int[]> row : c.rows("w", name).entrySet()) {
            int pre = row.getKey();
            requireRow(name, "w", pre, row.getValue(), sources, targets);
            mantissas[pre] = stored(name, pre, row.getValue(), signs, bits, exponent);
            longest = delays == null ? 0 : Math.max(longest, Arrays.stream(delays[pre]).max().orElse(0));
        }
        // Seven-bit weights do not exist in memory; eight bits hold them.
        return new Link(name, source, target, signs, bits == 7 ? 8 : bits, exponent, mantissas, longest == 0 ? null : delays,
            32 - Integer.numberOfLeadingZeros(longest));
    }

    private int[][] delays(String name, int sources, int targets) {
        int[][] delays = new int[sources][];
        if (!c.texts("delay." + name).equals(List.of("per_synapse"))) {
            int delay = c.integer("delay." + name, 0, DELAY_MAX);
            if (delay == 0) {
                return null;
            }
            int[] all = new int[targets];
            Arrays.fill(all, delay);
            Arrays.fill(delays, all);
            return delays;
        }
        for (Map.Entry<Integer, int[]> row : c.rows("d", name).entrySet()) {
            requireRow(name, "d", row.getKey(), row.getValue(), sources, targets);
            for (int d : row.getValue()) {
                if (d < 0 || d > DELAY_MAX) {
                    throw c.error("projection " + name + " source " + row.getKey() + ": delay " + d + " is outside 0.." + DELAY_MAX);
                }
            }
            delays[row.getKey()] = row.getValue();
        }
        for (int pre : c.rows("w", name).keySet()) {
            if (pre >= sources || delays[pre] == null) {
                throw c.error("projection " + name + " source " + pre + ": no delays");
            }
        }
        return delays;
    }

    private void requireRow(String name, String tag, int pre, int[] row, int sources, int targets) {
        if (pre >= sources || row.length != targets) {
            throw c.error("projection " + name + ": '" + tag + "' row of source " + pre + " has " + row.length + " values, expected " + sources
                + " sources and " + targets + " targets");
        }
    }

    /** Quantises a row and holds it against what the peer stored and used, where the case says so. */
    private int[] stored(String name, int pre, int[] row, SignMode signs, int bits, int exponent) {
        WeightQuantiser quantiser = WeightQuantiser.of(arithmetic);
        int[] stored = new int[row.length];
        for (int i = 0; i < row.length; i++) {
            stored[i] = quantiser.stored(row[i], signs, bits, exponent);
        }
        String recorded = "stored." + name + "." + pre;
        if (c.has(recorded)) {
            require(name + " stored mantissas of source " + pre, c.integers(recorded), stored);
        }
        int[] used = c.rows("we", name).get(pre);
        if (used != null) {
            int[] effective = new int[row.length];
            for (int i = 0; i < row.length; i++) {
                effective[i] = arithmetic.effective(stored[i], exponent, WEIGHT_SHIFT);
            }
            require(name + " effective weights of source " + pre, used, effective);
        }
        return stored;
    }

    private void require(String what, int[] expected, int[] got) {
        int at = Arrays.mismatch(expected, got);
        if (at >= 0) {
            throw new CaseFailure(what + (at < expected.length && at < got.length ? ", target " + at + ": expected " + expected[at] + ", got "
                + got[at] : ": expected " + expected.length + " values"));
        }
    }

    /** Links each layer to the one before by a convolution. @return number of input lines */
    private int convolutions() {
        Convolution.Shape before = Convolution.shape(c, "in_shape_WHC");
        int inputs = before.size();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Convolution.Shape own = Convolution.shape(c, layer.name() + "_shape_WHC");
            if (own.size() != layer.size()) {
                throw c.error("population " + layer.name() + " has " + layer.size() + " neurons and a shape of " + own.size());
            }
            links.add(Convolution.link(c, ".c" + (i + 1), before, own, i - 1, i));
            before = own;
        }
        return inputs;
    }
}
