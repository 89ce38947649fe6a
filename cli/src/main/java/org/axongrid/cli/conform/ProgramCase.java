package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axongrid.isa.fixed.Arithmetic;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;
import org.axongrid.isa.synapse.WeightQuantiser;

/**
 * A case of one population whose neurons are library programs, with graded input.
 *
 * @param program   what they run
 * @param constants by neuron: values of its constants
 * @param bias      by neuron: mantissa
 * @param biasExponent by neuron
 * @param inputs    by accumulator: population of its {@code gin} records
 * @param mantissas by source and neuron: stored weights; null if source i drives neuron i with weight 1
 * @param exponent  weight exponent
 * @param words     what the state words are called in the case: state word by tag
 */
record ProgramCase(NeuronProgram program, List<List<Integer>> constants, int[] bias, int[] biasExponent, List<String> inputs, int[][] mantissas, int exponent,
                   Map<String, String> words) {
    /** Kinds of cases that are made of programs. */
    static final Set<String> KINDS = Set.of("ternary", "graded_vec", "graded_relu", "graded_dense", "sigma_delta", "prod");
    /** The population of every such case. */
    static final String POPULATION = "a";
    private static final int MOST = 1 << 16;
    private static final int VALUE_MAX = 1 << 23;
    private static final int BIAS_MAX = 4095;

    static ProgramCase of(VectorCase c) {
        return switch (c.kind()) {
            case "graded_vec" -> simple(c, "graded-vec", List.of(POPULATION), Map.of("threshold", "vth_raw.a"));
            case "graded_relu" -> simple(c, "graded-relu", List.of(POPULATION), Map.of("threshold", "vth_raw.a"));
            case "prod" -> simple(c, "product", List.of("a.1", "a.2"), Map.of("threshold", "vth_raw.a", "exponent", "exp.a"));
            case "sigma_delta" -> sigmaDelta(c);
            case "ternary" -> ternary(c);
            default -> dense(c);
        };
    }

    int size() {
        return bias.length;
    }

    private static int size(VectorCase c) {
        return c.integer("pop.a", 1, MOST);
    }

    /** Constants that stand in the case as parameters. */
    private static Map<String, int[]> read(VectorCase c, Map<String, String> parameters) {
        Map<String, int[]> values = new LinkedHashMap<>();
        parameters.forEach((constant, parameter) -> values.put(constant, c.perNeuron(parameter, size(c), -VALUE_MAX, VALUE_MAX)));
        return values;
    }

    private static ProgramCase simple(VectorCase c, String name, List<String> inputs, Map<String, String> parameters) {
        return make(name, size(c), read(c, parameters), new int[size(c)], inputs, null, 0, Map.of());
    }

    private static ProgramCase sigmaDelta(VectorCase c) {
        Map<String, int[]> values = read(c, Map.of("threshold", "vth_raw.a", "exponent", "state_exp.a", "cumulative", "cum_error.a"));
        String mode = String.join(",", c.texts("act_mode.a"));
        if (!mode.equals("UNIT") && !mode.equals("RELU")) {
            throw c.error("parameter 'act_mode.a': '" + VectorLines.shortened(mode) + "' is neither UNIT nor RELU");
        }
        values.put("relu", filled(size(c), mode.equals("RELU") ? 1 : 0));
        return make("sigma-delta", size(c), values, c.perNeuron("bias_raw.a", size(c), -BIAS_MAX, BIAS_MAX), List.of(POPULATION), null, 0,
            Map.of("act", "act", "sigma", "sigma", "residue", "residue"));
    }

    private static ProgramCase ternary(VectorCase c) {
        int n = size(c);
        Map<String, int[]> values = new HashMap<>();
        values.put("upper", shifted(c.perNeuron("vth_hi.a", n, -VALUE_MAX >> 6, VALUE_MAX >> 6), 6));
        values.put("lower", shifted(c.perNeuron("vth_lo.a", n, -VALUE_MAX >> 6, VALUE_MAX >> 6), 6));
        values.put("keep_u", kept(c, "du.a", "ds.a", n));
        values.put("keep_v", kept(c, "dv.a", "dm.a", n));
        values.put("shift", filled(n, c.integer("act_shift", 0, 8)));
        values.put("v_min", c.perNeuron("vmin.a", n, -VALUE_MAX, 0));
        int[] mantissa = c.perNeuron("bias_mant.a", n, -BIAS_MAX, BIAS_MAX);
        int[] exponent = c.perNeuron("bias_exp.a", n, 0, 7);
        return make("ternary-lif", n, values, mantissa, exponent, List.of(POPULATION), null, 0, Map.of("u", "u", "v", "v"));
    }

    private static int[] kept(VectorCase c, String decay, String offset, int n) {
        int[] kept = c.perNeuron(decay, n, 0, 4096);
        int[] offsets = c.perNeuron(offset, n, 0, 1);
        for (int i = 0; i < n; i++) {
            kept[i] = Math.max(0, 4096 - kept[i] - offsets[i]);
        }
        return kept;
    }

    private static int[] shifted(int[] values, int by) {
        return Arrays.stream(values).map(v -> v << by).toArray();
    }

    private static ProgramCase dense(VectorCase c) {
        Map<Integer, int[]> rows = c.rows("w", "in_a");
        if (rows.isEmpty()) {
            throw c.error("no weights of projection in_a");
        }
        int exponent = c.integer("wexp", -8, 7);
        int[][] mantissas = new int[rows.size()][];
        for (int s = 0; s < mantissas.length; s++) {
            int[] row = rows.get(s);
            if (row == null || row.length != rows.get(0).length) {
                throw c.error("row " + s + " of projection in_a is missing or has another length");
            }
            mantissas[s] = Arrays.stream(row).map(m -> WeightQuantiser.of(Arithmetic.LAVA).stored(m, SignMode.MIXED, 8, exponent)).toArray();
            String stored = "stored.in_a." + s;
            if (c.has(stored) && !Arrays.equals(mantissas[s], c.integers(stored))) {
                throw new CaseFailure("stored mantissas of source " + s + ": expected " + Arrays.toString(c.integers(stored)) + ", got "
                    + Arrays.toString(mantissas[s]));
            }
        }
        int size = mantissas[0].length;
        return make("integrator", size, new HashMap<>(Map.of("keep", new int[size])), new int[size], List.of("in"), mantissas, exponent,
            Map.of("act", "v"));
    }

    private static ProgramCase make(String name, int size, Map<String, int[]> values, int[] bias, List<String> inputs, int[][] mantissas,
                                    int exponent, Map<String, String> words) {
        return make(name, size, values, bias, new int[size], inputs, mantissas, exponent, words);
    }

    private static ProgramCase make(String name, int size, Map<String, int[]> values, int[] bias, int[] biasExponent, List<String> inputs,
                                    int[][] mantissas, int exponent, Map<String, String> words) {
        NeuronProgram program = NeuronPrograms.library(name);
        List<List<Integer>> constants = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Map<String, Integer> own = new HashMap<>();
            for (Map.Entry<String, int[]> v : values.entrySet()) {
                own.put(v.getKey(), v.getValue()[i]);
            }
            constants.add(program.constantValues(own));
        }
        return new ProgramCase(program, constants, bias, biasExponent, inputs, mantissas, exponent, words);
    }

    private static int[] filled(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
