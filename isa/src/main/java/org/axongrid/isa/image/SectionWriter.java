package org.axongrid.isa.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Builds the content of one section of an image file and writes it with its frame. */
final class SectionWriter {
    private ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    SectionWriter u8(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(value + " is no unsigned byte");
        }
        room(1).put((byte) value);
        return this;
    }

    SectionWriter i32(int value) {
        room(4).putInt(value);
        return this;
    }

    SectionWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    SectionWriter bytes(byte[] values) {
        i32(values.length).room(values.length).put(values);
        return this;
    }

    SectionWriter ints(int[] values) {
        i32(values.length).room(4L * values.length);
        for (int v : values) {
            buffer.putInt(v);
        }
        return this;
    }

    SectionWriter longs(long[] values) {
        i32(values.length).room(8L * values.length);
        for (long v : values) {
            buffer.putLong(v);
        }
        return this;
    }

    /** Writes tag, length, content and checksum, and forgets the content. */
    void writeTo(OutputStream out, String tag) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        head.put(tag.getBytes(StandardCharsets.US_ASCII)).putLong(buffer.position());
        CRC32C crc = new CRC32C();
        crc.update(head.array());
        crc.update(buffer.array(), 0, buffer.position());
        out.write(head.array());
        out.write(buffer.array(), 0, buffer.position());
        out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).array());
        buffer.clear();
    }

    private ByteBuffer room(long bytes) {
        if (buffer.remaining() < bytes) {
            int position = buffer.position();
            int size = Math.toIntExact(Math.max(2L * buffer.capacity(), position + bytes));
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), size)).order(ByteOrder.LITTLE_ENDIAN).position(position);
        }
        return buffer;
    }
}
