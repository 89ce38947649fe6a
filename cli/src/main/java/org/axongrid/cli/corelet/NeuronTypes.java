package org.axongrid.cli.corelet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.TrueNorthNeuron;

/** The neuron types of a corelet model, by the number in their name: "N" and hex digits. */
final class NeuronTypes {
    /** Fields with the ranges that a chip allows; sigma is a sign, the others are its magnitude. */
    private static final String[] FIELDS = {"sigma0", "sigma1", "sigma2", "sigma3", "s0", "s1", "s2", "s3", "b0", "b1", "b2", "b3",
        "sigma_lambda", "lambda", "c_lambda", "epsilon", "alpha", "beta", "TM", "gamma", "kappa", "sigma_VR", "VR", "V"};

    private final JsonWalk in;
    private final int weightMax;
    private final int leakMax;
    private final int thresholdMax;
    private final int maskMax;
    private final int membraneBits;
    private final Map<Integer, TrueNorthNeuron> byNumber = new HashMap<>();

    NeuronTypes(JsonWalk in, ChipSpec chip) {
        this.in = in;
        weightMax = (1 << chip.get(ChipParameter.WEIGHT_BITS) - 1) - 1;
        leakMax = (1 << chip.get(ChipParameter.LEAK_BITS) - 1) - 1;
        thresholdMax = (1 << chip.get(ChipParameter.THRESHOLD_BITS)) - 1;
        maskMax = chip.get(ChipParameter.THRESHOLD_MASK_BITS);
        membraneBits = chip.get(ChipParameter.MEMBRANE_BITS);
    }

    /** @return the type of that number, null if there is none */
    TrueNorthNeuron get(int number) {
        return byNumber.get(number);
    }

    /** @return the number in a type's name */
    static int number(JsonWalk in, String name) {
        if (!name.matches("N[0-9A-Fa-f]{1,7}|N[0-7][0-9A-Fa-f]{7}")) {
            throw in.error("neuron type '" + JsonWalk.shortened(name) + "' is no N followed by a hex number");
        }
        return Integer.parseInt(name.substring(1), 16);
    }

    /** Reads one type. */
    void read() {
        String[] name = {""};
        Map<String, Integer> values = new HashMap<>();
        in.object(key -> {
            if (key.equals("name")) {
                name[0] = in.text(key);
            } else if (Arrays.asList(FIELDS).contains(key)) {
                values.put(key, value(key, "neuron type " + JsonWalk.shortened(name[0]) + ": " + key));
            } else {
                in.skip();
            }
        });
        if (name[0].isEmpty()) {
            throw in.error("a neuron type has no name");
        }
        for (String field : FIELDS) {
            if (!values.containsKey(field)) {
                throw in.error("neuron type " + JsonWalk.shortened(name[0]) + ": '" + field + "' is missing");
            }
        }
        int number = number(in, name[0]);
        if (number == 0 || byNumber.put(number, neuron(values)) != null) {
            throw in.error("neuron type " + name[0] + (number == 0 ? " has the number of unused neurons" : " is there twice"));
        }
    }

    private int value(String key, String what) {
        return switch (key) {
            case "sigma0", "sigma1", "sigma2", "sigma3", "sigma_lambda", "sigma_VR" -> in.number(what, -1, 1);
            case "s0", "s1", "s2", "s3" -> in.number(what, 0, weightMax);
            case "lambda" -> in.number(what, 0, leakMax);
            case "alpha", "beta" -> in.number(what, 0, thresholdMax);
            case "TM" -> in.number(what, 0, maskMax);
            case "gamma" -> in.number(what, 0, 2);
            case "VR" -> in.number(what, 0, membraneBits - 1);
            case "V" -> in.number(what, -1L << membraneBits - 1, (1L << membraneBits - 1) - 1);
            default -> in.flag(what) ? 1 : 0;
        };
    }

    private static TrueNorthNeuron neuron(Map<String, Integer> v) {
        int[] weight = new int[4];
        int stochastic = 0;
        for (int g = 0; g < 4; g++) {
            weight[g] = v.get("sigma" + g) * v.get("s" + g);
            stochastic |= v.get("b" + g) << g;
        }
        return new TrueNorthNeuron(weight[0], weight[1], weight[2], weight[3], stochastic, v.get("sigma_lambda") * v.get("lambda"),
            v.get("c_lambda") == 1, v.get("epsilon") == 1, v.get("alpha"), v.get("beta"), v.get("TM"),
            TrueNorthNeuron.Reset.values()[v.get("gamma")], v.get("kappa") == 1, v.get("sigma_VR") * ((1 << v.get("VR")) - 1), v.get("V"));
    }
}
