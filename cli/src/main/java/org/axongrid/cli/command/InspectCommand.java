package org.axongrid.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageCodec;
import org.axongrid.isa.image.ChipImageText;
import org.axongrid.isa.image.ChipImageValidator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a saved chip image as text. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
    description = "Show a chip image as text: its cores, regions, and one core in full.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "chip image, as written by run --save-image")
    private Path file;

    @Option(names = "--core", paramLabel = "N", description = "show everything of this core")
    private Integer core;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "1000", description = "lines to print at most (default: ${DEFAULT-VALUE})")
    private int lines;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Require.inRange(spec, "--lines", lines, 1, Integer.MAX_VALUE);
        ChipImage image = ChipImageCodec.read(file);
        ChipImageValidator.validate(image);
        PrintWriter out = spec.commandLine().getOut();
        if (core == null) {
            ChipImageText.summary(image, out, lines);
        } else {
            ChipImageText.core(image, core, out, lines);
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
