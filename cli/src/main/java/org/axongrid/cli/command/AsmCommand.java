package org.axongrid.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.axongrid.isa.image.NeuronProgramFile;
import org.axongrid.isa.microcode.Disassembler;
import org.axongrid.isa.microcode.Instruction;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.microcode.NeuronPrograms;
import org.axongrid.isa.microcode.Opcode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Assembles a neuron program and shows its instructions with code and cycles. */
@Command(name = "asm", mixinStandardHelpOptions = true,
    description = "Assemble a neuron program; without one, list the library and the instructions.")
final class AsmCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME|FILE.neuron", description = "a program of the library or a text file")
    private String program;

    @Option(names = "--out", paramLabel = "FILE", description = "write the assembled program, for disasm")
    private Path out;

    @Option(names = "--source", description = "print the program's text instead")
    private boolean source;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter text = spec.commandLine().getOut();
        if (program == null) {
            if (out != null || source) {
                throw new CommandLine.ParameterException(spec.commandLine(), "--out and --source need a program");
            }
            library(text);
        } else if (source) {
            NeuronPrograms.open(program);
            text.print(NeuronPrograms.source(program));
        } else {
            NeuronProgram p = NeuronPrograms.open(program);
            if (out != null) {
                NeuronProgramFile.write(p, out);
            }
            listing(p, text);
        }
        text.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void library(PrintWriter out) {
        out.println("Neuron programs of the library");
        out.printf("  %-22s %12s %10s %14s%n", "name", "instructions", "state bits", "longest cycles");
        for (String name : NeuronPrograms.LIBRARY) {
            NeuronProgram p = NeuronPrograms.library(name);
            out.printf(Locale.ROOT, "  %-22s %12d %10d %14d%n", name, p.code().size(), p.stateBits(), p.longestCycles());
        }
        out.println();
        out.println("Instructions; each state word that one reads or writes takes a cycle more");
        out.printf("  %-8s %-12s %6s  %s%n", "name", "operands", "cycles", "meaning");
        for (Opcode o : Opcode.values()) {
            out.printf(Locale.ROOT, "  %-8s %-12s %6d  %s%n", o.mnemonic(), o.shape().text(), o.cycles(), o.meaning());
        }
    }

    private static void listing(NeuronProgram p, PrintWriter out) {
        out.printf(Locale.ROOT, "%s: %d instructions, %d state words of %d bits, %d constants, at most %d cycles an update%n", p.name(),
            p.code().size(), p.state().size(), p.stateBits(), p.constants().size(), p.longestCycles());
        out.printf("  %4s %-16s %6s  %s%n", "at", "code", "cycles", "instruction");
        for (int i = 0; i < p.code().size(); i++) {
            Instruction in = p.code().get(i);
            out.printf(Locale.ROOT, "  %4d %016x %6d  %s%n", i, in.encode(), in.cycles(), Disassembler.statement(p, i));
        }
    }
}
