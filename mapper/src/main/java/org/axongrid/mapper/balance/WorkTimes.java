package org.axongrid.mapper.balance;

import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.chip.ChipSpec;

/**
 * Times of a core's operations, ps, from the chip's timing profile; what it does not know counts nothing.
 *
 * @param update  of a compartment
 * @param spike   producing a spike
 * @param send    a message out
 * @param receive a message in
 * @param synapse a synaptic operation
 */
public record WorkTimes(double update, double spike, double send, double receive, double synapse) {
    /** Cycles of an update by the library's integrate-and-fire program without a spike, where neurons are programs. */
    private static final int PROGRAM_CYCLES = 10;

    /** @return those of a chip */
    public static WorkTimes of(ChipSpec chip) {
        CostProfile profile = CostProfiles.open(chip.timingProfile());
        double update = ps(profile, CostConstant.UPDATE_ACTIVE_TIME);
        return new WorkTimes(update > 0 ? update : PROGRAM_CYCLES * ps(profile, CostConstant.MICROCODE_CYCLE_TIME),
            ps(profile, CostConstant.SPIKE_TIME), ps(profile, CostConstant.MESSAGE_OUT_TIME), ps(profile, CostConstant.MESSAGE_IN_TIME),
            ps(profile, CostConstant.SYNAPTIC_SHARED_TIME));
    }

    private static double ps(CostProfile profile, CostConstant constant) {
        return profile.find(constant).map(CostProfile.Entry::value).orElse(0.0);
    }
}
