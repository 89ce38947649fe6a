package org.axongrid.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageCodec;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProgramFile;
import org.axongrid.isa.microcode.Disassembler;
import org.axongrid.isa.microcode.NeuronProgram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns assembled neuron programs back into text. */
@Command(name = "disasm", mixinStandardHelpOptions = true,
    description = "Show an assembled neuron program, or those of a core of a chip image, as text that asm reads.")
final class DisasmCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "what asm --out wrote, or with --core a chip image")
    private Path file;

    @Option(names = "--core", paramLabel = "N", description = "core of a chip image")
    private Integer core;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (core == null) {
            out.print(Disassembler.text(NeuronProgramFile.read(file)));
        } else {
            ChipImage image = ChipImageCodec.read(file);
            LoihiCoreImage found = image.loihiCores().stream().filter(c -> c.core() == core).findFirst().orElseThrow(() ->
                new InvalidInputException(file + ": core " + core + " is not in use"));
            if (found.programs().isEmpty()) {
                throw new InvalidInputException(file + ": core " + core + " has no neuron programs");
            }
            for (NeuronProgram p : found.programs()) {
                out.println(Disassembler.text(p));
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
