package org.axongrid.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.axongrid.cli.conform.Conformance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays conformance vectors. */
@Command(name = "conform", mixinStandardHelpOptions = true,
    description = "Replay conformance vectors on the emulated cores and compare every integer. Exit status 1 if one differs.")
final class ConformCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "files of vectors, or folders to search for them")
    private List<Path> paths;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean clean = new Conformance(spec.commandLine().getOut(), spec.commandLine().getErr()).run(paths).isClean();
        return clean ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
