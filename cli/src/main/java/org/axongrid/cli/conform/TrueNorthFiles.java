package org.axongrid.cli.conform;

import java.nio.file.Files;
import java.nio.file.Path;
import org.axongrid.cli.corelet.JsonWalk;
import org.axongrid.isa.InvalidInputException;

/** Files of TrueNorth: cases (JSON with a table of potentials beside it), corelet models and spike files. */
final class TrueNorthFiles {
    private TrueNorthFiles() { }

    /** @return whether the file's name is that of a case, a corelet model or a spike file */
    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return plain.endsWith(".json") || plain.endsWith(".sfti");
    }

    /** @return whether a table with this header belongs to a case beside it */
    static boolean belongsToCase(Path table, String header) {
        return TrueNorthPotentials.isHeader(header) && Files.isRegularFile(TrueNorthPotentials.caseOf(table));
    }

    /** Replays a file. */
    static void replay(Path file, Tally tally) {
        String name = file.getFileName().toString();
        try {
            try (JsonWalk in = new JsonWalk(file)) {
                TrueNorthReplay.run(TrueNorthCaseReader.read(in, file));
            }
            tally.passed();
        } catch (CaseFailure e) {
            tally.failed(name, e.getMessage());
        }
    }
}
