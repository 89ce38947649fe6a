package org.axongrid.cli.conform;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.axongrid.isa.InvalidInputException;

/** Replays files and folders of vectors, one after the other, and prints a line for each failure, each file, and the end. */
public final class Conformance {
    private final PrintWriter out;
    private final PrintWriter err;
    private final Tally total;

    /**
     * @param out results
     * @param err files that cannot be read
     */
    public Conformance(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        this.total = new Tally(out);
    }

    /**
     * @param paths files, and folders that are searched through
     * @return the counts
     */
    public Tally run(List<Path> paths) {
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files(path).forEach(f -> file(f, true));
            } else {
                file(path, false);
            }
        }
        out.println(total);
        out.flush();
        return total;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(f -> !f.getFileName().toString().startsWith(".")
                && !f.getFileName().toString().endsWith(".md")).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new InvalidInputException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void file(Path file, boolean found) {
        Tally own = new Tally(out);
        try {
            if (vectors(file, own, found)) {
                if (!own.isEmpty()) {
                    out.println(file + ": " + own + own.skippedKinds());
                }
            } else {
                out.println("not supported yet: " + file);
                own.failedQuietly();
            }
        } catch (InvalidInputException e) {
            own.failedQuietly();
            err.println("axongrid: " + e.getMessage().replaceAll("\\s*\\R\\s*", " "));
            err.flush();
            out.println(file + ": " + own + ", not read to its end");
        }
        out.flush();
        total.add(own);
    }

    /** @return false if it is a file of another family, met while searching a folder */
    private static boolean vectors(Path file, Tally tally, boolean found) {
        String name = file.getFileName().toString();
        if (TrueNorthFiles.isOne(file)) {
            TrueNorthFiles.replay(file, tally);
            return true;
        }
        if (found && SanafeVectors.belongsToCases(file)) {
            return true;
        }
        if (found && OnnxVectors.belongsToTable(file)) {
            return true;
        }
        if (name.endsWith(".json")) {
            return conversion(file, tally, found);
        }
        if (found && !name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
            return false;
        }
        try (VectorLines lines = new VectorLines(file)) {
            String first = lines.next();
            if (first != null && MemoryRecords.starts(first)) {
                MemoryRecords records = new MemoryRecords(lines, first);
                while (records.next(tally)) {
                    continue;
                }
            } else if (first != null && MeshVectors.starts(first)) {
                MeshVectors.replay(file, first, tally);
            } else if (first != null && OnnxVectors.starts(first)) {
                OnnxVectors.replay(file, tally);
            } else if (first != null && SanafeVectors.starts(first)) {
                SanafeVectors.replay(file, tally);
            } else if (found && first != null && (MeshVectors.belongsToCase(first) || TrueNorthFiles.belongsToCase(file, first)
                || first.startsWith("method,net,params,"))) {
                return true;
            } else if (first != null && first.startsWith("case,")) {
                VectorReader reader = new VectorReader(lines, first, file.toString());
                for (VectorCase c = reader.next(); c != null; c = reader.next()) {
                    replay(c, tally);
                }
            } else if (found && first != null) {
                return false;
            } else {
                throw MemoryRecords.foreign(lines);
            }
        }
        return true;
    }

    /** @return false if it is JSON of another family, met while searching a folder */
    private static boolean conversion(Path file, Tally tally, boolean found) {
        JsonFields root = JsonFields.read(file);
        if (!ConversionCase.matches(root)) {
            if (found) {
                return false;
            }
            throw root.error("no conversion case: method, form, input_u8 and layers are expected");
        }
        try {
            ConversionReplay.run(new ConversionCase(root));
            tally.passed();
        } catch (CaseFailure e) {
            tally.failed(root.text("method"), e.getMessage());
        }
        return true;
    }

    /** Replays one case of Loihi-style neurons, native or programmed. */
    static void run(VectorCase c) {
        if (ProgramCase.KINDS.contains(c.kind())) {
            ProgramReplay.run(c);
        } else {
            CaseReplay.run(c);
        }
    }

    private static void replay(VectorCase c, Tally tally) {
        try {
            run(c);
            tally.passed();
        } catch (CaseFailure | InvalidInputException e) {
            tally.failed(c.id(), e.getMessage());
        }
    }
}
