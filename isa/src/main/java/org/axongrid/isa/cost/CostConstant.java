package org.axongrid.isa.cost;

import java.util.Locale;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * The constants that a cost profile can hold, each with its unit and meaning: the one table from which the YAML reader, the energy model
 * and the documentation are made. The time of a barrier is a table and no constant: {@link BarrierTable}.
 */
public enum CostConstant {
    /** Energy of a synaptic operation from a dense list. */
    SYNAPTIC_DENSE_ENERGY(Unit.ENERGY, "one synaptic operation from a dense list"),
    /** Time of a synaptic operation from a dense list. */
    SYNAPTIC_DENSE_TIME(Unit.TIME, "one synaptic operation from a dense list"),
    /** Energy of a synaptic operation from a sparse list. */
    SYNAPTIC_SPARSE_ENERGY(Unit.ENERGY, "one synaptic operation from a sparse list"),
    /** Time of a synaptic operation from a sparse list. */
    SYNAPTIC_SPARSE_TIME(Unit.TIME, "one synaptic operation from a sparse list"),
    /** Energy of a synaptic operation from a shared list. */
    SYNAPTIC_SHARED_ENERGY(Unit.ENERGY, "one synaptic operation from a list that several sources share (convolution kernel)"),
    /** Time of a synaptic operation from a shared list. */
    SYNAPTIC_SHARED_TIME(Unit.TIME, "one synaptic operation from a list that several sources share (convolution kernel)"),
    /** Energy of a fetched synapse memory word. */
    SYNAPSE_WORD_ENERGY(Unit.ENERGY, "fetch of one 64-bit word of synapse memory, if it is not in the synaptic operations"),
    /** Time of a fetched synapse memory word. */
    SYNAPSE_WORD_TIME(Unit.TIME, "fetch of one 64-bit word of synapse memory; a list is fetched while its synapses are added"),
    /** Time of looking at an axon. */
    AXON_SCAN_TIME(Unit.TIME, "looking at one axon of one neuron in a row scan that visits all of them, active or not"),
    /** Time that each core takes in each step. */
    CORE_STEP_TIME(Unit.TIME, "what every core takes in every step, whatever it does"),
    /** Energy of an active update. */
    UPDATE_ACTIVE_ENERGY(Unit.ENERGY, "update of a compartment that got input or whose voltage changed"),
    /** Time of an active update. */
    UPDATE_ACTIVE_TIME(Unit.TIME, "update of a compartment that got input or whose voltage changed"),
    /** Energy of an idle update. */
    UPDATE_IDLE_ENERGY(Unit.ENERGY, "visit of a compartment with nothing to do"),
    /** Time of an idle update. */
    UPDATE_IDLE_TIME(Unit.TIME, "visit of a compartment with nothing to do"),
    /** Energy of a microcode cycle. */
    MICROCODE_CYCLE_ENERGY(Unit.ENERGY, "one cycle of a neuron program"),
    /** Time of a microcode cycle. */
    MICROCODE_CYCLE_TIME(Unit.TIME, "one cycle of a neuron program"),
    /** Energy of a spike. */
    SPIKE_ENERGY(Unit.ENERGY, "producing a spike in a compartment, on top of its update"),
    /** Time of a spike. */
    SPIKE_TIME(Unit.TIME, "producing a spike in a compartment, on top of its update"),
    /** Energy of sending a message. */
    MESSAGE_OUT_ENERGY(Unit.ENERGY, "sending a message to one core"),
    /** Time of sending a message. */
    MESSAGE_OUT_TIME(Unit.TIME, "sending a message to one core"),
    /** Energy of receiving a message. */
    MESSAGE_IN_ENERGY(Unit.ENERGY, "receiving a message, its synaptic operations apart"),
    /** Time of receiving a message. */
    MESSAGE_IN_TIME(Unit.TIME, "receiving a message, its synaptic operations apart"),
    /** Energy of a message within its tile. */
    WITHIN_TILE_ENERGY(Unit.ENERGY, "way of a message that stays in its tile"),
    /** Time of a message within its tile. */
    WITHIN_TILE_TIME(Unit.TIME, "way of a message that stays in its tile"),
    /** Energy of an east-west hop. */
    HOP_X_ENERGY(Unit.ENERGY, "east-west hop of a message"),
    /** Time of an east-west hop. */
    HOP_X_TIME(Unit.TIME, "east-west hop of a message"),
    /** Energy of a north-south hop. */
    HOP_Y_ENERGY(Unit.ENERGY, "north-south hop of a message"),
    /** Time of a north-south hop. */
    HOP_Y_TIME(Unit.TIME, "north-south hop of a message"),
    /** Energy of a chip crossing. */
    CHIP_CROSSING_ENERGY(Unit.ENERGY, "crossing of a border between chips, on top of the hop"),
    /** Time of a chip crossing. */
    CHIP_CROSSING_TIME(Unit.TIME, "crossing of a border between chips, on top of the hop"),
    /** Energy of an output event. */
    OUTPUT_PIN_ENERGY(Unit.ENERGY, "event on an output pin: way of a packet to the chip's edge"),
    /** Energy of a learning update. */
    LEARNING_ENERGY(Unit.ENERGY, "pairwise STDP update of one synapse; learning is not emulated, so nothing is priced with it"),
    /** Time of a learning update. */
    LEARNING_TIME(Unit.TIME, "pairwise STDP update of one synapse; learning is not emulated, so nothing is timed with it"),
    /** Energy of a barrier. */
    BARRIER_ENERGY(Unit.ENERGY, "barrier at the end of one time-step, whole system"),
    /** Static power of a chip. */
    STATIC_CHIP_POWER(Unit.POWER, "one powered chip doing nothing, its management processors apart"),
    /** Clock. */
    CLOCK_FREQUENCY(Unit.FREQUENCY, "clock that clock_cycle_energy is paid at; only for chips that have one"),
    /** Energy of a clock cycle. */
    CLOCK_CYCLE_ENERGY(Unit.ENERGY, "one clock cycle of a chip that does nothing, leakage apart"),
    /** Power of a chip's management processors. */
    MANAGEMENT_POWER(Unit.POWER, "management (x86) processors of one chip while they run"),
    /** Energy of a bias write by the host. */
    HOST_BIAS_WRITE_ENERGY(Unit.ENERGY, "write of one register by the host: biases, and states that a method corrects"),
    /** Energy of a register read by the host. */
    HOST_READ_ENERGY(Unit.ENERGY, "read of one voltage register by the host"),
    /** Energy of a chip's reset. */
    RESET_ENERGY(Unit.ENERGY, "reset of one chip's state between two inferences"),
    /** Energy of an addition, for estimates by arithmetic alone. */
    ARITHMETIC_AC_ENERGY(Unit.ENERGY, "one 32-bit floating-point addition: the accumulate of estimates by arithmetic alone, in no sum of ours"),
    /** Energy of a multiply-accumulate, for estimates by arithmetic alone. */
    ARITHMETIC_MAC_ENERGY(Unit.ENERGY, "one 32-bit floating-point multiplication and addition, as arithmetic_ac_energy");

    /** Units: what stands in YAML files and what {@link CostProfile} holds. */
    public enum Unit {
        /** Picojoules in files, joules in memory. */
        ENERGY("pJ", "J", -12),
        /** Nanoseconds in files, whole picoseconds in memory. */
        TIME("ns", "ps", 3),
        /** Milliwatts in files, watts in memory. */
        POWER("mW", "W", -3),
        /** Megahertz in files, hertz in memory. */
        FREQUENCY("MHz", "Hz", 6);

        private final String fileUnit;
        private final String unit;
        private final int exponent;

        Unit(String fileUnit, String unit, int exponent) {
            this.fileUnit = fileUnit;
            this.unit = unit;
            this.exponent = exponent;
        }

        /** @return unit of the numbers in YAML files */
        public String fileUnit() {
            return fileUnit;
        }

        /** @return unit of the numbers in memory */
        public String unit() {
            return unit;
        }

        /** @return power of ten that turns a file's number into the one in memory */
        public int exponent() {
            return exponent;
        }
    }

    private final Unit unit;
    private final String meaning;

    CostConstant(Unit unit, String meaning) {
        this.unit = unit;
        this.meaning = meaning;
    }

    /** @return the key in YAML files: the name in lower case */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return what its value is measured in */
    public Unit unit() {
        return unit;
    }

    /** @return what it is the price of, one line */
    public String meaning() {
        return meaning;
    }

    /** @return whether it is an energy or a power that is spent on the chip itself, outside of management processors and host */
    public boolean onChip() {
        return (unit == Unit.ENERGY || unit == Unit.POWER) && this != MANAGEMENT_POWER && this != HOST_BIAS_WRITE_ENERGY && this != HOST_READ_ENERGY
            && this != ARITHMETIC_AC_ENERGY && this != ARITHMETIC_MAC_ENERGY;
    }

    /** @return the constant for the energy of a synaptic operation of that kind */
    public static CostConstant synapticEnergy(SynapseFormat.Kind kind) {
        return switch (kind) {
            case DENSE -> SYNAPTIC_DENSE_ENERGY;
            case SPARSE -> SYNAPTIC_SPARSE_ENERGY;
            case SHARED -> SYNAPTIC_SHARED_ENERGY;
        };
    }

    /** @return the constant for the time of a synaptic operation of that kind */
    public static CostConstant synapticTime(SynapseFormat.Kind kind) {
        return switch (kind) {
            case DENSE -> SYNAPTIC_DENSE_TIME;
            case SPARSE -> SYNAPTIC_SPARSE_TIME;
            case SHARED -> SYNAPTIC_SHARED_TIME;
        };
    }
}
