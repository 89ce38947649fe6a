package org.axongrid.cli.sanafe;

import java.nio.file.Path;

/** Tells SANA-FE's descriptions apart. */
public final class DescriptionKind {
    private DescriptionKind() { }

    /**
     * Reads a description by itself, whatever it is of.
     *
     * @return false if it is none by its beginning; {@link org.axongrid.isa.InvalidInputException} if it is one that cannot be read
     */
    public static boolean read(Path file) {
        String text = SourceText.of(file);
        String first = text.lines().map(String::strip).filter(l -> !l.isEmpty() && l.charAt(0) != '#').findFirst().orElse("");
        if (first.startsWith("architecture:")) {
            ArchitectureReader.parse(text, file.toString());
        } else if (first.startsWith("network:") || first.matches("g\\s+\\d.*")) {
            NetworkReader.draft(text, file.toString());
        } else {
            return false;
        }
        return true;
    }
}
