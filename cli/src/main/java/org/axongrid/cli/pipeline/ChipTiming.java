package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.axongrid.emulator.cost.BarrierTime;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.Timing;
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
    /** @return the times of a profile for the tiles and chips that an image uses */
    static ChipTiming of(String nameOrFile, ChipImage image) {
        CostProfile profile = CostProfiles.open(nameOrFile);
        BarrierTime barrier = BarrierTime.of(profile, image);
        List<String> notTimed = new ArrayList<>(StepCostsOf.notTimed(profile));
        notTimed.addAll(barrier.notes());
        return new ChipTiming(profile, new Timing(StepCostsOf.profile(profile), barrier.ps()), notTimed);
    }
}
