package org.axongrid.mapper.hypergraph;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.axongrid.isa.InvalidInputException;

/** A text file of integers, line by line, unpacked if it is gzipped; what is wrong becomes one line with file and line number. */
final class NumberLines implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 28;
    private static final int SHOWN = 20;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int next;
    private byte[] line = new byte[256];
    private int length;
    private int at;
    private long number;

    private NumberLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    static NumberLines open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new InvalidInputException(path + (Files.exists(path) ? ": not a file" : ": no such file"));
        }
        String name = String.valueOf(path.getFileName());
        InputStream raw = null;
        try {
            raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return new NumberLines(name, packed ? new GZIPInputStream(raw, BUFFER) : raw);
        } catch (IOException e) {
            close(raw);
            throw new InvalidInputException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Goes to the next line that is neither blank nor a comment, which {@code %} starts. @return whether there is one */
    boolean nextLine() {
        while (readLine()) {
            skipBlanks();
            if (at < length && line[at] != '%') {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next line, which must be there. */
    void nextLine(String expected) {
        if (!nextLine()) {
            throw new InvalidInputException(name + ":" + (number + 1) + ": the file ends here, expected " + expected);
        }
    }

    /** @return whether the line has another number */
    boolean more() {
        skipBlanks();
        return at < length;
    }

    /**
     * @param what what the number is, for messages
     * @param low  smallest value allowed
     * @param high largest value allowed
     * @return the line's next number
     */
    int number(String what, int low, int high) {
        skipBlanks();
        if (at == length) {
            throw error("the line ends, expected " + what);
        }
        int start = at;
        boolean negative = line[at] == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        long value = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            value = Math.min(value * 10 + line[at++] - '0', 1L << 40);
        }
        if (at == digits || at < length && !separates(line[at])) {
            while (at < length && !separates(line[at])) {
                at++;
            }
            String found = new String(line, start, Math.min(SHOWN, at - start), java.nio.charset.StandardCharsets.ISO_8859_1);
            throw error(what + " is no integer: '" + found.replaceAll("[^ -~]", "?") + "'");
        }
        value = negative ? -value : value;
        if (value < low || value > high) {
            String found = Math.abs(value) == 1L << 40 ? "a huge number" : Long.toString(value);
            throw error(what + " is " + found + ", outside " + low + ".." + high);
        }
        return (int) value;
    }

    /** Passes over one field of any text. */
    void skipField() {
        skipBlanks();
        while (at < length && !separates(line[at])) {
            at++;
        }
    }

    /** Refuses further fields on the line. */
    void endOfLine(String after) {
        if (more()) {
            throw error("the line goes on after " + after);
        }
    }

    /** Refuses further lines. */
    void endOfFile(String after) {
        if (nextLine()) {
            throw error("the file goes on after " + after);
        }
    }

    /** @return the error of something wrong on the current line */
    InvalidInputException error(String what) {
        return new InvalidInputException(name + ":" + number + ": " + what);
    }

    private static boolean separates(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == ',';
    }

    private void skipBlanks() {
        while (at < length && separates(line[at])) {
            at++;
        }
    }

    private boolean readLine() {
        at = 0;
        length = 0;
        boolean any = false;
        while (true) {
            if (next == filled && !fill()) {
                break;
            }
            any = true;
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end - next);
            if (end < filled) {
                next = end + 1;
                break;
            }
            next = end;
        }
        number += any ? 1 : 0;
        return any;
    }

    private void append(int count) {
        if (length + count > LONGEST_LINE) {
            throw new InvalidInputException(name + ":" + (number + 1) + ": the line is longer than " + (LONGEST_LINE >> 20) + " MiB");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(buffer, next, line, length, count);
        length += count;
    }

    private boolean fill() {
        try {
            filled = Math.max(0, in.read(buffer));
            next = 0;
            return filled > 0;
        } catch (IOException e) {
            throw new InvalidInputException(name + ":" + (number + 1) + ": damaged or cut off: " + e.getMessage(), e);
        }
    }

    private static void close(Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // Nothing was written, so a failing close loses nothing.
        }
    }

    @Override
    public void close() {
        close(in);
    }
}
