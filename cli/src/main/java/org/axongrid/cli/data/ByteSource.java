package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file's bytes, unpacked if they are gzipped, read strictly: what is missing, damaged or left over becomes a message with the place.
 *
 * <p>Total size is limited by the heap, so that a small packed file cannot fill it.
 */
final class ByteSource implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int LOOK_AHEAD = 16;
    /** What an array costs beside its values. */
    private static final int OVERHEAD = 32;

    private final String name;
    private final BufferedInputStream in;
    private final long most = Runtime.getRuntime().maxMemory() / 2;
    private long position;
    private long held;

    private ByteSource(String name, BufferedInputStream in) {
        this.name = name;
        this.in = in;
    }

    /** @return the file's bytes */
    static ByteSource open(Path path) {
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        try {
            if (!Files.isRegularFile(path)) {
                throw new InvalidInputException(path + (Files.exists(path) ? ": not a file" : ": no such file"));
            }
            return of(name, Files.newInputStream(path));
        } catch (IOException e) {
            throw new InvalidInputException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** @return a stream's bytes; the stream is closed with this, or on failure */
    static ByteSource of(String name, InputStream stream) {
        BufferedInputStream in = new BufferedInputStream(stream, BUFFER);
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return new ByteSource(name, packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in);
        } catch (IOException e) {
            try {
                stream.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new InvalidInputException(name + ": damaged gzip file: " + e.getMessage(), e);
        }
    }

    String name() {
        return name;
    }

    /** @return the next bytes without consuming them, fewer at the end */
    byte[] ahead() {
        try {
            in.mark(LOOK_AHEAD);
            byte[] out = in.readNBytes(LOOK_AHEAD);
            in.reset();
            return out;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /**
     * Reads exactly so many bytes.
     *
     * @param length number of bytes; the caller has checked that it is plausible
     * @param what   what they are, for messages
     */
    byte[] bytes(int length, String what) {
        held += length + OVERHEAD;
        if (held > most) {
            throw new InvalidInputException(name + ": more than " + (most >> 20) + " MiB of data, half the JVM's memory (see -Xmx)");
        }
        try {
            // Large arrays grow with what the stream delivers; small ones are taken at once.
            byte[] out = length > BUFFER ? in.readNBytes(length) : new byte[length];
            int found = length > BUFFER ? out.length : in.readNBytes(out, 0, length);
            position += found;
            if (found < length) {
                throw new InvalidInputException(name + ", byte " + position + ": ends within " + what + ": " + length
                    + " bytes expected, found " + found);
            }
            return out;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** @return four bytes as a big-endian unsigned number */
    long bigEndian(String what) {
        byte[] b = bytes(4, what);
        return (b[0] & 0xffL) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
    }

    /** @return whether the end is reached */
    boolean atEnd() {
        return ahead().length == 0;
    }

    /** Refuses bytes behind the data. */
    void end() {
        if (!atEnd()) {
            throw new InvalidInputException(name + ", byte " + position + ": the data should end here, more bytes follow");
        }
    }

    private InvalidInputException damaged(IOException e) {
        return new InvalidInputException(name + ", byte " + position + ": damaged or cut off: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Everything wanted has been read; nothing is lost by a failing close.
        }
    }
}
