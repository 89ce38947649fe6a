package org.axongrid.isa.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.axongrid.isa.InvalidInputException;

/** Reads the content of one section of an image file. Nothing is allocated before the bytes for it are known to be there. */
final class SectionReader {
    private final ByteBuffer buffer;
    private final String section;
    private final long start;

    /**
     * @param content the section's content, its checksum already verified
     * @param section file and section, for messages
     * @param start   offset of the content in the file
     */
    SectionReader(byte[] content, String section, long start) {
        this.buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        this.section = section;
        this.start = start;
    }

    int u8(String what) {
        need(1, 1, what);
        return buffer.get() & 255;
    }

    int i32(String what) {
        need(1, 4, what);
        return buffer.getInt();
    }

    /** @return a number of things that take at least {@code bytesEach} each, so that they can be there */
    int count(int bytesEach, String what) {
        int count = i32("number of " + what);
        need(count, bytesEach, what);
        return count;
    }

    String text(String what) {
        int length = count(1, "bytes of " + what);
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
            buffer.position(buffer.position() + length);
            return text;
        } catch (CharacterCodingException e) {
            throw error(what + " is not UTF-8", e);
        }
    }

    byte[] bytes(String what) {
        byte[] values = new byte[count(1, what)];
        buffer.get(values);
        return values;
    }

    int[] ints(String what) {
        int[] values = new int[count(4, what)];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getInt();
        }
        return values;
    }

    long[] longs(String what) {
        long[] values = new long[count(8, what)];
        for (int i = 0; i < values.length; i++) {
            values[i] = buffer.getLong();
        }
        return values;
    }

    /** @return the constant whose ordinal is the next byte */
    <T extends Enum<T>> T constant(T[] constants, String what) {
        int ordinal = u8(what);
        if (ordinal >= constants.length) {
            buffer.position(buffer.position() - 1);
            throw error(what + " has the unknown code " + ordinal + ", known are 0.." + (constants.length - 1), null);
        }
        return constants[ordinal];
    }

    /** Checks that nothing is left. */
    void end() {
        if (buffer.hasRemaining()) {
            throw error(buffer.remaining() + " bytes too many", null);
        }
    }

    /** @return what to throw for a problem at the current position */
    InvalidInputException error(String cause, Throwable because) {
        return new InvalidInputException(section + ", byte " + (start + buffer.position()) + ": " + cause, because);
    }

    private void need(int count, int bytesEach, String what) {
        if (count < 0) {
            buffer.position(buffer.position() - 4);
            throw error("number of " + what + " is " + count, null);
        }
        if ((long) count * bytesEach > buffer.remaining()) {
            throw error(what + ": " + (long) count * bytesEach + " bytes expected, the section has " + buffer.remaining() + " more", null);
        }
    }
}
