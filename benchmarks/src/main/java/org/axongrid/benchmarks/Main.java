package org.axongrid.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.axongrid.emulator.kernel.VectorTrial;
import org.axongrid.isa.InvalidInputException;
import picocli.CommandLine;

/**
 * The command {@code bench}, and JMH's own command line with the flags added that Axongrid's libraries need.
 *
 * <p>JMH measures in JVMs that it starts itself, and what this jar's manifest opens does not reach
 * them.
 */
public final class Main {

    /** First JDK that warns about sun.misc.Unsafe, and so needs to be told that it is allowed. */
    private static final int WARNS_ABOUT_UNSAFE = 24;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private Main() {
    }

    /**
     * Runs JMH.
     *
     * @param args {@code bench} and the arguments of {@link Bench}, or JMH's arguments; with {@code -jvmArgsPrepend} among these nothing is added
     * @throws IOException as JMH does
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("bench")) {
            CommandLine line = new CommandLine(new Bench(List.of(jvmFlags().split(" ")))).setCaseInsensitiveEnumValuesAllowed(true);
            line.setParameterExceptionHandler((e, wrong) -> {
                System.err.println("axongrid: " + e.getMessage() + "\nTry 'axongrid bench --help'.");
                return CommandLine.ExitCode.USAGE;
            });
            line.setExecutionExceptionHandler((e, command, parsed) -> {
                if (!(e instanceof InvalidInputException)) {
                    throw e;
                }
                System.err.println("axongrid: " + e.getMessage());
                return 1;
            });
            System.exit(line.execute(Arrays.copyOfRange(args, 1, args.length)));
        }
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.contains("-jvmArgsPrepend")) {
            all.add("-jvmArgsPrepend");
            all.add(jvmFlags());
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }

    private static String jvmFlags() {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("jvm.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String flags = "--add-opens=" + properties.getProperty("opens") + "=ALL-UNNAMED";
        if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
            // At once: a benchmark's warm-up is shorter than a run.
            flags += " --add-modules=" + VECTOR_MODULE + " -D" + VectorTrial.DELAY_PROPERTY + "=0";
        }
        return Runtime.version().feature() < WARNS_ABOUT_UNSAFE
                ? flags
                : flags + " --sun-misc-unsafe-memory-access=allow";
    }
}
