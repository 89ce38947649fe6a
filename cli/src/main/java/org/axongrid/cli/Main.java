package org.axongrid.cli;

import java.util.Locale;
import org.axongrid.cli.command.AxongridCommand;
import org.axongrid.isa.InvalidInputException;
import picocli.CommandLine;

/** Entry point of the command line. Exit status: 0 done, 1 failed, 2 wrong usage. */
public final class Main {
    private Main() { }

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * @param args the command line
     * @return exit status
     */
    public static int run(String... args) {
        CommandLine line = new CommandLine(new AxongridCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::usage);
        line.setExecutionExceptionHandler(Main::failure);
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return outOfMemory(e, line, line.getParseResult());
        }
    }

    private static int outOfMemory(Throwable e, CommandLine line, CommandLine.ParseResult parsed) {
        line.getErr().println(String.format(Locale.ROOT, "axongrid: not enough memory: the JVM's %,d MB are full; fewer --threads, a smaller --batch or --no-oracle"
            + " take less, AXONGRID_JAVA_OPTS=-Xmx... gives it more", Runtime.getRuntime().maxMemory() >> 20));
        if (debug(parsed)) {
            e.printStackTrace(line.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isOutOfMemory(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static int usage(CommandLine.ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        line.getErr().println("axongrid: " + oneLine(e.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int failure(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        if (isOutOfMemory(e)) {
            return outOfMemory(e, line, parsed);
        }
        boolean expected = e instanceof InvalidInputException;
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        line.getErr().println("axongrid: " + (expected ? oneLine(what) : "internal error: " + oneLine(e.getClass().getSimpleName() + ": "
            + what) + " (--debug shows where; please report it)"));
        if (debug(parsed)) {
            e.printStackTrace(line.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean debug(CommandLine.ParseResult parsed) {
        for (CommandLine.ParseResult p = parsed; p != null; p = p.hasSubcommand() ? p.subcommand() : null) {
            if (p.hasMatchedOption("--debug")) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
