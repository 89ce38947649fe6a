package org.axongrid.mapper.hdf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes a tree as an HDF5 file of the oldest format version, as the HDF5 library does with {@code libver = earliest}: superblock 0, groups as
 * symbol tables, object headers of version 1, no attributes, no times. Strings are of variable length and UTF-8. Numeric arrays that the caller
 * chooses are stored in one chunk, deflated at level 4, the others contiguous.
 *
 * <p>The format: The HDF Group, "HDF5 File Format Specification Version 3.0", sections II (superblock 0), III.A (version 1 B-trees), III.B to III.E
 * (symbol table nodes and entries, local and global heaps), IV.A (object header messages). Equal trees give equal bytes.
 */
public final class HdfWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int SUPERBLOCK = 96;
    /** Symbols of a symbol table node, children of a group's B-tree node: twice the superblock's K. */
    private static final int LEAF_K = 4;
    private static final int INTERNAL_K = 16;
    private static final int SYMBOL = 40;
    private static final int CACHED_GROUP = 1;

    private final HdfBytes out = new HdfBytes();
    private final HdfStrings strings;
    private final HdfDatasets datasets;
    private final Predicate<String> packed;

    private HdfWriter(Predicate<String> packed) {
        this.packed = packed;
        this.strings = new HdfStrings(out);
        this.datasets = new HdfDatasets(out, strings);
    }

    /** Where a group's symbol table is. */
    private record Table(long header, long tree, long heap) { }

    /**
     * @param root   the tree
     * @param packed tells of a dataset's path, such as {@code /node/type}, whether it is to be chunked and deflated; not asked for strings, scalars
     *               and empty arrays, which never are
     * @return the file's bytes
     */
    public static byte[] write(HdfGroup root, Predicate<String> packed) {
        return new HdfWriter(packed).file(root);
    }

    private byte[] file(HdfGroup root) {
        out.at(out.allocate(SUPERBLOCK));
        Table top = group(root, "");
        strings.close();
        long end = out.length();
        out.at(0);
        out.bytes(SIGNATURE).u8(0).u8(0).u8(0).u8(0).u8(0).u8(Long.BYTES).u8(Long.BYTES).u8(0);
        out.u16(LEAF_K).u16(INTERNAL_K).u32(0);
        out.u64(0).u64(HdfBytes.UNDEFINED).u64(end).u64(HdfBytes.UNDEFINED);
        out.u64(0).u64(top.header).u32(CACHED_GROUP).u32(0).u64(top.tree).u64(top.heap);
        return out.toArray();
    }

    private Table group(HdfGroup group, String path) {
        List<String> names = new ArrayList<>(group.entries().keySet());
        names.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        long header = out.allocate(16 + 8 + 16);
        Map<String, Long> nameAt = new HashMap<>();
        long heap = heap(names, nameAt);
        List<Long> nodes = new ArrayList<>();
        List<Long> lastNames = new ArrayList<>();
        for (int first = 0; first < names.size() || first == 0; first += 2 * LEAF_K) {
            List<String> own = names.subList(first, Math.min(names.size(), first + 2 * LEAF_K));
            nodes.add(symbols(group, path, own, nameAt));
            lastNames.add(own.isEmpty() ? 0L : nameAt.get(own.get(own.size() - 1)));
        }
        long tree = tree(nodes, lastNames);
        out.at(header);
        out.u8(1).u8(0).u16(1).u32(1).u32(24).u32(0);
        out.u16(0x11).u16(16).u32(0).u64(tree).u64(heap);
        return new Table(header, tree, heap);
    }

    /** The local heap: names, each ended by a zero and padded to eight bytes; offset 0 is the empty name. */
    private long heap(List<String> names, Map<String, Long> nameAt) {
        long size = 8;
        for (String name : names) {
            nameAt.put(name, size);
            size += utf8(name).length / 8 * 8 + 8;
        }
        // Room for one free block, without which some readers take the segment for damaged.
        long free = size;
        size += 16;
        long at = out.allocate(32);
        long data = out.allocate(size);
        out.at(at);
        out.bytes("HEAP".getBytes(StandardCharsets.US_ASCII)).u32(0).u64(size).u64(free).u64(data);
        for (String name : names) {
            out.at(data + nameAt.get(name));
            out.bytes(utf8(name));
        }
        out.at(data + free);
        out.u64(1).u64(16);
        return at;
    }

    private long symbols(HdfGroup group, String path, List<String> names, Map<String, Long> nameAt) {
        long at = out.allocate(8 + 2 * LEAF_K * SYMBOL);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String place = path + "/" + name;
            HdfEntry entry = group.get(name);
            Table table = entry instanceof HdfGroup g ? group(g, place) : null;
            long header = table != null ? table.header : datasets.write((HdfData) entry, packed.test(place));
            out.at(at + 8 + (long) i * SYMBOL);
            out.u64(nameAt.get(name)).u64(header).u32(table == null ? 0 : CACHED_GROUP).u32(0);
            if (table != null) {
                out.u64(table.tree).u64(table.heap);
            }
        }
        out.at(at);
        out.bytes("SNOD".getBytes(StandardCharsets.US_ASCII)).u8(1).u8(0).u16(names.size());
        return at;
    }

    /** A B-tree over symbol table nodes: as many levels as it takes. A key is the last name of the child before it. */
    private long tree(List<Long> children, List<Long> lastNames) {
        List<Long> below = children;
        List<Long> last = lastNames;
        for (int level = 0; ; level++) {
            int nodes = (below.size() + 2 * INTERNAL_K - 1) / (2 * INTERNAL_K);
            int size = 24 + 2 * INTERNAL_K * 16 + 8;
            long[] at = new long[nodes];
            for (int n = 0; n < nodes; n++) {
                at[n] = out.allocate(size);
            }
            List<Long> here = new ArrayList<>();
            List<Long> ends = new ArrayList<>();
            for (int n = 0; n < nodes; n++) {
                int first = n * 2 * INTERNAL_K;
                int end = Math.min(below.size(), first + 2 * INTERNAL_K);
                out.at(at[n]);
                out.bytes("TREE".getBytes(StandardCharsets.US_ASCII)).u8(0).u8(level).u16(last.get(end - 1) == 0 ? 0 : end - first);
                out.u64(n == 0 ? HdfBytes.UNDEFINED : at[n - 1]).u64(n == nodes - 1 ? HdfBytes.UNDEFINED : at[n + 1]);
                out.u64(first == 0 ? 0 : last.get(first - 1));
                for (int c = first; c < end; c++) {
                    out.u64(below.get(c)).u64(last.get(c));
                }
                here.add(at[n]);
                ends.add(last.get(end - 1));
            }
            if (nodes == 1) {
                return at[0];
            }
            below = here;
            last = ends;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
