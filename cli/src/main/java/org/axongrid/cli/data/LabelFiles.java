package org.axongrid.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the labels that belong to an image file by the usual names. */
final class LabelFiles {
    private LabelFiles() {
    }

    /**
     * @param images an image file
     * @return the label file beside it, null if there is none
     */
    static Path beside(Path images) {
        String name = images.getFileName().toString();
        for (String candidate : candidates(name)) {
            Path path = images.resolveSibling(candidate);
            if (!candidate.equals(name) && Files.isRegularFile(path)) {
                return path;
            }
        }
        return null;
    }

    private static Set<String> candidates(String name) {
        String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        Set<String> out = new LinkedHashSet<>();
        if (bare.endsWith(".npy")) {
            String stem = bare.substring(0, bare.length() - 4);
            if (stem.contains("images")) {
                both(out, stem.replace("images", "labels") + ".npy");
            }
            if (stem.matches("[xX]([_-].*)?")) {
                both(out, "y" + stem.substring(1) + ".npy");
                both(out, "Y" + stem.substring(1) + ".npy");
            }
            both(out, stem + "_labels.npy");
            return out;
        }
        String labels = bare.replace("images", "labels").replace("idx3", "idx1");
        both(out, labels);
        both(out, labels.replace("labels-idx1", "labels.idx1"));
        both(out, labels.replace("labels.idx1", "labels-idx1"));
        return out;
    }

    private static void both(Set<String> out, String name) {
        out.add(name);
        out.add(name + ".gz");
    }
}
