package org.axongrid.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.axongrid.isa.InvalidInputException;

/** Writes files beside their final name and moves them into place when they are whole. */
public final class AtomicFile {
    private AtomicFile() { }

    /** Checks before a long run that a file can be written at the end. */
    public static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is a folder, expected a file name");
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new InvalidInputException(file + ": cannot be written: " + (Files.isDirectory(folder) ? "no permission for " : "no folder ")
                + folder);
        }
    }

    /** Makes a folder, its parents too. */
    public static void requireFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InvalidInputException(folder + ": the folder cannot be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new InvalidInputException(folder + ": no permission to write");
        }
    }

    /** Writes a text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes. */
    public static void write(Path file, byte[] bytes) {
        replace(file, temporary -> Files.write(temporary, bytes));
    }

    /** Writes a text of any length as it is made. */
    public static void write(Path file, Content content) {
        replace(file, temporary -> {
            try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
                content.to(out);
            }
        });
    }

    /** Makes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** @param out where it goes */
        void to(Writer out) throws IOException;
    }

    @FunctionalInterface
    private interface Filling {
        void fill(Path temporary) throws IOException;
    }

    private static void replace(Path file, Filling filling) {
        // Not createTempFile: that makes files which only their owner can read.
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            filling.fill(temporary);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException | UncheckedIOException e) {
            temporary.toFile().delete();
            throw new InvalidInputException(file + ": cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            temporary.toFile().delete();
            throw e;
        }
    }
}
