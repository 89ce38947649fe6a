package org.axongrid.emulator.cost;

import java.util.Arrays;
import java.util.List;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.synapse.SynapseFormat;

/** Takes the times of a core's operations from a cost profile. */
public final class StepCostsOf {
    /** Times that a step is made of; learning is not among them. */
    private static final List<CostConstant> TIMED = List.of(CostConstant.SYNAPTIC_DENSE_TIME, CostConstant.SYNAPTIC_SPARSE_TIME,
        CostConstant.SYNAPTIC_SHARED_TIME, CostConstant.UPDATE_ACTIVE_TIME, CostConstant.UPDATE_IDLE_TIME, CostConstant.MICROCODE_CYCLE_TIME,
        CostConstant.SYNAPSE_WORD_TIME, CostConstant.SPIKE_TIME,
        CostConstant.MESSAGE_OUT_TIME, CostConstant.MESSAGE_IN_TIME, CostConstant.WITHIN_TILE_TIME, CostConstant.HOP_X_TIME,
        CostConstant.HOP_Y_TIME, CostConstant.CHIP_CROSSING_TIME);

    private StepCostsOf() { }

    /**
     * @param profile a cost profile
     * @return its times in ps; unknown ones add nothing to a step and are named by {@link #notTimed}
     */
    public static StepCosts profile(CostProfile profile) {
        int[] synaptic = Arrays.stream(SynapseFormat.Kind.values()).mapToInt(k -> ps(profile, CostConstant.synapticTime(k))).toArray();
        return new StepCosts(ps(profile, CostConstant.UPDATE_ACTIVE_TIME), ps(profile, CostConstant.UPDATE_IDLE_TIME),
            ps(profile, CostConstant.SPIKE_TIME), ps(profile, CostConstant.MESSAGE_OUT_TIME), ps(profile, CostConstant.MESSAGE_IN_TIME),
            synaptic, ps(profile, CostConstant.HOP_X_TIME), ps(profile, CostConstant.HOP_Y_TIME),
            ps(profile, CostConstant.WITHIN_TILE_TIME), ps(profile, CostConstant.MICROCODE_CYCLE_TIME), ps(profile, CostConstant.SYNAPSE_WORD_TIME),
            ps(profile, CostConstant.AXON_SCAN_TIME), ps(profile, CostConstant.CORE_STEP_TIME),
            ps(profile, CostConstant.CHIP_CROSSING_TIME), 1);
    }

    /**
     * @param profile a cost profile
     * @param image   what runs: times of neurons without or with programs, and of synapse lists, are needed only if it has any
     * @return keys of the times that the profile does not know; with them a step's time is a lower bound
     */
    public static List<String> notTimed(CostProfile profile, ChipImage image) {
        return TIMED.stream().filter(c -> !profile.knows(c)).filter(c -> switch (c) {
            case UPDATE_ACTIVE_TIME, UPDATE_IDLE_TIME -> image.hasNativeNeurons();
            case MICROCODE_CYCLE_TIME -> image.hasPrograms();
            case SYNAPTIC_SPARSE_TIME, SYNAPTIC_SHARED_TIME, SYNAPSE_WORD_TIME -> image.chip().coreModel() == CoreModel.LOIHI;
            case CHIP_CROSSING_TIME -> image.chips() > 1;
            default -> true;
        }).map(CostConstant::key).toList();
    }

    private static int ps(CostProfile profile, CostConstant constant) {
        return profile.find(constant).map(e -> (int) e.value()).orElse(0);
    }
}
