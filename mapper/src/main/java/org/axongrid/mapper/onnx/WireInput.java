package org.axongrid.mapper.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Protobuf fields of a file in memory.
 *
 * <p>Every length is checked against the enclosing message before anything is allocated, so that a damaged file cannot ask for more memory
 * than it has bytes (times eight, for lists widened to double).
 */
final class WireInput {
    private final byte[] bytes;
    private final CodedInputStream coded;

    WireInput(byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.coded = CodedInputStream.newInstance(bytes);
        coded.pushLimit(bytes.length);
    }

    int readTag() throws IOException {
        return coded.readTag();
    }

    long readInt64() throws IOException {
        return coded.readInt64();
    }

    int readInt32() throws IOException {
        return coded.readInt32();
    }

    float readFloat() throws IOException {
        return coded.readFloat();
    }

    double readDouble() throws IOException {
        return coded.readDouble();
    }

    /** @return bytes read so far */
    int position() {
        return coded.getTotalBytesRead();
    }

    /** Appends a packed list of integers. */
    void packedLongs(List<Long> to) throws IOException {
        int end = enter();
        while (coded.getBytesUntilLimit() > 0) {
            to.add(coded.readInt64());
        }
        coded.popLimit(end);
    }

    /** @return the length of the next field, which the enclosing message holds in full */
    int length() throws IOException {
        int length = coded.readRawVarint32();
        if (length < 0 || length > coded.getBytesUntilLimit()) {
            throw new InvalidProtocolBufferException("a field of " + (length & 0xffffffffL) + " bytes, only " + coded.getBytesUntilLimit()
                + " are left");
        }
        return length;
    }

    /** @return what {@link #leave} wants at the end of the message entered here */
    int enter() throws IOException {
        return coded.pushLimit(length());
    }

    /** Leaves a message that was read to its end. */
    void leave(int end) throws IOException {
        coded.checkLastTagWas(0);
        coded.popLimit(end);
    }

    /** @return the next bytes field, sharing the file's bytes */
    ByteBuffer slice() throws IOException {
        int length = length();
        int from = coded.getTotalBytesRead();
        coded.skipRawBytes(length);
        return ByteBuffer.wrap(bytes, from, length);
    }

    /** @return the next text field; damaged UTF-8 is replaced */
    String string() throws IOException {
        int length = length();
        int from = coded.getTotalBytesRead();
        coded.skipRawBytes(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Skips a field that is of no use here. */
    void skip(int tag) throws IOException {
        if (!coded.skipField(tag)) {
            throw new InvalidProtocolBufferException("an end of group without its start");
        }
    }

    /** A growing list of numbers, filled from repeated fields. */
    final class Numbers {
        enum Coding { FLOAT, DOUBLE, INTEGER }

        private double[] values = new double[0];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, Math.max(8, size + (size >> 1)));
            }
            values[size++] = value;
        }

        void packed(Coding coding) throws IOException {
            int end = enter();
            while (coded.getBytesUntilLimit() > 0) {
                add(switch (coding) {
                    case FLOAT -> coded.readFloat();
                    case DOUBLE -> coded.readDouble();
                    case INTEGER -> coded.readInt64();
                });
            }
            coded.popLimit(end);
        }

        double[] values() {
            return Arrays.copyOf(values, size);
        }
    }
}
