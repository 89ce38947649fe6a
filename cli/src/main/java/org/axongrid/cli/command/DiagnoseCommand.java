package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.axongrid.cli.output.Progress;
import org.axongrid.cli.pipeline.DiagnosisOptions;
import org.axongrid.cli.pipeline.DiagnosisResult;
import org.axongrid.cli.pipeline.DiagnosisRun;
import org.axongrid.cli.report.DiagnosisReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a model from training to the chip and says where its accuracy goes. */
@Command(name = "diagnose", mixinStandardHelpOptions = true,
    description = "Say where accuracy goes: trained network, its levels, float SNN, integer SNN and chip, layer by layer, with a hint.")
final class DiagnoseCommand implements Callable<Integer> {
    private static final int STEPS_MAX = 10_000;

    @Parameters(paramLabel = "MODEL", description = "ONNX file of a trained network")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "DATA",
        description = "images: an IDX, CIFAR-10, NPY or NPZ file, a folder with one, or the built-in set 'fashion'; labels are found beside them")
    private String data;

    @Option(names = "--method", defaultValue = "qcfs", paramLabel = "NAME[:KEY=VALUE...]",
        description = "conversion method, as for compare (default: ${DEFAULT-VALUE})")
    private String method;

    @Option(names = "--steps", defaultValue = "8", paramLabel = "T", description = "time-steps T (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--limit", defaultValue = "500", paramLabel = "N", description = "images to look at (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--chip", defaultValue = "loihi2", paramLabel = "NAME|FILE.yaml",
        description = "chip that the integers are made for and run on (default: ${DEFAULT-VALUE}, which runs all methods)")
    private String chip;

    @Option(names = "--no-chip", description = "leave out the emulated chip")
    private boolean noChip;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for diagnose.txt, diagnose.csv and diagnose.json")
    private Path out;

    @Mixin
    private ConversionOptions conversion;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Require.inRange(spec, "--steps", steps, 1, STEPS_MAX);
        Require.inRange(spec, "--limit", limit, 1, Integer.MAX_VALUE);
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        conversion.check(spec);
        shared.requireWritable();
        DiagnosisOptions options = new DiagnosisOptions(ConversionOptions.method(spec, "--method", method), steps, conversion.calibration, conversion.calibrationImages, chip, !noChip,
            conversion.weightBits(chip), conversion.scales(), limit, shared.threads(), shared.seed);
        DiagnosisResult result = new DiagnosisRun(model, data, options, Progress.of(shared.quiet)).run();
        shared.publish(spec, out, "diagnose", DiagnosisReport.text(result), DiagnosisReport.csv(result), DiagnosisReport.json(result));
        return result.onChip() == null || result.onChip().exact() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
