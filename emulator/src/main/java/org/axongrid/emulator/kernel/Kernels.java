package org.axongrid.emulator.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.axongrid.isa.InvalidInputException;

/**
 * Which loops cores run, and whether what repeats itself is skipped. The system property {@value #PROPERTY} names a constant in lower case;
 * it is read when an image is loaded. The choice changes speed and memory and nothing else.
 */
public enum Kernels {
    /** One row after the other, one compartment and one random word after the other, and each core in each step: what the others are held to. */
    PLAIN,
    /** As {@link #FAST}, with scattered synapses as 32-bit targets and 32-bit weights. */
    WIDE,
    /**
     * Rows of equal shape four at a time, scattered synapses packed in 32 bits where weights fit, compartments in loops without branches; crossbars as
     * columns.
     */
    FAST,
    /** As {@link #FAST}, with dense rows and compartments on the JDK's Vector API from the first step on ({@link VectorLoops}). */
    VECTOR,
    /** The default: {@link #FAST}, and {@link #VECTOR} from when its loops turn out to be faster on this JVM, if it has them ({@link VectorTrial}). */
    AUTO;

    /** System property that chooses. */
    public static final String PROPERTY = "axongrid.kernels";

    /**
     * @return what the system property says, {@link #AUTO} if it is not set
     * @throws InvalidInputException if it names nothing of ours, or vectors where the JVM has no Vector API
     */
    public static Kernels chosen() {
        String name = System.getProperty(PROPERTY, AUTO.key());
        Kernels kernels = Arrays.stream(values()).filter(k -> k.key().equals(name)).findFirst().orElseThrow(() -> new InvalidInputException(
            "system property " + PROPERTY + " is '" + name + "', there are "
                + Arrays.stream(values()).map(Kernels::key).collect(Collectors.joining(", "))));
        if (kernels == VECTOR && VectorLoops.OFFERED == null) {
            throw new InvalidInputException("system property " + PROPERTY + " is '" + name
                + "', but this JVM does not offer the Vector API: it has to be started with --add-modules jdk.incubator.vector");
        }
        return kernels;
    }

    /** @return the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return whether a scattered synapse takes one int where weights fit */
    public boolean packs() {
        return this != PLAIN && this != WIDE;
    }

    /** @return loops for dense rows, null for those of {@link DenseRows}; from one step to the next it may be others */
    public VectorLoops rows() {
        return this == VECTOR || this == AUTO && VectorTrial.Kind.ROWS.hasWon() ? VectorLoops.OFFERED : null;
    }

    /** @return loops for rows of weights in lanes, null for those of {@link LaneRows}; from one call to the next it may be others */
    public VectorLoops lanes() {
        return this == VECTOR || this == AUTO && VectorTrial.Kind.LANES.hasWon() ? VectorLoops.OFFERED : null;
    }

    /** @return loops for compartments without leak, null for those of {@link IntegrateAndFire}; from one step to the next it may be others */
    public VectorLoops compartments() {
        return this == VECTOR || this == AUTO && VectorTrial.Kind.COMPARTMENTS.hasWon() ? VectorLoops.OFFERED : null;
    }

    /** @return loops for leaky compartments, null for those of {@link LeakyIntegrateAndFire}; from one step to the next it may be others */
    public VectorLoops leakyCompartments() {
        return this == VECTOR || this == AUTO && VectorTrial.Kind.LEAKY_COMPARTMENTS.hasWon() ? VectorLoops.OFFERED : null;
    }
}
