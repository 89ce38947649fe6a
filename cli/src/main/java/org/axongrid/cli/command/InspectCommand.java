package org.axongrid.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.axongrid.cli.pipeline.ImportedModel;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageCodec;
import org.axongrid.isa.image.ChipImageText;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.netx.NetxImporter;
import org.axongrid.mapper.nir.NirImporter;
import org.axongrid.mapper.nir.NirReader;
import org.axongrid.mapper.nir.NirText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a saved chip image as text. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
    description = "Show a chip image as text: its cores, regions, and one core in full; or a NIR or netx model: its nodes and shapes.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "chip image, as written by run --save-image; or NIR (.nir) or netx (.net) file")
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
        if (ImportedModel.format(file) != null) {
            PrintWriter out = spec.commandLine().getOut();
            List<String> text = ImportedModel.format(file).equals(NirImporter.METHOD) ? NirText.of(NirReader.read(file)) : NetxImporter.describe(file);
            text.stream().limit(lines).forEach(line -> out.print(line + "\n"));
            if (text.size() > lines) {
                out.print("... and " + (text.size() - lines) + " more lines (--lines)\n");
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
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
