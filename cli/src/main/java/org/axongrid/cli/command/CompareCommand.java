package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.axongrid.cli.output.Progress;
import org.axongrid.cli.pipeline.CompareOptions;
import org.axongrid.cli.pipeline.Comparison;
import org.axongrid.cli.pipeline.ComparisonResult;
import org.axongrid.cli.report.ComparisonReport;
import org.axongrid.mapper.method.Conversion;
import org.axongrid.mapper.method.Methods;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts a model by several methods and runs each for several numbers of steps on the reference simulators and the emulated chip. */
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Compare conversion methods: accuracy, activity, energy and latency of each at each number of steps.")
final class CompareCommand implements Callable<Integer> {
    private static final int STEPS_MAX = 10_000;

    @Parameters(paramLabel = "MODEL", description = "ONNX file of a trained network, or NIR file of one with integrate-and-fire neurons")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "DATA",
        description = "images: an IDX, CIFAR-10, NPY or NPZ file, a folder with one, or the built-in set 'fashion'; labels are found beside them")
    private String data;

    @Option(names = "--methods", split = ",", defaultValue = "all", paramLabel = "NAME[:KEY=VALUE...]",
        description = "methods, with commas between: qcfs, opi, rmp, tcl, rts, norm, snnc-light, snnc-potential, srp, cos, cos-joint, gn, snm,"
            + " burst, ttrbr; such as srp:tau=8; or all (default)")
    private List<String> methods;

    @Option(names = "--steps", split = ",", defaultValue = "1,2,4,8,16,32", paramLabel = "T",
        description = "time-steps, with commas between (default: ${DEFAULT-VALUE})")
    private List<Integer> steps;

    @Option(names = "--limit", paramLabel = "N", description = "classify the first N images only")
    private Integer limit;

    @Option(names = "--chip", defaultValue = "loihi2", paramLabel = "NAME|FILE.yaml",
        description = "chip that the integers are made for and run on (default: ${DEFAULT-VALUE}, which runs all methods)")
    private String chip;

    @Option(names = "--no-chip", description = "leave out the emulated chip, and with it energy and latency")
    private boolean noChip;

    @Option(names = "--no-oracle", description = "leave out the networks in integers on the plain simulator; on the chip they still run")
    private boolean noOracle;

    @Option(names = "--allow-saturation",
        description = "run networks that decide otherwise because registers overflow all the same, and count how often (default: refuse them)")
    private boolean allowSaturation;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for compare.txt, compare.csv and compare.json")
    private Path out;

    @Mixin
    private ConversionOptions conversion;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CompareOptions options = options();
        shared.requireWritable();
        ComparisonResult result = new Comparison(model, data, options, Progress.of(shared.quiet)).run();
        shared.publish(spec, out, "compare", ComparisonReport.text(result), ComparisonReport.csv(result), ComparisonReport.json(result));
        return result.differences().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private CompareOptions options() {
        for (int t : steps) {
            Require.inRange(spec, "--steps", t, 1, STEPS_MAX);
        }
        int images = limit == null ? Integer.MAX_VALUE : limit;
        Require.inRange(spec, "--limit", images, 1, Integer.MAX_VALUE);
        Require.inRange(spec, "--threads", shared.threads(), 1, 1024);
        conversion.check(spec);
        boolean all = methods.equals(List.of("all"));
        return new CompareOptions(named(all ? Methods.names() : methods), all, steps.stream().distinct().sorted().toList(),
            conversion.calibration, conversion.calibrationImages, chip, !noChip, conversion.weightBits(chip), conversion.scales(), !noOracle, allowSaturation,
            images,
            shared.threads(), shared.seed);
    }

    private List<Conversion> named(List<String> names) {
        return names.stream().distinct().map(name -> ConversionOptions.method(spec, "--methods", name)).toList();
    }
}
