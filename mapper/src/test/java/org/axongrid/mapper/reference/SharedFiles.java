package org.axongrid.mapper.reference;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The project's shared folder: trained models, data sets, golden vectors. Tests that need it are skipped where it is absent. */
public final class SharedFiles {
    private SharedFiles() { }

    /** @return the file or folder; the calling test is skipped if there is none */
    public static Path require(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(found != null, () -> "no " + name + " in a shared folder; -Daxongrid.shared=DIR says where it is");
        return found;
    }

    /** @return the file or folder, or null */
    public static Path find(String name) {
        String said = System.getProperty("axongrid.shared");
        if (said != null) {
            return existing(Path.of(said).resolve(name));
        }
        for (Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = existing(at.resolve("shared").resolve(name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Path existing(Path path) {
        return Files.exists(path) ? path : null;
    }
}
