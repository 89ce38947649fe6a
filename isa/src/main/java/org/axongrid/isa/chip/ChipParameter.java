package org.axongrid.isa.chip;

import static org.axongrid.isa.chip.CoreModel.LOIHI;
import static org.axongrid.isa.chip.CoreModel.TRUENORTH;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The parameters that describe a chip, each with its unit and range: the one table from which the YAML reader, the {@code chips} command
 * and the documentation are made.
 */
public enum ChipParameter {
    /** Tiles per row of the mesh. */
    MESH_WIDTH("tiles", 1, 512, "tiles (routers) per row of the mesh"),
    /** Rows of tiles. */
    MESH_HEIGHT("tiles", 1, 512, "rows of tiles"),
    /** Cores at one router. */
    CORES_PER_TILE("cores", 1, 64, "neurocores that share a tile's router"),
    /** Flits that an input FIFO of a router holds. */
    LINK_BUFFER("flits", 1, 1 << 12, "flits that an input FIFO of a router holds"),
    /** Cycle of the modelled network. */
    NETWORK_QUANTUM("ps", 1, 1_000_000, "length of the network's modelled cycle; its times are rounded up to it"),
    /** Meshes that spikes take in turn. */
    SPIKE_MESHES("meshes", 1, 8, 1, "meshes of routers that the spikes of a core take in turn"),
    /** Whether the network copies spikes. */
    SPIKE_MULTICAST("0 or 1", 0, 1, 0, "0: a message for each destination core; 1: one message a spike, which routers copy where the ways to its cores part",
        LOIHI),
    /** Bandwidth of a link between chips. */
    CHIP_LINK_INTERVAL("ps", 0, 1_000_000, 0, "from one flit to the next on a link between chips; 0 = the network's cycle, as on the chip"),
    /** Rows of routers that share a link between chips. */
    CHIP_LINK_ROWS("rows", 1, 512, 1, "rows of routers that share a link between chips"),
    /** Chips that one system may have. */
    CHIPS_MAX("chips", 1, 16384, "chips that one system can have"),

    /** Compartments per core. */
    COMPARTMENTS("compartments/core", 1, 1 << 16, "units of state per core"),
    /** Compartments updated together. */
    UPDATE_GROUP("compartments", 1, 64, "compartments that are updated together; idle updates are counted in full groups", LOIHI),
    /** Input axons per core. */
    INPUT_AXONS("entries/core", 1, 1 << 20, "input axon table: synapse-map entries"),
    /** Output axon entries per core. */
    OUTPUT_AXONS("entries/core", 1, 1 << 20, "output axon table", LOIHI),
    /** Synapse memory per core. */
    SYNAPSE_WORDS("64-bit words/core", 1, 1 << 24, "synapse memory", LOIHI),
    /** Synapses per list entry. */
    SYNAPSES_PER_ENTRY("synapses", 1, 64, "synapses that one entry of a synapse list can hold", LOIHI),
    /** Words per axon's list. */
    WORDS_PER_AXON("64-bit words", 1, 1 << 16, "words of one axon's synapse list (per atom of a population axon)", LOIHI),
    /** Compartment profiles per core. */
    COMPARTMENT_PROFILES("profiles/core", 1, 1 << 16, "distinct neuron parameter sets per core", LOIHI),
    /** Threshold profiles per core. */
    THRESHOLD_PROFILES("profiles/core", 1, 1 << 16, "distinct thresholds per core", LOIHI),
    /** Synapse formats per core, the unused format 0 included. */
    SYNAPSE_FORMATS("formats/core", 2, 16, "synapse formats per core, index 0 is not usable", LOIHI),
    /** Accumulators that synaptic delays need. */
    DELAY_ACCUMULATORS("accumulators/core", 1, 1 << 24, "dendritic accumulators: compartments x 2^(widest delay field) at most", LOIHI),
    /** Largest base compartment of a discrete axon. */
    DISCRETE_AXON_BASE_MAX("compartment", 0, 1 << 20, "largest base compartment of a discrete axon", LOIHI),
    /** Sources that can share a population axon. */
    POPULATION_ATOMS_MAX("atoms", 1, 1 << 16, "source compartments that can share one population axon", LOIHI),
    /** Longest axonal delay. */
    AXON_DELAY_MAX("time-steps", 0, 1 << 12, "longest extra delay of an output axon", LOIHI),
    /** Entries of a discrete output axon, same chip. */
    DISCRETE_ENTRIES_LOCAL("entries", 1, 16, "output axon entries of a discrete axon to a core of the same chip", LOIHI),
    /** Entries of a discrete output axon, other chip. */
    DISCRETE_ENTRIES_REMOTE("entries", 1, 16, "output axon entries of a discrete axon to another chip", LOIHI),
    /** Entries of a population output axon, same chip. */
    POPULATION_ENTRIES_LOCAL("entries", 1, 16, "output axon entries of a population axon to a core of the same chip", LOIHI),
    /** Entries of a population output axon, other chip. */
    POPULATION_ENTRIES_REMOTE("entries", 1, 16, "output axon entries of a population axon to another chip", LOIHI),

    /** Bits by which weights enter shifted. */
    WEIGHT_SHIFT("bits", 0, 16, "weights enter the accumulator shifted left by this", LOIHI),
    /** Dendritic accumulator width. */
    ACCUMULATOR_BITS("bits", 8, 32, "dendritic accumulator, signed, wraps", LOIHI),
    /** Current register width. */
    CURRENT_BITS("bits", 8, 32, "current u, signed, wraps", LOIHI),
    /** Voltage register width. */
    MEMBRANE_BITS("bits", 8, 32, "voltage v, signed, saturates; saturations are counted"),
    /** Threshold mantissa width. */
    THRESHOLD_BITS("bits", 1, 30, "threshold, unsigned; Loihi-style: its mantissa, the threshold is mantissa << weight_shift"),
    /** Bias mantissa width. */
    BIAS_BITS("bits", 2, 30, "bias mantissa, signed; the most negative value is not used", LOIHI),
    /** Largest bias exponent. */
    BIAS_EXPONENT_MAX("bits", 0, 15, "bias = mantissa << exponent", LOIHI),
    /** Whether Loihi 1's arithmetic is there in hardware. */
    NATIVE_NEURONS("0 or 1", 0, 1, "1 if compartments have Loihi 1's arithmetic in hardware, 0 if every neuron is a program", LOIHI),
    /** Compartments of a neuron with soft reset. */
    SOFT_RESET_COMPARTMENTS("compartments", 1, 2, "compartments that a native neuron with soft reset takes", LOIHI),
    /** Program memory. */
    MICROCODE_INSTRUCTIONS("instructions/core", 0, 1 << 16, "neuron program memory; 0 = no programs", LOIHI),
    /** Width of payloads. */
    SPIKE_PAYLOAD_BITS("bits", 0, 32, "payload of a graded spike, signed; 0 = spikes are binary", LOIHI),
    /** Width of factors. */
    FACTOR_BITS("bits", 0, 16, "factor of an input axon's atom, signed, for factorised connections; 0 = there are none", LOIHI),
    /** Shared core memory. */
    CORE_MEMORY_WORDS("64-bit words/core", 0, 1 << 24, "memory that synapses, state, accumulators and axon tables share; 0 = each has its own", LOIHI),
    /** Width of an input axon entry. */
    INPUT_AXON_BITS("bits", 0, 256, "an input axon entry in the shared memory", LOIHI),
    /** Width of an output axon entry. */
    OUTPUT_AXON_BITS("bits", 0, 256, "an output axon entry in the shared memory", LOIHI),

    /** Weight width. */
    WEIGHT_BITS("bits", 2, 16, "weight of an axon type, signed; the most negative value is not used", TRUENORTH),
    /** Leak width. */
    LEAK_BITS("bits", 2, 16, "leak, signed; the most negative value is not used", TRUENORTH),
    /** Threshold noise. */
    THRESHOLD_MASK_BITS("bits", 0, 20, "one bits of the threshold noise mask at most", TRUENORTH),
    /** Scheduler slots. */
    SCHEDULER_SLOTS("slots", 2, 1 << 12, "ticks that the scheduler holds; delays are 1 to one less", TRUENORTH),
    /** Reach of a packet. */
    ADDRESS_REACH("cores", 1, 1 << 16, "largest distance of a destination in columns and in rows", TRUENORTH),
    /** Length of a tick. */
    TICK_PERIOD("ns", 1, 1_000_000_000, "length of a tick, fixed by the global synchronisation; work beyond it is an overrun", TRUENORTH);

    private static final int REQUIRED = -1;

    private final String unit;
    private final int otherwise;
    private final long min;
    private final long max;
    private final String meaning;
    private final Set<CoreModel> models;

    /** @param models the models that have it; none given = all */
    ChipParameter(String unit, long min, long max, String meaning, CoreModel... models) {
        this(unit, min, max, REQUIRED, meaning, models);
    }

    /** @param otherwise the value where a description has none */
    ChipParameter(String unit, long min, long max, int otherwise, String meaning, CoreModel... models) {
        this.models = models.length == 0 ? EnumSet.allOf(CoreModel.class) : EnumSet.copyOf(List.of(models));
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.otherwise = otherwise;
        this.meaning = meaning;
    }

    /** @return the value that holds where a description has none; empty if it has to be given */
    public OptionalInt otherwise() {
        return otherwise == REQUIRED ? OptionalInt.empty() : OptionalInt.of(otherwise);
    }

    /** @return the key in YAML files: the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return whether chips with cores of that model have this parameter */
    public boolean appliesTo(CoreModel model) {
        return models.contains(model);
    }

    /** @return the parameters of chips with cores of that model */
    public static List<ChipParameter> of(CoreModel model) {
        return Arrays.stream(values()).filter(p -> p.appliesTo(model)).toList();
    }

    /** @return the unit of its values */
    public String unit() {
        return unit;
    }

    /** @return smallest value accepted */
    public long min() {
        return min;
    }

    /** @return largest value accepted */
    public long max() {
        return max;
    }

    /** @return what it says, one line */
    public String meaning() {
        return meaning;
    }
}
