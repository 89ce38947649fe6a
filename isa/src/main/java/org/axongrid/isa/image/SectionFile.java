package org.axongrid.isa.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.axongrid.isa.InvalidInputException;

/** A file of checksummed sections while it is read, section by section; and how such files come into being. */
final class SectionFile {
    /** Writes the content of a file. */
    @FunctionalInterface
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Reads the content of a file. */
    @FunctionalInterface
    interface Reader<T> {
        T read(SectionFile file) throws IOException;
    }

    private final InputStream in;
    private final long size;
    private final String place;
    private long at;

    /**
     * @param in      the file's bytes
     * @param size    how many there are
     * @param place   for messages
     * @param magic   eight characters that it starts with
     * @param version the only version that is read
     * @param noun    what it is, for messages
     */
    SectionFile(InputStream in, long size, String place, String magic, int version, String noun) throws IOException {
        this.in = in;
        this.size = size;
        this.place = place;
        byte[] start = in.readNBytes(magic.length());
        if (!Arrays.equals(start, magic.getBytes(StandardCharsets.US_ASCII))) {
            throw new InvalidInputException(place + ": not a " + noun + ": it does not start with " + magic);
        }
        at = magic.length();
        int found = ByteBuffer.wrap(take(4, "header")).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (found != version) {
            throw new InvalidInputException(place + ": header, byte " + magic.length() + ": format version " + found
                + (found > version ? " is newer than " + version + ", the newest that this program reads"
                : found > 0 ? " is older than " + version + ", the only one that this program reads" : " does not exist"));
        }
    }

    static void writeHeader(OutputStream out, String magic, int version) throws IOException {
        out.write(magic.getBytes(StandardCharsets.US_ASCII));
        out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(version).array());
    }

    /** Writes a file, first beside its place and then, when it is whole, in it. */
    static void write(Path file, String magic, int version, Content content) {
        Path temporary = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("is a folder");
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), 1 << 16)) {
                writeHeader(out, magic, version);
                content.write(out);
            }
            move(temporary, file);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + cause(e, "its folder does not exist"), e);
        } finally {
            discard(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // What counts is reported already; a left-over has a name that nobody takes for the file.
        }
    }

    /** Opens a file and reads it. */
    static <T> T read(Path file, String magic, int version, String noun, Reader<T> reader) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return reader.read(new SectionFile(in, Files.size(file), file.toString(), magic, version, noun));
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + cause(e, "no such file"), e);
        }
    }

    private static String cause(IOException e, String absent) {
        return e instanceof NoSuchFileException ? absent : e instanceof AccessDeniedException ? "no permission" : e.getMessage();
    }

    String place() {
        return place;
    }

    /** @return bytes that have not been read yet */
    long remaining() {
        return size - at;
    }

    /** Complains if anything follows. */
    void end() throws IOException {
        if (at != size || in.read() >= 0) {
            throw new InvalidInputException(place + ": " + Math.max(1, size - at) + " bytes after the end at byte " + at);
        }
    }

    /**
     * @param tag  that the section must have
     * @param name for messages
     * @return its content, checked
     */
    SectionReader section(String tag, String name) throws IOException {
        String where = "section " + name;
        long start = at;
        byte[] frame = take(12, where);
        ByteBuffer head = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (!Arrays.equals(frame, 0, 4, tag.getBytes(StandardCharsets.US_ASCII), 0, 4)) {
            throw new InvalidInputException(place + ": " + where + ", byte " + start + ": another section starts here, '"
                + printable(frame) + "'");
        }
        long length = head.getLong(4);
        if (length < 0 || length > size - at - 4) {
            throw new InvalidInputException(place + ": " + where + ", byte " + (start + 4) + ": it has " + length
                + " bytes and a checksum, of which the file has " + (size - at) + ": truncated or damaged");
        }
        if (length > Integer.MAX_VALUE - 16) {
            throw new InvalidInputException(place + ": " + where + ", byte " + (start + 4) + ": " + length + " bytes are too many for a section");
        }
        byte[] content = take((int) length, where);
        int stored = ByteBuffer.wrap(take(4, where)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        CRC32C crc = new CRC32C();
        crc.update(frame);
        crc.update(content);
        if (stored != (int) crc.getValue()) {
            throw new InvalidInputException(place + ": " + where + ", byte " + start + ": checksum is " + Integer.toHexString(stored)
                + ", its bytes give " + Long.toHexString(crc.getValue()) + ": damaged");
        }
        return new SectionReader(content, place + ": " + where, start + 12);
    }

    private byte[] take(int bytes, String where) throws IOException {
        long before = at;
        byte[] taken = bytes > size - at ? new byte[0] : in.readNBytes(bytes);
        if (taken.length < bytes) {
            throw new InvalidInputException(place + ": " + where + ", byte " + before + ": the file ends here, " + bytes
                + " bytes expected: truncated");
        }
        at += bytes;
        return taken;
    }

    private static String printable(byte[] tag) {
        return new String(tag, 0, 4, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }
}
