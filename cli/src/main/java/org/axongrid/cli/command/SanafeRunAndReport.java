package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.sanafe.SanafeReport;
import org.axongrid.cli.sanafe.SanafeRun;
import org.axongrid.emulator.sanafe.SanafeMachine;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code run --sanafe}: descriptions that are mapped already and bring their costs, so most options of networks have no meaning. */
final class SanafeRunAndReport {
    private static final Set<String> OPTIONS = Set.of("--sanafe", "--steps", "--timing", "--threads", "--out", "--json", "--quiet", "--debug");
    private static final List<String> TIMINGS = List.of("simple", "detailed");
    private static final int STEPS_MAX = 1 << 20;

    private SanafeRunAndReport() { }

    static int run(Path architecture, Path network, int steps, RunOptionsMixin how, SharedOptions shared, CommandSpec spec) {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!OPTIONS.contains(option.longestName())) {
                throw new CommandLine.ParameterException(spec.commandLine(), option.longestName() + " has no meaning with --sanafe");
            }
        }
        if (network == null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--sanafe ARCH needs a network: run --sanafe ARCH NET");
        }
        Require.inRange(spec, "--steps", steps, 1, STEPS_MAX);
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        String timing = spec.commandLine().getParseResult().hasMatchedOption("--timing") ? how.timing : "detailed";
        Require.oneOf(spec, "--timing", timing, TIMINGS);
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        SanafeRun run = SanafeRun.of(architecture, network, steps, SanafeMachine.Timing.valueOf(timing.toUpperCase(Locale.ROOT)));
        if (how.out != null) {
            AtomicFile.requireFolder(how.out);
            AtomicFile.write(how.out.resolve("report.txt"), SanafeReport.text(run));
            AtomicFile.write(how.out.resolve("run_summary.yaml"), SanafeReport.summary(run));
            AtomicFile.write(how.out.resolve("perf.csv"), SanafeReport.perf(run));
            AtomicFile.write(how.out.resolve("spikes.csv"), run.spikes());
            AtomicFile.write(how.out.resolve("potentials.csv"), run.potentials());
        }
        if (shared.json != null) {
            AtomicFile.write(shared.json, SanafeReport.json(run));
        }
        if (!shared.quiet) {
            spec.commandLine().getOut().print(SanafeReport.text(run));
            spec.commandLine().getOut().flush();
        }
        return CommandLine.ExitCode.OK;
    }
}
