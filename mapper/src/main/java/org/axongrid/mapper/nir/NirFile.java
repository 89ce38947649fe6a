package org.axongrid.mapper.nir;

import java.util.List;

/**
 * A file's content.
 *
 * @param version of the reference implementation that wrote it, such as {@code 1.0.7}; what is written here says {@value #WRITTEN}
 * @param graph   the top graph
 * @param notes   what the reader left out: fields and entries that NIR does not know
 */
public record NirFile(String version, NirGraph graph, List<String> notes) {
    /** The version whose layout is written. */
    public static final String WRITTEN = "1.0.7";

    /** Copies the notes. */
    public NirFile {
        notes = List.copyOf(notes);
    }
}
