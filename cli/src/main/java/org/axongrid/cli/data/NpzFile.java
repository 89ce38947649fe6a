package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Several NumPy arrays in a zip file: images and labels under one of the usual pairs of names. */
final class NpzFile {
    private static final List<String[]> PAIRS = List.of(new String[] {"x_test", "y_test"}, new String[] {"X_test", "Y_test"},
        new String[] {"X_test", "y_test"}, new String[] {"test_images", "test_labels"}, new String[] {"images", "labels"},
        new String[] {"x", "y"}, new String[] {"X", "Y"}, new String[] {"X", "y"}, new String[] {"data", "labels"},
        new String[] {"data", "targets"}, new String[] {"arr_0", "arr_1"});

    private NpzFile() {
    }

    /** @return whether a file's first bytes are a zip file's */
    static boolean matches(byte[] first) {
        return first.length >= 4 && first[0] == 'P' && first[1] == 'K' && first[2] == 3 && first[3] == 4;
    }

    /** @return the images, labelled if the file has labels */
    static ImageSet images(Path path, Shape expected) {
        String file = path.getFileName().toString();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            Map<String, ZipEntry> arrays = new LinkedHashMap<>();
            zip.stream().filter(e -> e.getName().endsWith(".npy")).forEach(e -> arrays.put(e.getName().substring(0, e.getName().length() - 4), e));
            String images = null;
            String labels = null;
            for (String[] pair : PAIRS) {
                if (images == null && arrays.containsKey(pair[0]) && arrays.containsKey(pair[1])) {
                    images = pair[0];
                    labels = pair[1];
                }
            }
            for (String[] pair : PAIRS) {
                images = images == null && arrays.containsKey(pair[0]) ? pair[0] : images;
            }
            if (images == null && arrays.size() == 1) {
                images = arrays.keySet().iterator().next();
            }
            if (images == null) {
                throw new InvalidInputException(file + ": arrays " + listed(arrays) + ", expected such as x_test and y_test, or images and labels");
            }
            int[] classes = null;
            if (labels != null) {
                try (ByteSource in = ByteSource.of(file + ":" + labels, zip.getInputStream(arrays.get(labels)))) {
                    classes = NpyFile.labels(in);
                }
            }
            try (ByteSource in = ByteSource.of(file + ":" + images, zip.getInputStream(arrays.get(images)))) {
                return NpyFile.images(in, expected, classes);
            }
        } catch (IOException | IllegalArgumentException e) {
            // The zip classes report undecodable entry names as IllegalArgumentException.
            throw new InvalidInputException(file + ": damaged zip file: " + e.getMessage(), e);
        }
    }

    private static String listed(Map<String, ZipEntry> arrays) {
        String all = String.join(", ", arrays.keySet()).replaceAll("\\p{Cntrl}", "?");
        return "[" + (all.length() > 200 ? all.substring(0, 200) + "..." : all) + "]";
    }
}
