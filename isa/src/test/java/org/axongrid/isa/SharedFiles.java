package org.axongrid.isa;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reference data that is not in the repository: the folder is the system property {@code axongrid.shared}, or stands beside the checkout. */
public final class SharedFiles {
    private SharedFiles() { }

    /** @return the file, if it is there */
    public static Optional<Path> find(String path) {
        return Stream.of(System.getProperty("axongrid.shared", "../shared"), "../shared", "../../shared").map(f -> Path.of(f, path))
            .filter(Files::isRegularFile).findFirst();
    }
}
