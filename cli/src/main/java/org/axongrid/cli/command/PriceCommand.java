package org.axongrid.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.report.ConsoleReport;
import org.axongrid.cli.report.SavedRun;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.cost.PaperStyleEstimate;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prices a saved run again: the counts are in the report, so nothing has to run. */
@Command(name = "price", mixinStandardHelpOptions = true,
    description = "Price a saved run (run --json) with another cost profile, without running it again.")
final class PriceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN.json", description = "report of a run")
    private Path file;

    @Option(names = "--profile", required = true, paramLabel = "NAME|FILE.yaml", description = "cost profile")
    private String profile;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SavedRun run = SavedRun.read(file);
        CostProfile prices = CostProfiles.open(profile);
        EnergyReport energy = EnergyModel.price(run.counters(), prices, run.chips(), run.seconds(), run.resets());
        PrintWriter out = spec.commandLine().getOut();
        double n = run.images();
        out.printf(Locale.ROOT, "%s, %,d inferences, profile %s, grade %s%n", run.model(), run.images(), energy.profile(),
            energy.weakest().map(g -> g.toString().toLowerCase(Locale.ROOT)).orElse("none"));
        out.printf("per inference: %s, dynamic %s, static %s (static power over the run's own time)%n", Text.si(energy.totalJ() / n, "J"),
            ConsoleReport.joules(energy.dynamicJ() / n), ConsoleReport.joules(energy.staticJ() / n));
        for (Map.Entry<String, Double> part : energy.byComponent().entrySet()) {
            if (part.getValue() > 0) {
                out.printf(Locale.ROOT, "  %-22s %10s  %5.1f %%%n", part.getKey().replace('_', ' '), Text.si(part.getValue() / n, "J"),
                    100 * part.getValue() / energy.totalJ());
            }
        }
        out.printf("average power %s, %s, energy-delay product %s per inference%n", Text.si(energy.averagePowerW(), "W"),
            ConsoleReport.efficiency(energy), Text.si(energy.energyDelayPerInferenceJs(run.images()), "Js"));
        layers(run, prices, out);
        if (run.arithmetic() != null) {
            PaperStyleEstimate.of(prices, run.arithmetic()[0], run.arithmetic()[1], run.arithmetic()[2]).ifPresent(p ->
                out.printf("paper-style estimate %s against %s of the ANN (%s)%n", Text.si(p.joules(), "J"), Text.si(p.annJoules(), "J"),
                    PaperStyleEstimate.LABEL));
        }
        energy.notEstimated().forEach(m -> out.printf("not estimated: %s%n", m));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void layers(SavedRun run, CostProfile prices, PrintWriter out) {
        for (SavedRun.LayerCounts l : run.layers()) {
            EnergyReport e = EnergyModel.price(l.counters(), prices, 1, 0);
            out.printf(Locale.ROOT, "  layer %-16s %10s dynamic, %,d cores%n", l.name(), ConsoleReport.joules(e.dynamicJ() / run.images()), l.cores());
        }
    }
}
