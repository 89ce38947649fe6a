package org.axongrid.cli.command;

import java.nio.file.Path;
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
}
