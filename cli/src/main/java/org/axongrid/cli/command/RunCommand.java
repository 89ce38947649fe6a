package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.axongrid.cli.data.EventSet;
import org.axongrid.cli.pipeline.ImportedModel;
import org.axongrid.cli.pipeline.RunOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports, converts, quantises and maps a model, runs it on the emulated chip and reports. */
@Command(name = "run", mixinStandardHelpOptions = true,
    description = "Run a trained network on an emulated chip: accuracy at each step, energy, latency, cores.")
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "ONNX file of a trained network, NIR (.nir) or netx (.net) file of a spiking one, or corelet model (.json)")
    private Path model;

    @Option(names = "--data", paramLabel = "DATA",
        description = "images: an IDX, CIFAR-10, NPY or NPZ file, a folder with one, or the built-in set 'fashion'; labels are found beside them. Of NIR and"
            + " netx models also events: .zip or folder of N-MNIST recordings with labels.csv, or a table .csv of spikes by step")
    private String data;

    @Option(names = "--steps", defaultValue = "8", paramLabel = "T", description = "time-steps T (default: ${DEFAULT-VALUE}; of recordings: as long as the longest)")
    private int steps;

    @Option(names = "--limit", paramLabel = "N", description = "run the first N images only")
    private Integer limit;

    @Option(names = "--input", paramLabel = "FILE.sfti", description = "input spikes of a corelet model")
    private Path input;

    @Option(names = "--sanafe", paramLabel = "ARCH", description = "SANA-FE architecture (YAML) to run MODEL on, a SANA-FE network or netlist")
    private Path sanafe;

    @Option(names = "--bin", defaultValue = "1000", paramLabel = "US",
        description = "of recordings of events: microseconds of a time-step (default: ${DEFAULT-VALUE})")
    private int bin;

    @Mixin
    private ImportMixin importing;
    @Mixin
    private RunOptionsMixin how;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (sanafe != null) {
            return SanafeRunAndReport.run(sanafe, model, steps, how, shared, spec);
        }
        if (CoreletRunAndReport.isCorelet(model)) {
            return CoreletRunAndReport.run(model, input, how, shared, spec);
        }
        if (data == null || input != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), data == null ? "Missing required option: '--data=DATA'"
                : "--input is for corelet models (.json); images go to --data");
        }
        Require.inRange(spec, "--bin", bin, 1, 10_000_000);
        // Recordings have a length of their own.
        boolean open = EventSet.matches(data) && !spec.commandLine().getParseResult().hasMatchedOption("--steps");
        if (!open) {
            Require.inRange(spec, "--steps", steps, 1, Integer.MAX_VALUE);
        }
        RunOptions options = how.toOptions(spec, shared, open ? 0 : steps, limit == null ? Integer.MAX_VALUE : limit, ImportedModel.methodOf(model),
            importing.options(spec, bin));
        return RunAndReport.run(model, data, options, how, shared, spec.commandLine().getOut());
    }
}
