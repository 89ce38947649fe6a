package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.cost.BarrierTime;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.cycle.NetworkTiming;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.noc.Router;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;

/**
 * The times that a run uses.
 *
 * @param profile  the cost profile they are from
 * @param timing   for the engine
 * @param notTimed what the profile does not know: with any of it the latency is a lower bound
 * @param rounding what rounding to the network's cycle adds to the ways of messages, in both modes
 */
public record ChipTiming(CostProfile profile, Timing timing, List<String> notTimed, List<Rounding> rounding) {
    /** Names of the timing modes; behind {@code cycle} and a colon may stand one of {@link Router#names}. */
    public static final List<String> MODES = List.of("fast", "cycle");
    private static final String CYCLE_WITH = "cycle:";
    private static final long PS_PER_NS = 1000;

    /**
     * What becomes of a time of the profile on the modelled network, whose times are whole cycles.
     *
     * @param what     which time
     * @param ps       in the profile, ps
     * @param cycles   rounded up, at least 1 a part
     * @param errorPs  what rounding adds, ps
     */
    public record Rounding(String what, int ps, int cycles, int errorPs) { }

    /** @return the times of a profile for the tiles and chips that an image uses, in a timing mode; steps of TrueNorth have the length of a tick */
    public static ChipTiming of(String nameOrFile, ChipImage image, String mode) {
        CostProfile profile = CostProfiles.open(nameOrFile);
        BarrierTime barrier = BarrierTime.of(profile, image);
        List<String> notTimed = new ArrayList<>(StepCostsOf.notTimed(profile, image));
        notTimed.addAll(barrier.notes());
        StepCosts costs = StepCostsOf.profile(profile);
        NetworkTiming mesh = NetworkTiming.of(image.chip().get(ChipParameter.NETWORK_QUANTUM),
            image.chip().get(ChipParameter.LINK_BUFFER), costs.hopXPs(), costs.hopYPs(), costs.withinTilePs())
            .with(image.chip().get(ChipParameter.SPIKE_MESHES), costs.chipCrossingPs(), image.chip().get(ChipParameter.CHIP_LINK_INTERVAL),
                image.chip().get(ChipParameter.CHIP_LINK_ROWS))
            .with(mode.startsWith(CYCLE_WITH) ? Router.of(mode.substring(CYCLE_WITH.length())) : Router.XY1);
        if (image.chip().coreModel() == CoreModel.LOIHI && image.chip().get(ChipParameter.SPIKE_MULTICAST) == 1 && !mode.equals("fast")
            && (mesh.router() != Router.ANALYTIC || mesh.meshes() > 1)) {
            throw new InvalidInputException("chip " + image.chip().name() + " copies spikes on the way (" + ChipParameter.SPIKE_MULTICAST.key()
                + "); cycle timing of that is there with --router analytic on one mesh only");
        }
        long period = image.chip().coreModel() == CoreModel.TRUENORTH ? image.chip().get(ChipParameter.TICK_PERIOD) * PS_PER_NS : 0;
        return new ChipTiming(profile, new Timing(mesh.on(costs), barrier.ps(), mode.equals("fast") ? null : mesh, period), notTimed,
            rounding(costs, mesh));
    }

    /** @return the cycle mode with routers of a kind, one of {@link Router#names} */
    public static String cycleWith(String router) {
        return router.equals(Router.XY1.toString()) ? "cycle" : CYCLE_WITH + router;
    }

    private static List<Rounding> rounding(StepCosts costs, NetworkTiming mesh) {
        return List.of(rounding("hop_x", costs.hopXPs(), mesh.hopX(), mesh), rounding("hop_y", costs.hopYPs(), mesh.hopY(), mesh),
            rounding("within_tile", costs.withinTilePs(), mesh.injection() + mesh.ejection(), mesh));
    }

    private static Rounding rounding(String what, int ps, int cycles, NetworkTiming mesh) {
        return new Rounding(what, ps, cycles, cycles * mesh.quantumPs() - ps);
    }

    /** @return the rounding as one line of a report */
    public String roundingText() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "cycles of %.1f ns:", quantumPs() * 1e-3));
        for (Rounding r : rounding) {
            text.append(String.format(Locale.ROOT, " %s %.1f ns = %d (%+.1f ns)%s", r.what(), r.ps() * 1e-3, r.cycles(), r.errorPs() * 1e-3,
                r == rounding.get(rounding.size() - 1) ? "" : ","));
        }
        return text.toString();
    }

    /** @return whether the profile knows any time of a core or of its messages; if not, times are of the network's least cycles only */
    public boolean isTimed() {
        return profile.constants().keySet().stream().anyMatch(c -> c.unit() == CostConstant.Unit.TIME);
    }

    /** @return length of the network's cycle, ps */
    public int quantumPs() {
        return timing.costs().quantumPs();
    }
}
