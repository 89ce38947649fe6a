package org.axongrid.cli.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Collects arrays into the bytes of a NumPy archive (NPZ: a zip of NPY version 1.0 files, little-endian, C order). */
public final class NpzWriter {
    private static final int ALIGNMENT = 64;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /**
     * Adds an int32 array.
     *
     * @param name   its name, without an ending
     * @param values in C order
     * @param shape  extents; their product is the number of values
     */
    public NpzWriter add(String name, int[] values, int... shape) {
        ByteBuffer body = ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        body.asIntBuffer().put(values);
        return add(name, "<i4", body.array(), shape);
    }

    /** Adds a float64 array, as {@link #add(String, int[], int...)}. */
    public NpzWriter add(String name, double[] values, int... shape) {
        ByteBuffer body = ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        body.asDoubleBuffer().put(values);
        return add(name, "<f8", body.array(), shape);
    }

    private NpzWriter add(String name, String type, byte[] body, int[] shape) {
        String dims = Arrays.stream(shape).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dims + "), }";
        int length = MAGIC.length + 2 + header.length() + 1;
        String padded = header + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT) + "\n";
        try {
            ZipEntry entry = new ZipEntry(name + ".npy");
            entry.setTime(315_532_800_000L);
            zip.putNextEntry(entry);
            zip.write(MAGIC);
            zip.write(padded.length() & 0xff);
            zip.write(padded.length() >> 8);
            zip.write(padded.getBytes(StandardCharsets.US_ASCII));
            zip.write(body);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return this;
    }

    /** @return the archive; nothing can be added then */
    public byte[] finish() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
