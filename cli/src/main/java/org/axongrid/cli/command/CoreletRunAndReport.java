package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.axongrid.cli.corelet.CoreletExperiment;
import org.axongrid.cli.corelet.CoreletReport;
import org.axongrid.cli.corelet.CoreletResult;
import org.axongrid.cli.corelet.CoreletRun;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.report.CoresCsv;
import org.axongrid.cli.report.ProbeFile;
import org.axongrid.cli.report.StepTable;
import org.axongrid.isa.image.ChipImageCodec;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code run} for corelet models: their cores are there already, so most options of networks have no meaning. */
final class CoreletRunAndReport {
    private static final Set<String> OPTIONS = Set.of("--input", "--steps", "--chip", "--threads", "--out", "--json", "--save-image", "--quiet",
        "--debug", "--probe", "--probe-out", "--timing", "--router", "--energy-profile", "--timing-profile", "--step-times", "--vcd",
        "--perfetto", "--trace-steps", "--trace-cores", "--trace-events");

    private CoreletRunAndReport() { }

    /** @return whether the model is to be read as a corelet model */
    static boolean isCorelet(Path model) {
        String name = model.toString();
        return name.endsWith(".json") || name.endsWith(".json.gz");
    }

    static int run(Path model, Path input, RunOptionsMixin how, SharedOptions shared, CommandSpec spec) {
        List<OptionSpec> given = spec.commandLine().getParseResult().matchedOptions();
        for (OptionSpec option : given) {
            if (!OPTIONS.contains(option.longestName())) {
                throw new CommandLine.ParameterException(spec.commandLine(), option.longestName() + " has no meaning for a corelet model");
            }
        }
        boolean chip = spec.commandLine().getParseResult().hasMatchedOption("--chip");
        Integer steps = spec.commandLine().getParseResult().matchedOptionValue("--steps", null);
        if (steps != null) {
            Require.inRange(spec, "--steps", steps, 1, CoreletRun.TICKS_MAX);
        }
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        how.checkProbes(spec);
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        if (how.saveImage != null) {
            AtomicFile.requireWritable(how.saveImage);
        }
        CoreletResult result = new CoreletExperiment(model, input, chip ? how.chip : "truenorth", steps == null ? 0 : steps, shared.threads(),
            how.out != null, how.timingMode(spec), how.energyProfile, how.timingProfile, how.probes, how.trace.toRequest(spec, how.timing)).run();
        write(result, how, shared);
        if (!shared.quiet) {
            spec.commandLine().getOut().print(CoreletReport.text(result));
            spec.commandLine().getOut().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    private static void write(CoreletResult result, RunOptionsMixin how, SharedOptions shared) {
        if (how.saveImage != null) {
            ChipImageCodec.write(result.image(), how.saveImage);
        }
        if (how.out != null) {
            AtomicFile.requireFolder(how.out);
            AtomicFile.write(how.out.resolve("report.txt"), CoreletReport.text(result));
            AtomicFile.write(how.out.resolve("report.json"), CoreletReport.json(result));
            AtomicFile.write(how.out.resolve("spikes.csv"), CoreletReport.spikesCsv(result));
            AtomicFile.write(how.out.resolve("cores.csv"), CoresCsv.of(result.image(), result.breakdown()));
            AtomicFile.write(how.out.resolve("outputs.csv"), CoreletReport.outputsCsv(result));
        }
        if (how.trace.stepTimes != null) {
            AtomicFile.write(how.trace.stepTimes, StepTable.csv(result.steps().rows(), result.image()));
        }
        if (result.probed() != null && how.probeFile() != null) {
            ProbeFile.write(result.probed(), how.probeFile());
        }
        if (shared.json != null) {
            AtomicFile.write(shared.json, CoreletReport.json(result));
        }
    }
}
