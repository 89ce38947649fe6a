package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.cli.data.EventSet;
import org.axongrid.cli.output.HeapUse;
import org.axongrid.cli.output.Progress;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.probe.Probe;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;

/** One model on one data set on one chip: the main job. */
public final class Experiment {
    private final Path model;
    private final String dataName;
    private final RunOptions options;
    private final Progress progress;

    /**
     * @param model    file of the model
     * @param data     file, folder or built-in name
     * @param options  how
     * @param progress told how far it is
     */
    public Experiment(Path model, String data, RunOptions options, Progress progress) {
        this.model = model;
        this.dataName = data;
        this.options = options;
        this.progress = progress;
    }

    /**
     * @return what came out
     * @throws InvalidInputException if the model, the data or the options cannot be used
     */
    public RunResult run() {
        long start = System.nanoTime();
        boolean recorded = EventSet.matches(dataName);
        ImportedModel imported = ImportedModel.read(model, options.importing().withEvents(recorded));
        EventSet events = recorded ? EventSet.open(dataName, imported.network().input().shape(), imported.network().readout().shape().size(),
            options.importing().bin(), options.steps()) : null;
        RunOptions used = options.steps() > 0 ? options : options.withSteps(events.longest());
        Preparation prepared = Preparation.of(imported, used);
        return run(start, prepared, events, used);
    }

    private RunResult run(long start, Preparation prepared, EventSet events, RunOptions options) {
        List<Probe> probes = ProbeRun.probes(prepared, options);
        options.trace().check(prepared.mapping().image());
        DataSet data = events != null ? events
            : DataSets.open(dataName, prepared.network(), prepared.network().readout().shape().size());
        int images = Math.min(options.limit(), data.size());
        int[] labels = events != null && !data.labelled() ? null : labels(data, images, dataName);
        if (!options.allowSaturation() && !options.hasOtherNeurons()) {
            RegisterCheck.check(prepared.spiking(), prepared.quantised(), prepared.chip(), options.steps(), data, images);
        }
        CostProfile prices = CostProfiles.open(options.energyProfile() == null ? prepared.chip().energyProfile() : options.energyProfile());
        ChipTiming timing = ChipTiming.of(options.timingProfile() == null ? prepared.chip().timingProfile() : options.timingProfile(),
            prepared.mapping().image(), options.timing());
        HostUse parallelism = hostUse(prepared, images, options, timing);
        double before = (System.nanoTime() - start) * 1e-9;
        ChipRun chip = ChipRun.of(prepared, data, images,
            new ChipRun.How("emulating", options.steps(), options.threads(), parallelism, options.batch(), timing.timing()), progress);
        ReferenceRun references = new ReferenceRun(prepared, data, images, options, chip, progress);
        TrainedNetwork ann = references.ann();
        References compared = options.references() && !options.hasOtherNeurons() ? references.compare() : null;
        EnergyReport energy = chip.energy(prices, prepared.mapping().image().chips());
        EnergyBreakdown breakdown = EnergyBreakdown.of(prepared.mapping().image(), chip.coreCounters(), chip.counters(), prices, energy, images);
        ProbeRun probed = probes.isEmpty() ? null
            : ProbeRun.of(prepared, probes, data, Math.min(images, options.probeImages()), options.steps(), timing.timing());
        boolean byStep = options.trace().isTraced() || options.trace().stepTimes() != null || timing.timing().network() != null;
        TraceRun steps = !byStep ? null : TraceRun.of(prepared, probes, data, Math.min(images, options.trace().images()), options.steps(),
            timing.timing(), options.trace());
        return new RunResult(prepared.network().name(), data.name(), options, prepared, labels, ann, chip, compared, energy, breakdown,
            ArithmeticCount.of(prepared.network(), breakdown, images), timing, parallelism, probed, steps, before + chip.setUpSeconds(), (System.nanoTime() - start) * 1e-9, HeapUse.peakBytes());
    }

    private static HostUse hostUse(Preparation prepared, int images, RunOptions options, ChipTiming timing) {
        if (options.parallelism() == HostUse.LAYERS) {
            String why = timing.timing().network() != null ? "--timing cycle follows messages between cores" : prepared.layersRefused();
            if (why != null) {
                throw new InvalidInputException("--parallel layers: " + why + "; take auto, images or cores");
            }
        }
        return options.parallelism() != null ? options.parallelism() : HostUse.choose(prepared, images, options.threads(), timing.timing());
    }

    /** @return the right classes; refused if there are none */
    static int[] labels(DataSet data, int images, String dataName) {
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            labels[i] = data.label(i);
            if (labels[i] < 0) {
                throw new InvalidInputException(dataName + ": no labels were found, so there is no accuracy to measure; put them beside the images");
            }
        }
        return labels;
    }
}
