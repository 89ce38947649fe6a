package org.axongrid.mapper.hypergraph;

import java.nio.file.Path;
import org.axongrid.isa.InvalidInputException;

/** Partitions as text, plain or gzipped: line v is the core of vertex v, from 0 on. */
public final class PartFile {
    private static final int LARGEST_CORE = 1 << 24;

    private PartFile() { }

    /**
     * @param path     the file
     * @param vertices number of vertices of the hypergraph
     * @return core by vertex
     * @throws InvalidInputException if the file cannot be read, is no partition or has another length
     */
    public static int[] read(Path path, int vertices) {
        int[] part = new int[vertices];
        try (NumberLines lines = NumberLines.open(path)) {
            for (int v = 0; v < vertices; v++) {
                lines.nextLine("the core of vertex " + (v + 1) + " of " + vertices);
                part[v] = lines.number("a core", 0, LARGEST_CORE);
                lines.endOfLine("the core");
            }
            lines.endOfFile("the last of " + vertices + " vertices");
        }
        return part;
    }

    /** @return the text of a partition */
    public static String text(int[] part) {
        StringBuilder text = new StringBuilder(4 * part.length);
        for (int core : part) {
            text.append(core).append('\n');
        }
        return text.toString();
    }
}
