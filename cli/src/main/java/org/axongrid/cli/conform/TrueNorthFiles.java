package org.axongrid.cli.conform;

import java.nio.file.Files;
import java.nio.file.Path;
import org.axongrid.cli.corelet.CoreletReader;
import org.axongrid.cli.corelet.JsonWalk;

/** Files of TrueNorth: cases (JSON with a table of potentials beside it), corelet models and spike files. */
final class TrueNorthFiles {
    private TrueNorthFiles() { }

    /** @return whether the file is a case, a corelet model or a spike file */
    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".json")) {
            String[] start = JsonWalk.start(file);
            return start[1].equals(TrueNorthCaseReader.FORMAT) || CoreletReader.startsWith(start[0]);
        }
        return plain.endsWith(".sfti");
    }

    /** @return whether a table with this header belongs to a case beside it */
    static boolean belongsToCase(Path table, String header) {
        return TrueNorthPotentials.isHeader(header) && Files.isRegularFile(TrueNorthPotentials.caseOf(table));
    }

    /** Replays a file. */
    static void replay(Path file, Tally tally) {
        try {
            if (file.getFileName().toString().contains(".sfti")) {
                CoreletVectors.spikes(file);
            } else if (JsonWalk.start(file)[1].equals(TrueNorthCaseReader.FORMAT)) {
                TrueNorthReplay.run(read(file));
            } else {
                CoreletVectors.model(file);
            }
            tally.passed();
        } catch (CaseFailure e) {
            tally.failed(file.getFileName().toString(), e.getMessage());
        }
    }

    /** @return the case in a file */
    static TrueNorthCase read(Path file) {
        try (JsonWalk in = new JsonWalk(file)) {
            return TrueNorthCaseReader.read(in, file);
        }
    }
}
