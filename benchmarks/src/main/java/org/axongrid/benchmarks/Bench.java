package org.axongrid.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.axongrid.cli.output.AtomicFile;
import org.axongrid.isa.InvalidInputException;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bench}: runs the benchmarks, writes their results, and sets them beside those of another run. */
@Command(name = "axongrid bench", mixinStandardHelpOptions = true, sortOptions = false, versionProvider = Bench.Version.class,
    description = "Runs the JMH benchmarks. On a machine that does other work compare rates per CPU second, not scores.")
final class Bench implements Callable<Integer> {
    /** How much is measured. */
    enum Profile {
        /** Minutes: one fork, short iterations, few parameters. */
        SMALL,
        /** An hour or more: what the benchmarks say themselves, in two forks. */
        FULL
    }

    /** The JDK that measures. */
    static final class Version implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"JMH 1.37, Java " + Runtime.version()};
        }
    }

    @Option(names = "--profile", paramLabel = "small|full", defaultValue = "SMALL", description = "how much is measured (default: small)")
    private Profile profile;

    @Option(names = "--json", paramLabel = "FILE", description = "write the results here, as JMH's JSON")
    private Path json;

    @Option(names = "--compare", paramLabel = "OLD.json", description = "set the results beside those of an earlier --json")
    private Path old;

    @Option(names = "--param", paramLabel = "NAME=A,B", description = "values of a benchmark's parameter; may be repeated")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--kernels", paramLabel = "plain|wide|fast|vector", description = "forces the kernels of cores")
    private String kernels;

    @Option(names = "--list", description = "names the benchmarks and does nothing")
    private boolean list;

    @Option(names = "--memory", description = "measures the memory that images take and the time to the first step, and no benchmark")
    private boolean memory;

    @Option(names = "--sizes", description = "measures data sets on networks from LeNet-5 to ResNet-34, layer by layer, and no benchmark")
    private boolean sizes;

    @Option(names = "--load", description = "measures one and two threads, alone and with busy loops beside, and no benchmark")
    private boolean load;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "2", description = "threads of --sizes (default: 2)")
    private int threads;

    @Parameters(paramLabel = "PATTERN", arity = "0..*", description = "regular expressions over the benchmarks' names (default: all)")
    private List<String> patterns = new ArrayList<>();

    private final List<String> jvmFlags;

    /** @param jvmFlags flags that the measuring JVMs need */
    Bench(List<String> jvmFlags) {
        this.jvmFlags = jvmFlags;
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        if (memory) {
            Footprint.print();
            return 0;
        }
        if (load) {
            BusyMachine.print();
            return 0;
        }
        if (sizes) {
            NetworkSizes.print(threads);
            return 0;
        }
        String folder = parameters.stream().filter(p -> p.startsWith("folder=")).findFirst().map(p -> p.substring(7)).orElse(TrueNorthReplay.FOLDER);
        Map<String, Scores.Score> before = old == null ? null : Scores.read(old);
        if (json != null) {
            AtomicFile.requireWritable(json);
        }
        Path results = Files.createTempFile("axongrid-bench", ".json");
        try {
            ChainedOptionsBuilder options = new OptionsBuilder().jvmArgsPrepend(flags()).result(results.toString())
                .resultFormat(ResultFormatType.JSON).shouldFailOnError(true);
            patterns.forEach(options::include);
            if (!list && !TrueNorthReplay.isThere(Path.of(folder))) {
                skipReplay(options, folder);
            }
            if (profile == Profile.SMALL) {
                options.forks(1).warmupIterations(10).warmupTime(TimeValue.milliseconds(200)).measurementIterations(30)
                    .measurementTime(TimeValue.milliseconds(80)).param("perMille", "100").param("rowLength", "64", "256").param("period", "1", "50");
            } else {
                options.forks(2);
            }
            for (String p : parameters) {
                int equals = p.indexOf('=');
                if (equals < 1) {
                    throw new InvalidInputException("--param " + p + ": expected NAME=VALUE,VALUE");
                }
                options.param(p.substring(0, equals), p.substring(equals + 1).split(","));
            }
            Runner runner = new Runner(options.build());
            if (list) {
                runner.list();
                return 0;
            }
            runner.run();
            if (json != null) {
                AtomicFile.write(json, Files.readAllBytes(results));
            }
            System.out.printf(Locale.ROOT, "%n%s profile, Java %s, %s%n", profile.name().toLowerCase(Locale.ROOT), Runtime.version(),
                profile == Profile.SMALL ? "one fork, 2 s of warm-up, 30 iterations of 80 ms" : "two forks, warm-up and iterations as each benchmark says");
            System.out.print(Scores.table(Scores.read(results), before));
            return 0;
        } catch (NoBenchmarksException e) {
            throw new InvalidInputException("no benchmark matches " + String.join(" ", patterns) + "; --list names them", e);
        } finally {
            Files.deleteIfExists(results);
        }
    }

    /** Golden vectors do not belong to the project's files: without them everything else is measured. */
    private void skipReplay(ChainedOptionsBuilder options, String folder) {
        String replay = TrueNorthReplay.class.getSimpleName();
        String cause = replay + " needs the golden vectors of TrueNorth: " + folder + " has no " + TrueNorthReplay.FIRST
            + "; --param folder=FOLDER names theirs";
        if (!folder.equals(TrueNorthReplay.FOLDER) || !patterns.isEmpty() && patterns.stream().allMatch(p -> p.contains(replay))) {
            throw new InvalidInputException(cause);
        }
        options.exclude("\\." + replay + "\\.");
        System.err.println("axongrid: " + cause + "; skipped");
    }

    private String[] flags() {
        List<String> flags = new ArrayList<>(jvmFlags);
        if (kernels != null) {
            flags.add("-Daxongrid.kernels=" + kernels);
        }
        return flags.toArray(String[]::new);
    }
}
