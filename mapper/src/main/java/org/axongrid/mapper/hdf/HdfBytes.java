package org.axongrid.mapper.hdf;

import java.util.Arrays;

/** The bytes of a file that is being put together: space is allocated at the end, values are written little-endian wherever the cursor is. */
final class HdfBytes {
    /** An address that leads nowhere. */
    static final long UNDEFINED = -1;

    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int cursor;

    /** @return the address of so many zero bytes, a multiple of eight */
    long allocate(long size) {
        int at = length;
        int end = Math.toIntExact((length + size + 7) / 8 * 8);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length > Integer.MAX_VALUE / 2 - 16 ? Integer.MAX_VALUE - 16 : bytes.length * 2));
        }
        length = end;
        return at;
    }

    long length() {
        return length;
    }

    /** Sets the cursor. */
    void at(long address) {
        cursor = Math.toIntExact(address);
    }

    HdfBytes u8(int v) {
        bytes[cursor++] = (byte) v;
        return this;
    }

    HdfBytes u16(int v) {
        return u8(v).u8(v >> 8);
    }

    HdfBytes u32(int v) {
        return u16(v).u16(v >> 16);
    }

    HdfBytes u64(long v) {
        return u32((int) v).u32((int) (v >> 32));
    }

    HdfBytes bytes(byte[] v) {
        System.arraycopy(v, 0, bytes, cursor, v.length);
        cursor += v.length;
        return this;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }
}
