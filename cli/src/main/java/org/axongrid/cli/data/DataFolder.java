package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the one image file in a folder. */
final class DataFolder {
    private DataFolder() {
    }

    /**
     * @param folder a folder
     * @return its image file; the test set where there are others, too
     * @throws InvalidInputException if there is none or more than one
     */
    static Path images(Path folder) {
        List<Path> all;
        try (Stream<Path> entries = Files.list(folder)) {
            all = entries.filter(Files::isRegularFile).filter(p -> isImages(lower(p))).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException(folder + ": cannot be listed: " + e.getMessage(), e);
        }
        List<Path> found = all.size() < 2 ? all : all.stream().filter(p -> lower(p).contains("t10k") || lower(p).contains("test")).toList();
        if (found.size() != 1) {
            List<String> names = (found.isEmpty() ? all : found).stream().map(p -> p.getFileName().toString()).limit(8).toList();
            throw new InvalidInputException(folder + ": " + (all.isEmpty()
                ? "no IDX images, CIFAR-10 batch (.bin), .npy or .npz file in this folder"
                : "several image files, name one of them: " + String.join(", ", names)));
        }
        return found.get(0);
    }

    private static String lower(Path p) {
        return p.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isImages(String name) {
        String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (bare.endsWith(".npz") || bare.endsWith(".bin")) {
            return true;
        }
        if (bare.endsWith(".npy")) {
            return !bare.contains("label") && !bare.matches("y([_-].*)?\\.npy");
        }
        return bare.contains("idx3") || bare.contains("images") && bare.endsWith("ubyte");
    }
}
