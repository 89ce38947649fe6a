package org.axongrid.cli.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.pipeline.Layer;
import org.axongrid.cli.pipeline.Predictions;
import org.axongrid.cli.pipeline.RunResult;
import org.axongrid.cli.pipeline.TraceRun;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.cost.PaperStyleEstimate;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.kernel.VectorLoops;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ResourceUse;

/** A run's results as a person reads them. */
public final class ConsoleReport {
    private static final int MOST_COLUMNS = 8;
    private static final int MOST_LAYERS = 24;
    private static final int MOST_STEPS = 40;
    /** Emulation from which on the Vector API is worth a word: its loops are used after a few seconds. */
    private static final int LONG_SECONDS = 10;

    private final RunResult r;
    private final PrintStream out;

    private ConsoleReport(RunResult result, PrintStream out) {
        this.r = result;
        this.out = out;
    }

    /** Prints the summary of a run. */
    public static void print(RunResult result, PrintStream out) {
        ConsoleReport report = new ConsoleReport(result, out);
        report.head();
        report.accuracy();
        report.fit();
        report.layers();
        report.inference();
        report.steps();
        report.host();
        out.flush();
    }

    private void head() {
        line("%s on %s: %s, T = %d (%d steps on chip), %d-bit weights, scales %s", r.model(), r.prepared().chip().name(),
            r.options().method(), r.options().steps(), r.chipSteps(), r.options().weightBits(), r.options().scales().name().toLowerCase(Locale.ROOT));
        line("%s %s of %s", Text.count(r.images()), r.prepared().network().eventInput() ? "recordings" : "images", r.data());
        r.prepared().notes().forEach(note -> line("note: %s", note));
    }

    private void accuracy() {
        List<Integer> steps = columns(r.options().steps());
        line("");
        StringBuilder header = new StringBuilder("Accuracy, %         T =");
        steps.forEach(t -> header.append(String.format(Locale.ROOT, "%8d", t)));
        line("%s", r.labels() == null ? "No labels, so no accuracy" : header);
        if (r.ann() != null && r.labels() != null) {
            line("  trained network (ANN)  %6s", Text.percent(r.annAccuracy()));
        }
        if (r.references() != null) {
            row("float SNN", r.references().floatSnn(), steps);
            row("integer oracle", r.references().oracle(), steps);
        }
        row("chip", r.chip().predictions(), steps);
        if (r.references() != null) {
            line("  chip = oracle: %s", r.chipEqualsOracle()
                ? r.prepared().crossbar() != null ? "yes, in every readout of every step"
                : "yes, in every readout of every step, in spikes, synaptic operations and saturations"
                : "NO: " + r.references().readoutMismatches() + " images have another readout; chip / oracle: spikes "
                    + r.chip().counters().spikes + " / " + r.references().oracleSpikes() + ", operations " + r.chip().counters().synapticOperationsTotal()
                    + " / " + r.references().oracleOperations() + ", saturations " + r.chip().counters().saturations + " / "
                    + r.references().oracleSaturations() + "; this is a bug, please report it");
            line("  same class as the float SNN: %s %% of images at T = %d",
                Text.percent(r.chip().predictions().agreement(r.references().floatSnn(), r.options().steps())), r.options().steps());
        }
    }

    /** All steps if they are few, else powers of two and the last. */
    private static List<Integer> columns(int steps) {
        List<Integer> columns = new ArrayList<>();
        for (int t = 1; t <= steps; t++) {
            if (steps <= MOST_COLUMNS || t == steps || Integer.bitCount(t) == 1) {
                columns.add(t);
            }
        }
        return columns.size() <= MOST_COLUMNS ? columns : columns.subList(columns.size() - MOST_COLUMNS, columns.size());
    }

    private void row(String name, Predictions p, List<Integer> steps) {
        if (r.labels() == null) {
            return;
        }
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-21s", name));
        steps.forEach(t -> line.append(String.format(Locale.ROOT, "%8s", Text.percent(p.accuracy(r.labels(), t)))));
        line("%s", line);
    }

    private void fit() {
        ChipImage image = r.prepared().mapping().image();
        line("");
        line("On chip: %d of %d cores, %d %s, %s compartments; mapping %s, placement %s", image.cores().size(),
            image.chips() * image.chip().coresPerChip(), image.chips(), image.chips() == 1 ? "chip" : "chips", Text.count(image.compartments()),
            r.prepared().mapping().partition().strategy(), r.prepared().mapping().placement().placer());
        line("  how full, mean and fullest core:");
        for (ResourceUse.Utilisation u : ResourceUse.utilisation(image)) {
            line("    %-22s %5.1f %%  %5.1f %%  (%s of %s)", u.resource().replace('_', ' '), 100 * u.meanFraction(), 100 * u.maxFraction(),
                Text.count(u.max()), Text.count(u.limit()));
        }
    }

    private void layers() {
        line("");
        line("Layer                  neurons  cores  from step  threshold   weights to 0     spikes per inference");
        List<Layer> layers = Layer.of(r.prepared());
        for (Layer l : layers.size() <= MOST_LAYERS ? layers : layers.subList(0, MOST_LAYERS)) {
            String threshold = l.rounding().thresholdMax() == 0 ? "-" : l.rounding().thresholdMin() == l.rounding().thresholdMax()
                ? Text.count(l.rounding().thresholdMax()) : l.rounding().thresholdMin() + "-" + l.rounding().thresholdMax();
            line("  %-18.18s %10s %6d %10d  %-12s %10s %24s", l.name(), Text.count(l.neurons()), l.cores(), l.startStep(), threshold,
                l.rounding().maxWeight() == 0 ? "-" : Text.percent(l.rounding().zeroed()) + " %",
                r.references() == null ? "" : Text.mean(r.references().spikesOf()[l.population()] / (double) r.images()));
        }
        if (layers.size() > MOST_LAYERS) {
            line("  ... and %d more: layers.csv with --out", layers.size() - MOST_LAYERS);
        }
        energyByLayer();
    }

    private void energyByLayer() {
        if (r.energy().dynamicJ() == 0) {
            return;
        }
        line("");
        line("Energy by layer, dynamic per inference (profile %s)", r.energy().profile());
        List<EnergyBreakdown.Part> parts = r.breakdown().layers();
        for (EnergyBreakdown.Part l : parts.size() <= MOST_LAYERS ? parts : parts.subList(0, MOST_LAYERS)) {
            line("  %-18.18s %10s  %5.1f %%  (%s synaptic operations, %s words of synapse memory)", l.name(),
                Text.si(l.energy().dynamicJ() / r.images(), "J"), 100 * l.energy().dynamicJ() / r.energy().dynamicJ(),
                Text.mean(l.counters().synapticOperationsTotal() / (double) r.images()), Text.mean(l.counters().synapseWords / (double) r.images()));
        }
        line("  %-18s %10s  (barriers, host, resets)", "system", joules(r.breakdown().system().dynamicJ() / r.images()));
    }

    private void inference() {
        EventCounters c = r.chip().counters();
        double n = r.images();
        line("");
        line("Per inference");
        line("  spikes                 %s", Text.mean(c.spikes / n));
        line("  synaptic operations    %s", Text.mean(c.synapticOperationsTotal() / n));
        line("  messages               %s, %s hops", Text.mean(c.messages / n), Text.mean((c.hopsX + c.hopsY) / n));
        line("  neuron updates         %s active, %s idle", Text.mean((c.updatesActive + c.programmedActive) / n),
            Text.mean((c.updatesIdle + c.programmedIdle) / n));
        if (c.microcodeCycles > 0) {
            line("  neuron programs        %s instructions, %s cycles, %s cycles an update", Text.mean(c.microcodeInstructions / n),
                Text.mean(c.microcodeCycles / n), Text.mean(c.microcodeCycles / (double) (c.programmedActive + c.programmedIdle)));
        }
        if (c.saturations + c.accumulatorWraps > 0) {
            line("  registers              %s saturations, %s accumulator wraps", Text.mean(c.saturations / n), Text.mean(c.accumulatorWraps / n));
        }
        line("  energy                 %s  (profile %s, grade %s)", joules(r.energy().totalJ() / n), r.energy().profile(),
            r.energy().weakest().map(g -> g.toString().toLowerCase(Locale.ROOT)).orElse("none"));
        line("    dynamic              %s", joules(r.energy().dynamicJ() / n));
        line("    static               %s", joules(r.energy().staticJ() / n));
        for (Map.Entry<String, Double> part : r.energy().byComponent().entrySet()) {
            if (part.getValue() > 0) {
                line("      %-22s %10s  %5.1f %%", part.getKey().replace('_', ' '), Text.si(part.getValue() / n, "J"),
                    100 * part.getValue() / r.energy().totalJ());
            }
        }
        if (!r.energy().notEstimated().isEmpty()) {
            line("    not estimated        %s", r.energy().notEstimated().stream().map(EnergyReport.NotEstimated::component).collect(Collectors.joining(", ")));
        }
        if (r.energy().dynamicJ() > 0) {
            line("    average power        %s, %s; dynamic alone %s an operation", Text.si(r.energy().averagePowerW(), "W"),
                efficiency(r.energy()), Text.si(r.energy().dynamicJ() / Math.max(1, c.synapticOperationsTotal()), "J"));
        }
        time(n);
    }

    /** @return synaptic operations per second and watt */
    public static String efficiency(EnergyReport e) {
        return Double.isNaN(e.synapticOperationsPerJoule()) ? "SOPS/W not estimated" : Text.si(e.synapticOperationsPerJoule(), "SOPS/W");
    }

    private void time(double n) {
        StepTimes t = r.chip().times();
        long steps = 0;
        for (long s : t.stepsBoundBy) {
            steps += s;
        }
        line("  latency                %s  (profile %s, %s timing: %s a step)", Text.si(r.latencySeconds(), "s"), r.timing().profile().name(),
            r.options().timing(),
            Text.si(t.totalPs * 1e-12 / steps, "s"));
        StringBuilder parts = new StringBuilder();
        for (StepTimes.Bound b : StepTimes.Bound.values()) {
            parts.append(String.format(Locale.ROOT, "%s %.0f %%, ", b.name().toLowerCase(Locale.ROOT), 100.0 * t.stepsBoundBy[b.ordinal()] / steps));
        }
        line("    steps bound by       %sthen the barrier (%.0f %% of the time)", parts, 100.0 * t.barrierPs / t.totalPs);
        if (r.timing().timing().periodPs() > 0) {
            line("    ticks                %s each, longest work %s, %d overruns", Text.si(r.timing().timing().periodPs() * 1e-12, "s"),
                Text.si(t.longestPs * 1e-12, "s"), t.overruns);
        }
        if (r.timing().timing().network() != null) {
            line("    network              %s", r.timing().roundingText());
        }
        if (!r.timing().notTimed().isEmpty()) {
            line("    not timed            %s", String.join(", ", r.timing().notTimed()));
        }
        line("  energy-delay product   %s", Text.si(r.energy().energyDelayPerInferenceJs(r.images()), "Js"));
        PaperStyleEstimate p = r.paperStyle();
        line("  paper-style estimate   %s against %s of the ANN (%s; %s)", Text.si(p.joules(), "J"), Text.si(p.annJoules(), "J"), PaperStyleEstimate.LABEL,
            p.profile());
    }

    private void steps() {
        if (r.steps() == null) {
            return;
        }
        line("");
        line("First image by step (profile %s, %s timing)", r.timing().profile().name(), r.options().timing());
        out.print(StepTable.text(r.steps().rows(), r.prepared().mapping().image(), MOST_STEPS));
        traced(r.steps()).forEach(text -> line("%s", text));
    }

    /** @return what is to be said of a trace */
    static List<String> traced(TraceRun steps) {
        return steps.isFull() ? List.of("  the trace ends after step " + steps.last().step() + " of image " + steps.last().run()
            + ", where it is full (--trace-events)") : List.of();
    }

    /** Images of large networks take minutes rather than milliseconds. */
    private static String rate(double imagesPerSecond) {
        return imagesPerSecond < 1 ? Text.duration(1 / imagesPerSecond) + " an image" : Text.si(imagesPerSecond, "images/s");
    }

    private void host() {
        line("");
        line("Host: emulated %s images in %s, %s, %s; prepared in %s%s%s; %s in all; heap at most %s MB; Java %s", Text.count(r.images()),
            Text.duration(r.chip().seconds()), rate(r.images() / r.chip().seconds()),
            Text.si(r.chip().counters().synapticOperationsTotal() / r.chip().seconds(), "synaptic operations/s"),
            Text.duration(r.prepareSeconds()), r.ann() == null ? "" : ", trained network in " + Text.duration(r.ann().seconds()),
            r.references() == null ? "" : ", references in " + Text.duration(r.references().seconds()), Text.duration(r.wallSeconds()),
            Text.count(r.peakHeapBytes() / 1_000_000), System.getProperty("java.version"));
        if (r.chip().seconds() > LONG_SECONDS && r.prepared().crossbar() == null && VectorLoops.missed()) {
            line("      AXONGRID_VECTOR=1 makes runs as long as this one faster: it offers the JDK's Vector API, an incubator module");
        }
    }

    /** Energy of parts that may all be unknown. @return "not estimated" instead of a zero that nobody measured */
    public static String joules(double value) {
        return value == 0 ? "not estimated" : Text.si(value, "J");
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.print('\n');
    }
}
