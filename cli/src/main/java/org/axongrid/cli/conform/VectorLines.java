package org.axongrid.cli.conform;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.axongrid.isa.InvalidInputException;

/** The lines of a file of vectors, plain or gzip, one at a time: a file that unpacks to much more than it seems costs time, not memory. */
final class VectorLines implements AutoCloseable {
    /** Longest line in bytes; the longest known ones have ten thousand. */
    private static final int LONGEST = 1 << 20;

    private final String place;
    private final InputStream in;
    private byte[] buffer = new byte[4096];
    private int number;

    /**
     * @param file a file
     * @throws InvalidInputException if it cannot be opened
     */
    VectorLines(Path file) {
        this.place = file.toString();
        InputStream raw = null;
        try {
            raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            in = unpacked(raw);
        } catch (IOException e) {
            close(raw);
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? cause(e) : "no such file"), e);
        }
    }

    /** @param in bytes, plain or gzip */
    VectorLines(InputStream in, String place) {
        this.place = place;
        try {
            this.in = unpacked(new BufferedInputStream(in));
        } catch (IOException e) {
            throw new InvalidInputException(place + ": cannot be read: " + cause(e), e);
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        raw.mark(2);
        boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 14), 1 << 14) : raw;
    }

    private static void close(InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
    }

    private static String cause(IOException e) {
        return e instanceof EOFException ? "it ends too early" : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * @return the next line, without its end, or {@code null} after the last
     * @throws InvalidInputException if the file is damaged, truncated or no text
     */
    String next() {
        number++;
        int length = 0;
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    if (length > 0) {
                        throw error("the last line has no end: truncated");
                    }
                    return null;
                }
                if (b < ' ' && b != '\r' || b > '~') {
                    throw error("byte " + b + " in what should be text: no file of conformance vectors");
                }
                if (length == buffer.length) {
                    if (length >= LONGEST) {
                        throw error("more than " + LONGEST + " bytes in a line");
                    }
                    buffer = java.util.Arrays.copyOf(buffer, 2 * length);
                }
                buffer[length++] = (byte) b;
            }
        } catch (EOFException e) {
            throw new InvalidInputException(at() + "the compressed data ends here: truncated", e);
        } catch (ZipException e) {
            throw new InvalidInputException(at() + "damaged compressed data: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException(at() + "cannot be read: " + e.getMessage(), e);
        }
        if (length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    /** @return number of the last line read, from 1 */
    int number() {
        return number;
    }

    /** @return what to throw for a problem of the last line read */
    InvalidInputException error(String problem) {
        return new InvalidInputException(at() + problem);
    }

    private String at() {
        return place + ": line " + number + ": ";
    }

    /** @return the line's fields; always one at least */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
            fields.add(line.substring(from, comma));
            from = comma + 1;
        }
        fields.add(line.substring(from));
        return fields;
    }

    /** @return the field as an integer */
    int integer(List<String> fields, int index, long min, long max) {
        return (int) wide(fields, index, min, max);
    }

    /** @return the field as an integer that may need more than 32 bits */
    long wide(List<String> fields, int index, long min, long max) {
        if (index >= fields.size()) {
            throw error("field " + (index + 1) + " is missing");
        }
        String text = fields.get(index);
        try {
            // A sign or digits first: parseLong would accept a plus.
            if (!text.isEmpty() && text.charAt(0) != '+') {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
                throw error("field " + (index + 1) + ": " + value + " is outside " + min + ".." + max);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw error("field " + (index + 1) + ": '" + shortened(text) + "' is not an integer");
    }

    /** @return all fields from one on, as integers */
    int[] integers(List<String> fields, int from) {
        int[] values = new int[Math.max(0, fields.size() - from)];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(fields, from + i, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return values;
    }

    /** @return the text, cut to what fits a message */
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    @Override
    public void close() {
        close(in);
    }
}
