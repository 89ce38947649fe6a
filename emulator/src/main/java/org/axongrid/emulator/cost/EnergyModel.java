package org.axongrid.emulator.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostScope;
import org.axongrid.isa.cost.EvidenceGrade;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * Prices counted events: the sum of count times constant, plus power times time (project reference on energy, section 2).
 *
 * <p>The counts are integers and the constants decimal fractions, so the sums are formed exactly and rounded once: the same counts give
 * the same energy to the last bit, whatever the threads did, and another profile can price them later.
 *
 * <p>A constant that the profile does not know leaves its component out of the sum and puts it on the list of what is not estimated, if it
 * happened at all. It is never zero.
 */
public final class EnergyModel {
    private final CostProfile profile;
    private final LinkedHashMap<String, Double> components = new LinkedHashMap<>();
    private final List<EnergyReport.NotEstimated> notEstimated = new ArrayList<>();
    private EvidenceGrade weakest;

    private EnergyModel(CostProfile profile) {
        this.profile = profile;
    }

    /**
     * Prices a run without resets.
     *
     * @param counters what happened
     * @param profile  prices
     * @param chips    powered chips, at least 1
     * @param seconds  emulated time, s
     * @return the energy
     */
    public static EnergyReport price(EventCounters counters, CostProfile profile, int chips, double seconds) {
        return price(counters, profile, chips, seconds, 0);
    }

    /**
     * Prices a run.
     *
     * @param counters what happened
     * @param profile  prices
     * @param chips    powered chips, at least 1
     * @param seconds  emulated time, s
     * @param resets   how often the state of the whole system was reset, usually once per inference
     * @return the energy
     */
    public static EnergyReport price(EventCounters counters, CostProfile profile, int chips, double seconds, long resets) {
        if (chips < 1 || resets < 0 || !(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException(chips + " chips, " + resets + " resets, " + seconds + " s");
        }
        return new EnergyModel(profile).report(counters, chips, seconds, resets);
    }

    private EnergyReport report(EventCounters counters, int chips, double seconds, long resets) {
        BigDecimal dynamic = BigDecimal.ZERO;
        for (SynapseFormat.Kind kind : SynapseFormat.Kind.values()) {
            dynamic = dynamic.add(events("synapses_" + kind.name().toLowerCase(Locale.ROOT), counters.synapticOperations[kind.ordinal()],
                CostConstant.synapticEnergy(kind)));
        }
        dynamic = dynamic.add(events("synapse_words", counters.synapseWords, CostConstant.SYNAPSE_WORD_ENERGY))
            .add(events("updates_active", counters.updatesActive, CostConstant.UPDATE_ACTIVE_ENERGY))
            .add(events("updates_idle", counters.updatesIdle, CostConstant.UPDATE_IDLE_ENERGY))
            .add(events("microcode_cycles", counters.microcodeCycles, CostConstant.MICROCODE_CYCLE_ENERGY))
            .add(events("spikes", counters.spikes, CostConstant.SPIKE_ENERGY))
            .add(events("messages_out", counters.messages, CostConstant.MESSAGE_OUT_ENERGY))
            .add(events("messages_in", counters.messagesReceived, CostConstant.MESSAGE_IN_ENERGY))
            .add(events("messages_within_tile", counters.messagesWithinTile, CostConstant.WITHIN_TILE_ENERGY))
            .add(events("hops_x", counters.hopsX, CostConstant.HOP_X_ENERGY))
            .add(events("hops_y", counters.hopsY, CostConstant.HOP_Y_ENERGY))
            .add(events("chip_crossings", counters.chipCrossings, CostConstant.CHIP_CROSSING_ENERGY))
            .add(events("output_pins", counters.outputEvents, CostConstant.OUTPUT_PIN_ENERGY))
            .add(events("barriers", counters.steps, CostConstant.BARRIER_ENERGY))
            .add(events("host_bias_writes", counters.hostBiasWrites, CostConstant.HOST_BIAS_WRITE_ENERGY))
            .add(events("host_state_writes", counters.hostStateWrites, CostConstant.HOST_BIAS_WRITE_ENERGY))
            .add(events("host_reads", counters.hostReads, CostConstant.HOST_READ_ENERGY))
            .add(events("resets", Math.multiplyExact(resets, chips), CostConstant.RESET_ENERGY));
        BigDecimal time = BigDecimal.valueOf(seconds);
        BigDecimal still = component("static_chips", chips, time, CostConstant.STATIC_CHIP_POWER).add(clock(chips, time))
            .add(component("management_processors", chips, time, CostConstant.MANAGEMENT_POWER));
        return new EnergyReport(profile.name(), dynamic.add(still).doubleValue(), dynamic.doubleValue(), still.doubleValue(), components,
            List.copyOf(notEstimated), Optional.ofNullable(weakest), seconds, counters.synapticOperationsTotal());
    }

    private BigDecimal events(String name, long count, CostConstant constant) {
        return component(name, count, BigDecimal.ONE, constant);
    }

    /** A clock that runs whether or not there is work. Chips without one have no such component, known or unknown. */
    private BigDecimal clock(int chips, BigDecimal time) {
        if (!profile.knows(CostConstant.CLOCK_CYCLE_ENERGY) && !profile.knows(CostConstant.CLOCK_FREQUENCY)) {
            return BigDecimal.ZERO;
        }
        Optional<CostProfile.Entry> frequency = profile.find(CostConstant.CLOCK_FREQUENCY);
        if (frequency.isEmpty()) {
            notEstimated.add(new EnergyReport.NotEstimated("clock", chips, reason(CostConstant.CLOCK_FREQUENCY)));
            return BigDecimal.ZERO;
        }
        return component("clock", chips, time.multiply(BigDecimal.valueOf(frequency.get().value())), CostConstant.CLOCK_CYCLE_ENERGY);
    }

    private BigDecimal component(String name, long count, BigDecimal factor, CostConstant constant) {
        Optional<CostProfile.Entry> entry = profile.find(constant);
        if (entry.isEmpty()) {
            if (count != 0) {
                notEstimated.add(new EnergyReport.NotEstimated(name, count, reason(constant)));
            }
            return BigDecimal.ZERO;
        }
        if (count != 0) {
            weakest = entry.get().grade().weaker(weakest);
        }
        // The shortest decimal that gives the double is the figure that stood in the profile.
        BigDecimal joules = BigDecimal.valueOf(entry.get().value()).multiply(BigDecimal.valueOf(count)).multiply(factor);
        components.put(name, joules.doubleValue());
        return joules;
    }

    private String reason(CostConstant constant) {
        Optional<CostConstant> allIn = profile.allIn();
        if (allIn.isPresent() && constant.onChip()) {
            return "contained in " + allIn.get().key() + " of " + profile.name() + ", which is " + CostScope.ALL_IN.key();
        }
        return constant.key() + " is unknown in " + profile.name();
    }
}
