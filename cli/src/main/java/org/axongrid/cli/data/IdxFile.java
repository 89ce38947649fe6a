package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The IDX format of MNIST: a magic number, big-endian extents, unsigned bytes. */
final class IdxFile {
    private static final int UNSIGNED_BYTE = 8;

    private IdxFile() {
    }

    /** @return whether a file's first bytes are an IDX header */
    static boolean matches(byte[] first) {
        return first.length >= 4 && first[0] == 0 && first[1] == 0 && first[2] >= UNSIGNED_BYTE && first[2] <= 0x0e && first[3] >= 1
            && first[3] <= 8;
    }

    /** @return the images; labels are elsewhere */
    static ImageSet images(ByteSource in, Shape expected, int[] labels) {
        int[] dims = header(in, 3);
        int[] one = Arrays.copyOfRange(dims, 1, dims.length);
        Layout layout = Layout.of(in.name(), one, expected, true);
        Pixels.Bytes pixels = new Pixels.Bytes();
        for (int i = 0; i < dims[0]; i++) {
            pixels.add(in.bytes(expected.size(), "image " + i + " of " + dims[0]));
        }
        in.end();
        return new ImageSet(in.name(), expected, layout, pixels, labels);
    }

    /** @return the labels */
    static int[] labels(ByteSource in) {
        int count = header(in, 1)[0];
        List<byte[]> blocks = new ArrayList<>();
        for (int at = 0; at < count;) {
            int n = Math.min(count - at, 1 << 16);
            blocks.add(in.bytes(n, "label " + at + " of " + count));
            at += n;
        }
        in.end();
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            out[i] = blocks.get(i >> 16)[i & 0xffff] & 0xff;
        }
        return out;
    }

    /** Reads magic number and extents; {@code wanted} is 1 for labels, 3 for images (2 to 4 will do). */
    private static int[] header(ByteSource in, int wanted) {
        byte[] magic = in.bytes(4, "the IDX header");
        if (!matches(magic)) {
            throw new InvalidInputException(in.name() + ", byte 0: no IDX file: magic number " + HexFormat.of().formatHex(magic));
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw new InvalidInputException(in.name() + ", byte 2: IDX element type " + magic[2] + ", unsigned bytes (8) are expected");
        }
        int rank = magic[3];
        if (wanted == 1 ? rank != 1 : rank < 2 || rank > 4) {
            throw new InvalidInputException(in.name() + ", byte 3: IDX data of " + rank + " dimensions, "
                + (wanted == 1 ? "labels have 1" : "images have 3"));
        }
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            long d = in.bigEndian("the IDX header");
            if (d < 1 || d > DataSets.MOST_IMAGES) {
                throw new InvalidInputException(in.name() + ", byte " + (4 + 4 * i) + ": extent " + d + ", 1 to " + DataSets.MOST_IMAGES
                    + " is supported");
            }
            dims[i] = (int) d;
        }
        return dims;
    }
}
