package org.axongrid.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.axongrid.cli.pipeline.RunOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The main job on a model and data that ship with the project. */
@Command(name = "demo", mixinStandardHelpOptions = true,
    description = "Run a shipped convolutional network (fashion_cnn_L4) on shipped test images (Fashion-MNIST).")
final class DemoCommand implements Callable<Integer> {
    private static final String MODEL = "fashion_cnn_L4.onnx";

    @Option(names = "--steps", defaultValue = "16", paramLabel = "T", description = "time-steps T (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--limit", defaultValue = "2000", paramLabel = "N",
        description = "images (default: ${DEFAULT-VALUE}; there are 10,000)")
    private int limit;

    @Mixin
    private RunOptionsMixin how;
    @Mixin
    private SharedOptions shared;
    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        RunOptions options = how.toOptions(spec, shared, steps, limit);
        Path folder = Files.createTempDirectory("axongrid-demo");
        Path model = folder.resolve(MODEL);
        try (InputStream in = DemoCommand.class.getResourceAsStream("/org/axongrid/cli/demo/" + MODEL)) {
            Files.copy(in, model);
            return RunAndReport.run(model, "fashion", options, how, shared, spec.commandLine().getOut());
        } finally {
            Files.deleteIfExists(model);
            Files.deleteIfExists(folder);
        }
    }
}
