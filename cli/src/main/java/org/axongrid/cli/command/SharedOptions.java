package org.axongrid.cli.command;

import java.nio.file.Path;
import org.axongrid.cli.output.AtomicFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that several commands share. */
public final class SharedOptions {
    /** Where results go as JSON. */
    @Option(names = "--json", paramLabel = "FILE", description = "write all results as JSON")
    Path json;

    /** No summary. */
    @Option(names = "--quiet", description = "print no summary and no progress")
    boolean quiet;

    /** Stack traces. */
    @Option(names = "--debug", description = "print a stack trace with an error")
    boolean debug;

    /** Threads of the host. */
    @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors); never changes a result")
    Integer threads;

    /** Seed of what is random. */
    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of random strategies (default: ${DEFAULT-VALUE})")
    long seed;

    /** @return threads to use */
    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** Makes sure, before a long run, that its results can be written. */
    void requireWritable() {
        if (json != null) {
            AtomicFile.requireWritable(json);
        }
    }

    /**
     * Writes results where they were asked for, and prints the text unless it is to be quiet.
     *
     * @param spec     the command
     * @param folder   where files NAME.txt, .csv and .json go, or {@code null}
     * @param name     of these files
     * @param text     for people
     * @param csv      as a table
     * @param document as JSON
     */
    void publish(CommandSpec spec, Path folder, String name, String text, String csv, String document) {
        if (folder != null) {
            AtomicFile.requireFolder(folder);
            AtomicFile.write(folder.resolve(name + ".txt"), text);
            AtomicFile.write(folder.resolve(name + ".csv"), csv);
            AtomicFile.write(folder.resolve(name + ".json"), document);
        }
        if (json != null) {
            AtomicFile.write(json, document);
        }
        if (!quiet) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
    }
}
