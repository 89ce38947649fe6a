package org.axongrid.cli.conform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axongrid.cli.sanafe.ArchitectureReader;
import org.axongrid.cli.sanafe.DescriptionKind;

/** Runs of SANA-FE: a table of cases, whose rows name descriptions and folders of results beside it. */
final class SanafeVectors {
    private static final String HEADER = "case,architecture,network,format,steps,mode,expected,traces";
    private static final int COLUMNS = 8;
    private static final List<String> RESULTS = List.of("run_summary.yaml", "perf.csv", "messages.csv", "spikes.csv", "potentials.csv");
    /** How many folders above a file its table may be. */
    private static final int UP = 3;

    private SanafeVectors() { }

    /** One row; paths are resolved. */
    record Row(String name, Path architecture, Path network, int steps, String mode, Path expected, Path traces) { }

    /** @return whether a file with this header is a table of cases */
    static boolean starts(String header) {
        return header.equals(HEADER);
    }

    /**
     * @return whether a file belongs to a table of cases in a folder above: a result or a description. A description that no case uses is read, so
     *     that it fails if it cannot be
     */
    static boolean belongsToCases(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (int i = 0; i < UP && folder != null; i++, folder = folder.getParent()) {
            Path table = folder.resolve("cases.csv");
            if (!table.equals(file.toAbsolutePath().normalize()) && isTable(table)) {
                return belongsTo(table, file.toAbsolutePath().normalize());
            }
        }
        return false;
    }

    private static boolean isTable(Path table) {
        if (!Files.isRegularFile(table)) {
            return false;
        }
        try (VectorLines lines = new VectorLines(table)) {
            String first = lines.next();
            return first != null && starts(first);
        }
    }

    private static boolean belongsTo(Path table, Path file) {
        Set<Path> used = new HashSet<>();
        try (VectorLines lines = new VectorLines(table)) {
            lines.next();
            for (Row row = next(lines, table); row != null; row = next(lines, table)) {
                used.add(row.architecture);
                used.add(row.network);
                for (String result : RESULTS) {
                    used.add(row.expected.resolve(result));
                    if (row.traces != null) {
                        used.add(row.traces.resolve(result));
                    }
                }
            }
        }
        String name = file.getFileName().toString();
        return used.contains(file) || name.endsWith(".gz") && used.contains(file.resolveSibling(name.substring(0, name.length() - 3)))
            || !name.contains(".csv") && DescriptionKind.read(file);
    }

    private static Row next(VectorLines lines, Path table) {
        String line = lines.next();
        if (line == null) {
            return null;
        }
        List<String> cells = VectorLines.fields(line);
        if (cells.size() != COLUMNS) {
            throw lines.error(cells.size() + " cells, the header has " + COLUMNS);
        }
        Path folder = table.toAbsolutePath().normalize().getParent();
        Path[] paths = new Path[COLUMNS];
        for (int i : new int[] {1, 2, 6, 7}) {
            try {
                paths[i] = folder.resolve(cells.get(i)).normalize();
            } catch (java.nio.file.InvalidPathException e) {
                throw lines.error("'" + VectorLines.shortened(cells.get(i)) + "' is no path");
            }
        }
        return new Row(cells.get(0), paths[1], paths[2], lines.integer(cells, 4, 1, 1 << 24), cells.get(5), paths[6],
            cells.get(7).isEmpty() ? null : paths[7]);
    }

    /** Replays all cases of a table. */
    static void replay(Path table, Tally tally) {
        try (VectorLines lines = new VectorLines(table)) {
            lines.next();
            for (Row row = next(lines, table); row != null; row = next(lines, table)) {
                String name = row.name + " " + row.mode;
                if (!List.of("simple", "detailed", "cycle").contains(row.mode)) {
                    tally.notModelled("case of mode " + VectorLines.shortened(row.mode));
                    continue;
                }
                try {
                    double ratio = new SanafeReplay(row, ArchitectureReader.read(row.architecture)).run();
                    if (row.mode.equals("cycle")) {
                        tally.remark(name + ": times are not compared; theirs over ours (detailed): " + String.format(java.util.Locale.ROOT,
                            "%.4f", ratio));
                    }
                    tally.passed();
                } catch (CaseFailure e) {
                    tally.failed(name, e.getMessage());
                }
            }
        }
    }
}
