package org.axongrid.mapper.hdf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Writes datasets: object headers of version 1 with dataspace, datatype, fill value, filters and layout, and the values. */
final class HdfDatasets {
    /** What h5py takes for compression = "gzip". */
    private static final int DEFLATE_LEVEL = 4;
    /** Entries of a chunk B-tree's node: twice the library's fixed K. */
    private static final int CHUNK_ENTRIES = 64;

    private final HdfBytes out;
    private final HdfStrings strings;

    HdfDatasets(HdfBytes out, HdfStrings strings) {
        this.out = out;
        this.strings = strings;
    }

    /** @return the address of the dataset's object header */
    long write(HdfData data, boolean packed) {
        boolean chunked = packed && data.numeric() && data.rank() > 0 && data.size() > 0;
        byte[] type = datatype(data);
        byte[] values = values(data);
        int width = data.size() == 0 ? width(data) : values.length / data.size();
        long stored;
        if (chunked) {
            byte[] deflated = deflate(values);
            stored = chunkTree(data, width, put(deflated), deflated.length);
        } else {
            stored = values.length == 0 ? HdfBytes.UNDEFINED : put(values);
        }
        byte[][] messages = {dataspace(data), type, fill(data, chunked), chunked ? filters() : null,
            chunked ? chunkedLayout(data, width, stored) : contiguousLayout(stored, values.length)};
        int[] kinds = {0x1, 0x3, 0x5, 0xb, 0x8};
        int size = 0;
        int count = 0;
        for (byte[] m : messages) {
            size += m == null ? 0 : 8 + m.length;
            count += m == null ? 0 : 1;
        }
        long at = out.allocate(16 + size);
        out.at(at);
        out.u8(1).u8(0).u16(count).u32(1).u32(size).u32(0);
        for (int i = 0; i < messages.length; i++) {
            if (messages[i] != null) {
                // Types, fill values and filters never change: flag 1.
                out.u16(kinds[i]).u16(messages[i].length).u8(kinds[i] == 0x1 || kinds[i] == 0x8 ? 0 : 1).u8(0).u16(0).bytes(messages[i]);
            }
        }
        return at;
    }

    private long put(byte[] bytes) {
        long at = out.allocate(bytes.length);
        out.at(at);
        out.bytes(bytes);
        return at;
    }

    private static byte[] dataspace(HdfData data) {
        HdfBytes m = message(8 + 16L * data.rank());
        m.u8(1).u8(data.rank()).u8(data.rank() == 0 ? 0 : 1).u8(0).u32(0);
        for (int pass = 0; pass < 2; pass++) {
            for (int d : data.dims()) {
                m.u64(d);
            }
        }
        return m.toArray();
    }

    private static int width(HdfData data) {
        return switch (data.type()) {
            case "float64", "int64" -> 8;
            case "float32", "int32" -> 4;
            case "int16" -> 2;
            case "str" -> 16;
            default -> 1;
        };
    }

    private static byte[] datatype(HdfData data) {
        int width = width(data);
        return switch (data.type()) {
            // Class 9, variable length: a string ended by zero, UTF-8; its elements are bytes.
            case "str" -> message(24).u8(0x19).u8(1).u8(1).u8(0).u32(16).u8(0x10).u8(0).u8(0).u8(0).u32(1).u16(0).u16(8).toArray();
            // Class 1, IEEE 754 little-endian: sign bit, exponent and mantissa places and sizes, bias.
            case "float64" -> message(24).u8(0x11).u8(0x20).u8(63).u8(0).u32(8).u16(0).u16(64).u8(52).u8(11).u8(0).u8(52).u32(1023).toArray();
            case "float32" -> message(24).u8(0x11).u8(0x20).u8(31).u8(0).u32(4).u16(0).u16(32).u8(23).u8(8).u8(0).u8(23).u32(127).toArray();
            case "bool" -> truth();
            // Class 0, signed little-endian.
            default -> message(16).u8(0x10).u8(8).u8(0).u8(0).u32(width).u16(0).u16(8 * width).toArray();
        };
    }

    /** h5py's truth values: class 8, an enumeration of FALSE = 0 and TRUE = 1 in signed bytes. */
    private static byte[] truth() {
        HdfBytes m = message(8 + 12 + 8 + 8 + 2);
        m.u8(0x18).u8(2).u8(0).u8(0).u32(1);
        m.u8(0x10).u8(8).u8(0).u8(0).u32(1).u16(0).u16(8);
        m.bytes("FALSE\0\0\0TRUE\0\0\0\0".getBytes(StandardCharsets.US_ASCII)).u8(0).u8(1);
        return m.toArray();
    }

    /** Version 2: when space is allocated, when it is filled, and a default of zero. */
    private static byte[] fill(HdfData data, boolean chunked) {
        return message(8).u8(2).u8(chunked ? 3 : 2).u8(chunked || !data.numeric() ? 0 : 2).u8(1).u32(0).toArray();
    }

    private static byte[] filters() {
        return message(32).u8(1).u8(1).u16(0).u32(0).u16(1).u16(8).u16(1).u16(1).bytes("deflate\0".getBytes(StandardCharsets.US_ASCII))
            .u32(DEFLATE_LEVEL).u32(0).toArray();
    }

    private static byte[] contiguousLayout(long at, long size) {
        return message(24).u8(3).u8(1).u64(at).u64(size).toArray();
    }

    private static byte[] chunkedLayout(HdfData data, int width, long tree) {
        HdfBytes m = message(3 + 8 + 4L * (data.rank() + 1));
        m.u8(3).u8(2).u8(data.rank() + 1).u64(tree);
        for (int d : data.dims()) {
            m.u32(d);
        }
        return m.u32(width).toArray();
    }

    /** A B-tree with the one chunk. */
    private long chunkTree(HdfData data, int width, long chunk, int size) {
        int key = 8 + 8 * (data.rank() + 1);
        long at = out.allocate(24 + (CHUNK_ENTRIES + 1L) * key + CHUNK_ENTRIES * 8L);
        out.at(at);
        out.bytes("TREE".getBytes(StandardCharsets.US_ASCII)).u8(1).u8(0).u16(1).u64(HdfBytes.UNDEFINED).u64(HdfBytes.UNDEFINED);
        out.u32(size).u32(0);
        for (int i = 0; i <= data.rank(); i++) {
            out.u64(0);
        }
        out.u64(chunk).u32(0).u32(0);
        for (int d : data.dims()) {
            out.u64(d);
        }
        out.u64(width);
        return at;
    }

    private byte[] values(HdfData data) {
        HdfBytes m = message((long) width(data) * data.size());
        for (int i = 0; i < data.size(); i++) {
            Object v = data.values();
            if (v instanceof double[] d) {
                m.u64(Double.doubleToRawLongBits(d[i]));
            } else if (v instanceof float[] f) {
                m.u32(Float.floatToRawIntBits(f[i]));
            } else if (v instanceof long[] l) {
                m.u64(l[i]);
            } else if (v instanceof int[] n) {
                m.u32(n[i]);
            } else if (v instanceof short[] s) {
                m.u16(s[i]);
            } else if (v instanceof byte[] b) {
                m.u8(b[i]);
            } else if (v instanceof boolean[] b) {
                m.u8(b[i] ? 1 : 0);
            } else {
                m.bytes(strings.add(data.text(i)));
            }
        }
        return Arrays.copyOf(m.toArray(), width(data) * data.size());
    }

    private static HdfBytes message(long size) {
        HdfBytes m = new HdfBytes();
        m.allocate(size);
        return m;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(DEFLATE_LEVEL);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[Math.max(64, bytes.length / 2)];
            int n = 0;
            while (!deflater.finished()) {
                if (n == packed.length) {
                    packed = Arrays.copyOf(packed, Math.multiplyExact(packed.length, 2));
                }
                n += deflater.deflate(packed, n, packed.length - n);
            }
            return Arrays.copyOf(packed, n);
        } finally {
            deflater.end();
        }
    }
}
