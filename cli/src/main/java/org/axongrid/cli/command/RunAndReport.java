package org.axongrid.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.cli.output.Progress;
import org.axongrid.cli.pipeline.Experiment;
import org.axongrid.cli.pipeline.RunOptions;
import org.axongrid.cli.pipeline.RunResult;
import org.axongrid.cli.report.ConsoleReport;
import org.axongrid.cli.report.CoresCsv;
import org.axongrid.cli.report.LayersCsv;
import org.axongrid.cli.report.PredictionsCsv;
import org.axongrid.cli.report.ProbeFile;
import org.axongrid.cli.report.RunJson;
import org.axongrid.cli.report.StepTable;
import org.axongrid.isa.image.ChipImageCodec;
import picocli.CommandLine;

/** Runs an experiment and puts its results where the options say; nothing is written before all of it is done. */
final class RunAndReport {
    private RunAndReport() { }

    static int run(Path model, String data, RunOptions options, RunOptionsMixin how, SharedOptions shared, PrintWriter console) {
        if (shared.json != null) {
            AtomicFile.requireWritable(shared.json);
        }
        if (how.saveImage != null) {
            AtomicFile.requireWritable(how.saveImage);
        }
        if (how.probeOut != null) {
            AtomicFile.requireWritable(how.probeOut);
        }
        Experiment experiment = new Experiment(model, data, options, Progress.of(shared.quiet));
        RunResult result = experiment.run();
        if (how.saveImage != null) {
            ChipImageCodec.write(result.prepared().mapping().image(), how.saveImage);
        }
        String text = report(result);
        String json = RunJson.of(result);
        if (how.out != null) {
            AtomicFile.requireFolder(how.out);
            AtomicFile.write(how.out.resolve("report.txt"), text);
            AtomicFile.write(how.out.resolve("report.json"), json);
            AtomicFile.write(how.out.resolve("layers.csv"), LayersCsv.of(result));
            AtomicFile.write(how.out.resolve("cores.csv"), CoresCsv.of(result.prepared().mapping().image(), result.breakdown()));
            AtomicFile.write(how.out.resolve("predictions.csv"), PredictionsCsv.of(result));
        }
        if (result.probed() != null && how.probeFile() != null) {
            ProbeFile.write(result.probed(), how.probeFile());
        }
        if (how.trace.stepTimes != null) {
            AtomicFile.write(how.trace.stepTimes, StepTable.csv(result.steps().rows(), result.prepared().mapping().image()));
        }
        if (shared.json != null) {
            AtomicFile.write(shared.json, json);
        }
        if (!shared.quiet) {
            console.print(text);
            console.flush();
        }
        boolean agrees = result.references() == null || result.chipEqualsOracle();
        return agrees ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static String report(RunResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleReport.print(result, new PrintStream(bytes, false, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
