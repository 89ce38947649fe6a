package org.axongrid.emulator.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.axongrid.isa.InvalidInputException;

/**
 * Which loops Loihi-style cores run, and whether what repeats itself is skipped. The system property {@value #PROPERTY} names a constant in lower case;
 * it is read when an image is loaded. The choice changes speed and memory and nothing else.
 */
public enum Kernels {
    /** One row after the other, one compartment after the other, and each core in each step, crossbar cores too: what the others are held to. */
    PLAIN,
    /** As {@link #FAST}, with scattered synapses as 32-bit targets and 32-bit weights. */
    WIDE,
    /** Rows of equal shape four at a time, scattered synapses packed in 32 bits where weights fit, compartments in loops without branches. */
    FAST;

    /** System property that chooses. */
    public static final String PROPERTY = "axongrid.kernels";

    /**
     * @return what the system property says, {@link #FAST} if it is not set
     * @throws InvalidInputException if it names nothing of ours
     */
    public static Kernels chosen() {
        String name = System.getProperty(PROPERTY, FAST.key());
        return Arrays.stream(values()).filter(k -> k.key().equals(name)).findFirst().orElseThrow(() -> new InvalidInputException(
            "system property " + PROPERTY + " is '" + name + "', there are "
                + Arrays.stream(values()).map(Kernels::key).collect(Collectors.joining(", "))));
    }

    /** @return the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
