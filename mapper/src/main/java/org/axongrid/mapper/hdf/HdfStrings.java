package org.axongrid.mapper.hdf;

import java.nio.charset.StandardCharsets;

/**
 * The global heap, where strings of variable length are: collections of at least 4096 bytes with numbered objects (HDF5 File Format Specification,
 * section III.E).
 */
final class HdfStrings {
    private static final int COLLECTION = 4096;
    private static final int HEADER = 16;
    private static final int INDEX_MAX = 0xffff;

    private final HdfBytes out;
    private long collection = HdfBytes.UNDEFINED;
    private long size;
    private long used;
    private int count;

    HdfStrings(HdfBytes out) {
        this.out = out;
    }

    /** Adds a string. @return the 16 bytes that stand for it in a dataset: length, collection, index */
    byte[] add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long needed = HEADER + (utf8.length + 7L) / 8 * 8;
        if (collection == HdfBytes.UNDEFINED || used + needed > size || count == INDEX_MAX) {
            close();
            size = Math.max(COLLECTION, HEADER + needed);
            collection = out.allocate(size);
            used = HEADER;
            count = 0;
            out.at(collection);
            out.bytes("GCOL".getBytes(StandardCharsets.US_ASCII)).u32(1).u64(size);
        }
        out.at(collection + used);
        out.u16(++count).u16(0).u32(0).u64(utf8.length).bytes(utf8);
        used += needed;
        HdfBytes reference = new HdfBytes();
        reference.allocate(16);
        reference.u32(utf8.length).u64(collection).u32(count);
        return reference.toArray();
    }

    /** Says what is left of the collection: object 0 is free space, its own header counted. */
    void close() {
        if (collection != HdfBytes.UNDEFINED && size - used >= HEADER) {
            out.at(collection + used);
            out.u16(0).u16(0).u32(0).u64(size - used);
        }
    }
}
