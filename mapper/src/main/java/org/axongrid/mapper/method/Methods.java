package org.axongrid.mapper.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;

/** The methods by name; a name may be followed by parameters, as in {@code srp:tau=8}. */
public final class Methods {
    private static final int STEPS_MAX = 10_000;
    private static final Map<String, Function<Parameters, Conversion>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("qcfs", p -> new Qcfs(p.text()));
        KNOWN.put("opi", p -> new Opi(p.text()));
        KNOWN.put("rmp", p -> new Rmp(p.text(), p.real("alpha", 1, 0.01, 10)));
        KNOWN.put("tcl", p -> new Tcl(p.text()));
        KNOWN.put("rts", p -> new ThresholdShift(p.text()));
        KNOWN.put("norm", p -> new DataNorm(p.text(), p.real("percentile", 99.9, 1, 100), p.integer("hard", 0, 0, 1) == 1));
        KNOWN.put("snnc-light", p -> new LayerCalibration(p.text(), false, p.integer("images", 200, 1, 1 << 20)));
        KNOWN.put("snnc-potential", p -> new LayerCalibration(p.text(), true, p.integer("images", 200, 1, 1 << 20)));
        KNOWN.put("srp", p -> new Srp(p.text(), p.integer("tau", 4, 1, STEPS_MAX)));
        KNOWN.put("cos", p -> new Cos(p.text(), p.integer("rho", 4, 1, STEPS_MAX), false));
        KNOWN.put("cos-joint", p -> new Cos(p.text(), p.integer("rho", 4, 1, STEPS_MAX), true));
        KNOWN.put("gn", p -> new GroupNeurons(p.text(), p.integer("tau", 4, 1, 1024)));
        KNOWN.put("snm", p -> new SignedMemory(p.text()));
        KNOWN.put("burst", p -> new Burst(p.text(), p.integer("gamma", 5, 1, 1024), p.real("percentile", 99.9, 1, 100)));
        KNOWN.put("ttrbr", p -> new TunedThresholds(p.text(), p.integer("images", 64, 1, 1 << 20)));
    }

    private Methods() { }

    /** @return the names without parameters, in the order in which they are listed */
    public static List<String> names() {
        return new ArrayList<>(KNOWN.keySet());
    }

    /**
     * @param text a name, perhaps with parameters
     * @return the method
     * @throws InvalidInputException if the name or a parameter is not known, or a value is out of range
     */
    public static Conversion named(String text) {
        Parameters parameters = new Parameters(text);
        Function<Parameters, Conversion> make = KNOWN.get(parameters.name());
        if (make == null) {
            throw new InvalidInputException("method '" + parameters.name() + "' is not known" + KeyedYaml.nearest(parameters.name(), KNOWN.keySet())
                + " (known: " + String.join(", ", KNOWN.keySet()) + ")");
        }
        Conversion method = make.apply(parameters);
        parameters.done();
        return method;
    }
}
