package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.cost.BarrierTime;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;

/**
 * The times that a run uses.
 *
 * @param profile  the cost profile they are from
 * @param timing   for the engine
 * @param notTimed what the profile does not know: with any of it the latency is a lower bound
 */
public record ChipTiming(CostProfile profile, Timing timing, List<String> notTimed) {
    /** Names of the timing modes. */
    public static final List<String> MODES = List.of("fast", "cycle");
    private static final long PS_PER_NS = 1000;

    /** @return the times of a profile for the tiles and chips that an image uses, in a timing mode; steps of TrueNorth have the length of a tick */
    public static ChipTiming of(String nameOrFile, ChipImage image, String mode) {
        CostProfile profile = CostProfiles.open(nameOrFile);
        BarrierTime barrier = BarrierTime.of(profile, image);
        List<String> notTimed = new ArrayList<>(StepCostsOf.notTimed(profile, image));
        notTimed.addAll(barrier.notes());
        StepCosts costs = StepCostsOf.profile(profile);
        NetworkTiming network = mode.equals("fast") ? null : NetworkTiming.of(image.chip().get(ChipParameter.NETWORK_QUANTUM),
            image.chip().get(ChipParameter.LINK_BUFFER), costs.hopXPs(), costs.hopYPs(), costs.withinTilePs());
        long period = image.chip().coreModel() == CoreModel.TRUENORTH ? image.chip().get(ChipParameter.TICK_PERIOD) * PS_PER_NS : 0;
        return new ChipTiming(profile, new Timing(costs, barrier.ps(), network, period), notTimed);
    }
}
