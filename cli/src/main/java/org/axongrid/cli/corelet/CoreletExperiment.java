package org.axongrid.cli.corelet;

import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.pipeline.ChipTiming;
import org.axongrid.cli.pipeline.ProbeRun;
import org.axongrid.cli.pipeline.TraceRequest;
import org.axongrid.cli.pipeline.TraceRun;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.TrueNorthCore;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.emulator.probe.ProbeRecorder;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;

/**
 * A corelet model to be run with times and energy.
 *
 * @param model         corelet model
 * @param input         spike file, null for none
 * @param chip          preset or YAML file
 * @param ticks         number of ticks, 0 for {@link CoreletRun#TAIL} more than the last input's
 * @param threads       host threads
 * @param keepSpikes    whether each spike is listed
 * @param timing        timing mode, one of {@link ChipTiming#MODES}
 * @param energyProfile cost profile for energy, null for the chip's own
 * @param timingProfile cost profile for time, null for the chip's own
 * @param trace         what of it is written tick by tick
 * @param probes        what to record, as {@link Probe} reads it; the region of a core is {@code core} and its number
 */
public record CoreletExperiment(Path model, Path input, String chip, int ticks, int threads, boolean keepSpikes, String timing,
                                String energyProfile, String timingProfile, List<String> probes, TraceRequest trace) {
    private static final int TICKS_WITHOUT_INPUT = 100;
    private static final int TICKS_SHOWN = 10_000;

    /**
     * Imports and runs it.
     *
     * @throws InvalidInputException if a file is wrong or the model does not fit
     */
    public CoreletResult run() {
        ChipSpec spec = ChipSpecs.open(chip);
        CoreletModel corelet = CoreletReader.read(model, spec);
        SpikeFile spikeFile = input == null ? null : SpikeFile.read(input);
        TickInput tickInput = spikeFile == null ? new TickInput(new int[0], new int[0], new int[0]) : TickInput.of(spikeFile, corelet);
        int count = ticks > 0 ? ticks : spikeFile == null ? TICKS_WITHOUT_INPUT : CoreletRun.ticks(spikeFile);
        CoreletRun run = CoreletRun.of(corelet, tickInput);
        ChipImage image = run.image();
        CostProfile prices = CostProfiles.open(energyProfile == null ? spec.energyProfile() : energyProfile);
        ChipTiming times = ChipTiming.of(timingProfile == null ? spec.timingProfile() : timingProfile, image, timing);
        IntArrayList spikes = keepSpikes ? new IntArrayList() : null;
        IntArrayList outputs = new IntArrayList();
        int[] numbers = image.cores().stream().mapToInt(c -> c.core()).toArray();
        List<Probe> probed = probes.stream().map(text -> Probe.parse(text, image)).toList();
        ProbeRecorder recorder = new ProbeRecorder(probed);
        trace.check(image);
        // Of runs that nobody can read to the end, tick by tick, only the file holds all.
        boolean keeps = trace.stepTimes() != null || times.timing().network() != null && count <= TICKS_SHOWN;
        long start = System.nanoTime();
        try (Simulation simulation = new Simulation(new LoadedSystem(image), times.timing(), threads)) {
            Simulation.StepListener listener = new Simulation.StepListener() {
                @Override
                public void stepEnded(int step, Neurocore[] cores) {
                    recorder.stepEnded(step, cores);
                    for (int c = 0; c < cores.length; c++) {
                        TrueNorthCore core = (TrueNorthCore) cores[c];
                        int number = numbers[c];
                        for (int s = 0; spikes != null && s < core.spikeCount(); s++) {
                            spikes.addInt(step - 1);
                            spikes.addInt(number);
                            spikes.addInt(core.spikes()[s]);
                        }
                        core.forEachOutput((neuron, pin) -> {
                            outputs.addInt(step - 1);
                            outputs.addInt(pin);
                            outputs.addInt(number);
                            outputs.addInt(neuron);
                        });
                    }
                }

                @Override
                public boolean hearsSilence() {
                    return !probed.isEmpty();
                }
            };
            TraceRun byTick = null;
            if (keeps || trace.isTraced()) {
                byTick = TraceRun.of(simulation, probed, trace, keeps, listener, () -> run.drive(simulation, count));
            } else {
                run.run(simulation, count, listener);
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            long late = simulation.clock() == null ? 0 : simulation.clock().late();
            EnergyReport energy = EnergyModel.price(simulation.counters(), prices, image.chips(), simulation.times().totalPs * 1e-12);
            return new CoreletResult(image, input, tickInput.spikes(count), count, threads, spikes, outputs, simulation.counters(),
                simulation.times(), late, times, energy,
                EnergyBreakdown.of(image, simulation.coreCounters(), simulation.counters(), prices, energy, 0),
                probed.isEmpty() ? null : new ProbeRun(probed, new int[][][][] {recorder.take()}), byTick, seconds);
        }
    }
}
