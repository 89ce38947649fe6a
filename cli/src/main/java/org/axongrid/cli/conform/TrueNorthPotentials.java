package org.axongrid.cli.conform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.InvalidInputException;

/** The table of membrane potentials of a TrueNorth case, read row by row: tick, core, then V of each neuron at the end of the tick. */
final class TrueNorthPotentials implements AutoCloseable {
    private static final String HEADER = "tick,core,v";

    private final TrueNorthCase c;
    private final VectorLines lines;

    /**
     * Opens the table beside the case's file.
     *
     * @throws InvalidInputException if there is none
     */
    TrueNorthPotentials(TrueNorthCase c) {
        this.c = c;
        Path file = c.potentials();
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(c.file() + ": no table of potentials beside it (" + file.getFileName() + ")");
        }
        lines = new VectorLines(file);
        String header = lines.next();
        if (header == null || !isHeader(header)) {
            throw lines.error("no table of potentials: it does not start with " + HEADER);
        }
    }

    /** @return whether a table with this header holds potentials of a case beside it */
    static boolean isHeader(String header) {
        return header.startsWith(HEADER);
    }

    /** @return the case's file to which a table of potentials belongs */
    static Path caseOf(Path table) {
        return table.resolveSibling(table.getFileName().toString().replaceFirst("\\.v\\.csv(\\.gz)?$", ".json$1"));
    }

    /** @return by neuron: V of the next row, which has to be that of the tick and core */
    int[] next(int tick, int core) {
        String line = lines.next();
        if (line == null) {
            throw lines.error("ends before tick " + tick + ", core " + core);
        }
        List<String> fields = VectorLines.fields(line);
        if (lines.integer(fields, 0, 0, Integer.MAX_VALUE) != tick || lines.integer(fields, 1, 0, Integer.MAX_VALUE) != core) {
            throw lines.error("this is tick " + fields.get(0) + ", core " + fields.get(1) + "; expected tick " + tick + ", core " + core);
        }
        int[] values = lines.integers(fields, 2);
        if (values.length != c.cores().get(core).compartments()) {
            throw lines.error(values.length + " potentials for " + c.cores().get(core).compartments() + " neurons");
        }
        return values;
    }

    /** Checks that no row is left. */
    void end() {
        if (lines.next() != null) {
            throw lines.error("more rows than ticks and cores");
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
