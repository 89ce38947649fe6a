package org.axongrid.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.axongrid.isa.InvalidInputException;

/** Reads the .bin recordings and the labels of a zip file or a folder. */
final class RecordingFiles {
    private static final int FILE_MAX = 1 << 26;

    private RecordingFiles() { }

    /** @return contents by file name, without folders */
    static Map<String, byte[]> read(Path path) {
        Map<String, byte[]> out = new HashMap<>();
        long[] held = {0};
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        if (isWanted(file.getFileName().toString())) {
                            put(out, held, path, file.getFileName().toString(), Files.newInputStream(file));
                        }
                    }
                }
                return out;
            }
            try (ZipFile zip = new ZipFile(path.toFile())) {
                for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements();) {
                    ZipEntry entry = e.nextElement();
                    String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                    if (!entry.isDirectory() && isWanted(name)) {
                        put(out, held, path, name, zip.getInputStream(entry));
                    }
                }
            }
            return out;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            // The zip classes report undecodable entry names as IllegalArgumentException.
            throw new InvalidInputException(path + ": damaged or unreadable: " + e.getMessage(), e);
        }
    }

    /** @return whether a folder holds .bin files */
    static boolean inFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(f -> f.getFileName().toString().endsWith(".bin"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** @return whether a zip file holds .bin files; arrays of NumPy may be in one, too */
    static boolean inArchive(Path path) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            return zip.stream().anyMatch(e -> e.getName().endsWith(".bin"));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isWanted(String name) {
        return name.endsWith(".bin") || name.equals("labels.csv");
    }

    private static void put(Map<String, byte[]> out, long[] held, Path path, String name, InputStream stream) throws IOException {
        try (stream) {
            byte[] bytes = stream.readNBytes(FILE_MAX + 1);
            held[0] += bytes.length;
            if (bytes.length > FILE_MAX || held[0] > Runtime.getRuntime().maxMemory() / 8) {
                throw new InvalidInputException(path + ": " + name.replaceAll("\\p{Cntrl}", "?") + " and those before it hold "
                    + (held[0] >> 20) + " MiB, more than can be read at once (64 MiB each, an eighth of the JVM's memory in all)");
            }
            out.put(name, bytes);
        }
    }

    /** @return class by file name, from lines {@code file,label} under a header */
    static Map<String, Integer> labels(String place, byte[] csv, int classes) {
        Map<String, Integer> out = new HashMap<>();
        List<String> lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            String[] parts = lines.get(i).split(",", -1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            if (parts.length != 2 || !parts[1].strip().matches("\\d{1,6}") || Integer.parseInt(parts[1].strip()) >= classes) {
                throw new InvalidInputException(place + ":labels.csv, line " + (i + 1) + ": expected a file and a class below " + classes);
            }
            out.put(parts[0].strip(), Integer.parseInt(parts[1].strip()));
        }
        return out;
    }
}
