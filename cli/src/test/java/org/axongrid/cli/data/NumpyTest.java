package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import static org.axongrid.cli.data.DataFiles.assertRefused;
import static org.axongrid.cli.data.DataFiles.counting;
import static org.axongrid.cli.data.DataFiles.doubles;
import static org.axongrid.cli.data.DataFiles.floats;
import static org.axongrid.cli.data.DataFiles.gzip;
import static org.axongrid.cli.data.DataFiles.idx;
import static org.axongrid.cli.data.DataFiles.image;
import static org.axongrid.cli.data.DataFiles.longs;
import static org.axongrid.cli.data.DataFiles.npy;
import static org.axongrid.cli.data.DataFiles.npyWith;
import static org.axongrid.cli.data.DataFiles.npz;
import static org.axongrid.cli.data.DataFiles.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** NPY and NPZ: types, orders, layouts, labels, and what is refused. */
class NumpyTest {
    /** Two channels of 1 x 3. */
    private static final Shape SHAPE = new Shape(2, 1, 3);

    @TempDir
    Path folder;

    private DataSet open(byte[] file) {
        return DataSets.open(write(folder, "a.npy", file), SHAPE, 10);
    }

    @Test
    void floatsAreTakenAsTheyAre() {
        byte[] values = floats(0.1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        // Channels first (c, y, x) becomes (y, x, c).
        assertArrayEquals(new double[] {0.1f, 4, -2, 5, 3, 6}, image(open(npy("<f4", false, "2, 2, 1, 3", values)), 0));
        assertArrayEquals(new double[] {7, 10, 8, 11, 9, 12}, image(open(npy("<f4", false, "2, 6", values)), 1));
        assertArrayEquals(new double[] {0.1f, -2, 3, 4, 5, 6}, image(open(npy("<f4", false, "2, 1, 3, 2", values)), 0));
    }

    @Test
    void doublesInBothByteOrdersAndAllVersions() {
        String header = "{'descr': '>f8', 'fortran_order': False, 'shape': (1, 6), }";
        for (int version = 1; version <= 3; version++) {
            assertArrayEquals(new double[] {0.1, 4, 2, 5, 3, 6},
                image(open(npyWith(version, header, doubles(ByteOrder.BIG_ENDIAN, 0.1, 2, 3, 4, 5, 6))), 0));
        }
        assertEquals(0.1, image(open(npy("<f8", false, "1, 6", doubles(ByteOrder.LITTLE_ENDIAN, 0.1, 2, 3, 4, 5, 6))), 0)[0]);
    }

    @Test
    void integersArePixelBytes() {
        assertEquals((float) 9 / 255f, image(open(npy("|u1", false, "2, 6", counting(12))), 1)[1]);
        assertEquals(1, image(open(npy("<i8", false, "1, 6", longs(0, 0, 0, 255, 0, 0))), 0)[1]);
        assertRefused(write(folder, "b.npy", npy("<i8", false, "1, 6", longs(0, 0, 0, 256, 0, 0))), SHAPE, 0, "image 0, value 3 is 256");
        assertRefused(write(folder, "b.npy", npy("|i1", false, "1, 6", new byte[] {0, 0, -1, 0, 0, 0})), SHAPE, 0, "value 2 is -1");
    }

    @Test
    void fortranOrder() {
        // Element (n, c, y, x) of shape (2, 2, 1, 3) stands at n + 2 (c + 2 (y + x)).
        double[] stored = new double[12];
        for (int n = 0; n < 2; n++) {
            for (int c = 0; c < 2; c++) {
                for (int x = 0; x < 3; x++) {
                    stored[n + 2 * (c + 2 * x)] = 100 * n + 10 * c + x;
                }
            }
        }
        assertArrayEquals(new double[] {100, 110, 101, 111, 102, 112}, image(open(npy("<f4", true, "2, 2, 1, 3", floats(stored))), 1));
    }

    @Test
    void labelsBesideAnArray() {
        String[][] names = {{"x_test.npy", "y_test.npy"}, {"images.npy", "labels.npy"}, {"set.npy", "set_labels.npy"}, {"X.npy", "y.npy"}};
        for (String[] pair : names) {
            write(folder, pair[1], npy("<i8", false, "2,", longs(3, 4)));
            assertEquals(4, DataSets.open(write(folder, pair[0], npy("|u1", false, "2, 6", counting(12))), SHAPE, 10).label(1));
        }
        write(folder, "set_labels.npy", npy("<f4", false, "2, 1", floats(1, 2)));
        assertEquals(2, DataSets.open(folder.resolve("set.npy"), SHAPE, 10).label(1));
        write(folder, "set_labels.npy", npy("<f4", false, "2, 1", floats(1, 2.5)));
        assertRefused(folder.resolve("set.npy"), SHAPE, 10, "set_labels.npy", "label 1 is 2.5");
        write(folder, "set_labels.npy", npy("<f4", false, "2, 10", floats(new double[20])));
        assertRefused(folder.resolve("set.npy"), SHAPE, 10, "[2, 10]", "one number per image");
        write(folder, "set_labels.npy", npy("<i8", false, "2,", longs(0, -1)));
        assertRefused(folder.resolve("set.npy"), SHAPE, 10, "label -1 of image 1");
    }

    @Test
    void npzUnderUsualNames() {
        byte[] images = npy("|u1", false, "2, 6", counting(12));
        byte[] labels = npy("<i8", false, "2,", longs(3, 4));
        for (String[] pair : new String[][] {{"x_test", "y_test"}, {"images", "labels"}, {"x", "y"}, {"X", "Y"}}) {
            DataSet data = DataSets.open(write(folder, "d.npz", npz(pair[1], labels, pair[0], images, "x_train", labels)), SHAPE, 10);
            assertEquals(4, data.label(1));
            assertEquals((float) 9 / 255f, image(data, 1)[1]);
        }
        assertFalse(DataSets.open(write(folder, "d.npz", npz("pictures", images)), SHAPE, 10).labelled());
        assertRefused(write(folder, "d.npz", npz("foo", images, "bar", labels)), SHAPE, 10, "foo, bar", "x_test");
        assertRefused(write(folder, "d.npz", npz("x", images, "y", npy("<i8", false, "3,", longs(1, 2, 3)))), SHAPE, 10, "2 images", "3 labels");
        assertRefused(write(folder, "d.npz", Arrays.copyOf(npz("x", images), 60)), SHAPE, 10, "d.npz", "damaged zip");
    }

    @Test
    void layoutsAreToldApartOrRefused() {
        byte[] values = floats(new double[27]);
        assertRefused(write(folder, "c.npy", npy("<f4", false, "1, 3, 3, 3", values)), new Shape(3, 3, 3), 0, "[3, 3, 3]", "3x3x3", "both");
        assertEquals(1, DataSets.open(write(folder, "c.npy", npy("<f4", false, "1, 27", values)), new Shape(3, 3, 3), 0).size());
        assertRefused(write(folder, "c.npy", npy("<f4", false, "1, 3, 9", values)), new Shape(3, 3, 3), 0, "[3, 9]", "3x3x3");
        assertRefused(write(folder, "c.npy", npy("<f4", false, "1, 3, 3, 3", values)), Shape.dense(27), 0, "[3, 3, 3]", "both");
        assertEquals(1, DataSets.open(write(folder, "c.npy", npy("<f4", false, "1, 1, 3, 9", values)), Shape.dense(27), 0).size());
        assertEquals(1, DataSets.open(write(folder, "c.npy", npy("<f4", false, "1, 3, 9, 1", values)), new Shape(1, 3, 9), 0).size());
        assertRefused(write(folder, "c.npy", npy("<f4", false, "27,", values)), new Shape(3, 3, 3), 0, "[27]", "3x3x3");
    }

    @Test
    void pixelsMustBeNumbers() {
        assertRefused(write(folder, "n.npy", npy("<f4", false, "2, 6", floats(1, 2, 3, 4, 5, 6, 7, 8, Double.NaN, 9, 9, 9))), SHAPE, 0,
            "image 1, value 2 is NaN");
        assertRefused(write(folder, "n.npy", npy("<f8", false, "1, 6", doubles(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, Double.POSITIVE_INFINITY))),
            SHAPE, 0, "image 0, value 5");
    }

    @Test
    void damagedHeadersAndLengths() {
        byte[] values = floats(1, 2, 3, 4, 5, 6);
        assertRefused(write(folder, "h.npy", npy("<f4", false, "2, 6", values)), SHAPE, 0, "image 1 of 2", "24", "0");
        assertRefused(write(folder, "h.npy", npy("<f4", true, "2, 6", values)), SHAPE, 0, "48 bytes expected, found 24");
        assertRefused(write(folder, "h.npy", npy("<f4", false, "1, 6", floats(1, 2, 3, 4, 5, 6, 7))), SHAPE, 0, "more bytes");
        assertRefused(write(folder, "h.npy", npy("<f4", true, "16000000, 6", values)), SHAPE, 0, "h.npy");
        assertRefused(write(folder, "h.npy", npy("<f4", false, "99999999999, 6", values)), SHAPE, 0, "99999999999");
        assertRefused(write(folder, "h.npy", npy("<f4", false, "0, 6", values)), SHAPE, 0, "extent 0");
        assertRefused(write(folder, "h.npy", npy("<c8", false, "1, 6", values)), SHAPE, 0, "c8");
        assertRefused(write(folder, "h.npy", npy("|O", false, "1, 6", values)), SHAPE, 0, "descr");
        assertRefused(write(folder, "h.npy", npyWith(9, "{}", values)), SHAPE, 0, "version 9");
        assertRefused(write(folder, "h.npy", npyWith(1, "{'descr': '<f4', 'shape': (1, 6), }", values)), SHAPE, 0, "fortran_order");
        byte[] endless = npyWith(2, "{}", values);
        endless[11] = 0x70;
        assertRefused(write(folder, "h.npy", endless), SHAPE, 0, "header of");
    }

    @Test
    void packedZerosDoNotFillTheMemory() {
        // 16 MiB of zeros in 16 KiB; the header promises 64 TiB.
        byte[] file = npy("|u1", false, "16777216, 2048, 2048", new byte[1 << 24]);
        assertRefused(write(folder, "z.npy.gz", gzip(file)), new Shape(1, 2048, 2048), 0, "z.npy.gz", "image 4 of 16777216");
    }

    @Test
    void fuzzedFilesGiveDataOrOneMessage() {
        long seed = Long.getLong("axongrid.seed", 20240612);
        Random random = new Random(seed);
        byte[] images = npy("<f4", false, "2, 2, 1, 3", floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        byte[][] files = {images, npy("|u1", true, "2, 6", counting(12)), idx(new int[] {2, 6}, counting(12)),
            gzip(idx(new int[] {2, 6}, counting(12))), npz("x", images, "y", npy("<i8", false, "2,", longs(3, 4)))};
        for (int i = 0; i < 800; i++) {
            byte[] bad = files[i % files.length].clone();
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = random.nextBoolean() ? (byte) (1 << random.nextInt(8)) : (byte) random.nextInt();
            }
            bad = random.nextInt(4) == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length + 4)) : bad;
            int round = i;
            try {
                DataSets.open(write(folder, "fuzzed" + (i % 3 == 0 ? ".bin" : ""), bad), SHAPE, 10);
            } catch (InvalidInputException e) {
                assertEquals(1, e.getMessage().lines().count(), () -> "seed " + seed + ", round " + round + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }
}
