package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.output.Progress;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.mapper.DefaultStrategy;
import org.axongrid.mapper.Mapper;

/** The emulated chip in a comparison: maps converted networks, runs all images for each T, prices what happened and holds it to the oracle. */
final class ComparedChip {
    private final ChipSpec chip;
    private final CompareOptions options;
    private final DataSet data;
    private final int images;
    private final Progress progress;
    private final CostProfile prices;
    private final Set<String> notEstimated = new LinkedHashSet<>();
    private final Set<String> notTimed = new LinkedHashSet<>();
    private final List<String> differences = new ArrayList<>();
    private boolean ran;

    /**
     * @param chip     the chip
     * @param options  how to compare
     * @param data     the images
     * @param images   how many of them
     * @param progress told of images done
     * @throws InvalidInputException if its cost profile cannot be read
     */
    ComparedChip(ChipSpec chip, CompareOptions options, DataSet data, int images, Progress progress) {
        this.chip = chip;
        this.options = options;
        this.data = data;
        this.images = images;
        this.progress = progress;
        prices = CostProfiles.open(chip.energyProfile());
    }

    /**
     * @return the network on the chip
     * @throws InvalidInputException if its neurons do not run there or it does not fit
     */
    Preparation prepare(ChipNetwork made) {
        Mapper.Options mapping = Mapper.Options.of(DefaultStrategy.ID, options.seed(), chip.get(ChipParameter.CHIPS_MAX));
        return Preparation.of(made, chip, null, mapping, List.of(), System.nanoTime());
    }

    /**
     * Runs all images.
     *
     * @param prepared      the network
     * @param method        the method's name
     * @param steps         T; a layer-serial preparation takes the steps that it needs, whatever T is
     * @param labels        the right classes
     * @param floats        classes of the network in real numbers
     * @param activity      goes into the row
     * @param integers      the oracle's classes, or {@code null}
     * @return what came out
     */
    ComparisonRow row(Preparation prepared, String method, int steps, int[] labels, Predictions floats, ComparisonRow.Activity activity,
                      Predictions integers) {
        ChipTiming timing = ChipTiming.of(chip.timingProfile(), prepared.mapping().image(), "fast");
        ChipRun run = ChipRun.of(prepared, data, images,
            new ChipRun.How(method + " on chip, T = " + steps, steps, options.threads(),
                HostUse.choose(prepared, images, options.threads(), timing.timing()), timing.timing()), progress);
        ran = true;
        int different = integers == null ? 0 : run.predictions().differing(integers, steps);
        if (different > 0) {
            differences.add(method + ", T = " + steps + ": the chip classifies " + different + " images differently from the integer oracle");
        }
        EnergyReport energy = run.energy(prices, prepared.mapping().image().chips());
        energy.notEstimated().forEach(n -> notEstimated.add(n.toString()));
        notTimed.addAll(timing.notTimed());
        if (run.counters().hostStateWrites > 0) {
            notEstimated.add("host_state_writes: no profile has a price of them");
            notTimed.add("what the host reads and writes between runs");
        }
        double n = images;
        return new ComparisonRow(method, steps, ScheduledInference.chipSteps(prepared.quantised(), prepared.mapping().image(), steps),
            floats.accuracy(labels, steps), run.predictions().accuracy(labels, steps), floats.lost(run.predictions(), labels, steps),
            run.predictions().lost(floats, labels, steps), activity, new ComparisonRow.OnChip(run.counters().synapticOperationsTotal() / n,
                energy.totalJ() / n, run.latencySeconds(),
                run.counters().hostStateWrites > 0 ? new ComparisonRow.Host(run.counters().hostReads / n, run.counters().hostStateWrites / n) : null));
    }

    /** @return where chip and oracle differ, one sentence each */
    List<String> differences() {
        return differences;
    }

    /** @return what energy and latency are from, {@code null} if nothing ran */
    ComparisonResult.Pricing pricing() {
        return ran ? new ComparisonResult.Pricing(prices.name(), notEstimated, CostProfiles.open(chip.timingProfile()).name(), notTimed) : null;
    }
}
