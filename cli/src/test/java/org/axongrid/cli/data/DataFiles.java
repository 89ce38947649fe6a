package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Writes small data files for the tests. */
final class DataFiles {
    private DataFiles() {
    }

    /** IDX of unsigned bytes. */
    static byte[] idx(int[] dims, byte... values) {
        ByteBuffer b = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
        b.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) dims.length);
        for (int d : dims) {
            b.putInt(d);
        }
        return b.put(values).array();
    }

    /** Bytes 0, 1, 2, ... */
    static byte[] counting(int n) {
        byte[] out = new byte[n];
        for (int i = 0; i < n; i++) {
            out[i] = (byte) i;
        }
        return out;
    }

    /** NPY with any header dictionary. */
    static byte[] npyWith(int version, String dictionary, byte[] values) {
        String padded = dictionary + "\n";
        ByteBuffer b = ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + padded.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
        if (version == 1) {
            b.putShort((short) padded.length());
        } else {
            b.putInt(padded.length());
        }
        return b.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values).array();
    }

    static byte[] npy(String descr, boolean fortran, String shape, byte[] values) {
        return npyWith(1, "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape + "), }", values);
    }

    static byte[] floats(double... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            b.putFloat((float) v);
        }
        return b.array();
    }

    static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(order);
        for (double v : values) {
            b.putDouble(v);
        }
        return b.array();
    }

    static byte[] longs(long... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long v : values) {
            b.putLong(v);
        }
        return b.array();
    }

    static byte[] gzip(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** NPZ of names and arrays in turn. */
    static byte[] npz(Object... namesAndArrays) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndArrays.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndArrays[i] + ".npy"));
                zip.write((byte[]) namesAndArrays[i + 1]);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Path write(Path folder, String name, byte[] data) {
        try {
            return Files.write(folder.resolve(name), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] image(DataSet data, int index) {
        double[] out = new double[data.shape().size()];
        data.image(index, out);
        return out;
    }

    /** Opens a file that must be refused in one line with these parts. */
    static void assertRefused(Path file, Shape shape, int classes, String... parts) {
        try {
            DataSets.open(file, shape, classes);
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
            for (String part : parts) {
                assertTrue(e.getMessage().contains(part), () -> "'" + part + "' not in: " + e.getMessage());
            }
            return;
        }
        throw new AssertionError("was accepted");
    }
}
