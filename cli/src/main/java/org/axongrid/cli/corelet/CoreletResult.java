package org.axongrid.cli.corelet;

import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.pipeline.ChipTiming;
import org.axongrid.cli.pipeline.ProbeRun;
import org.axongrid.cli.pipeline.TraceRun;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.isa.image.ChipImage;

/**
 * What a run of a corelet model found.
 *
 * @param image       what ran
 * @param input       the spike file, null if there is none
 * @param inputSpikes spikes of it within the run
 * @param ticks       number of ticks
 * @param threads     host threads
 * @param spikes      tick, core number and neuron of each spike, three integers each; null if not asked for
 * @param outputs     tick, pin, core number and neuron of each output event, four integers each
 * @param counters    what was counted
 * @param times       where the emulated time went
 * @param late        messages that came after the start of their tick; counted in the cycle mode only
 * @param timing      what the times are from
 * @param energy      energy of the run
 * @param breakdown   the same by core
 * @param probed      recordings, null if there are no probes
 * @param steps       tick by tick where the time went, null if nobody asked
 * @param seconds     host time
 */
public record CoreletResult(ChipImage image, Path input, int inputSpikes, int ticks, int threads, IntArrayList spikes, IntArrayList outputs,
                            EventCounters counters, StepTimes times, long late, ChipTiming timing, EnergyReport energy,
                            EnergyBreakdown breakdown, ProbeRun probed, TraceRun steps,
                            double seconds) {
    /** @return number of neurons in use */
    public int neurons() {
        return image.trueNorthCores().stream().mapToInt(c -> (int) Arrays.stream(c.parameterOf()).filter(p -> p >= 0).count()).sum();
    }

    /** @return part of the static energy that falls to the cores in use if all cores of a chip have the same, J */
    public double staticOfCoresJ() {
        return energy.staticJ() * image.cores().size() / ((double) image.chips() * image.chip().coresPerChip());
    }

    /** @return whether anything of the time within a tick is known */
    public boolean isTimed() {
        return timing.isTimed();
    }
}
