package org.axongrid.cli.data;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.axongrid.cli.data.DataFiles.assertRefused;
import static org.axongrid.cli.data.DataFiles.counting;
import static org.axongrid.cli.data.DataFiles.gzip;
import static org.axongrid.cli.data.DataFiles.idx;
import static org.axongrid.cli.data.DataFiles.image;
import static org.axongrid.cli.data.DataFiles.write;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** IDX, CIFAR-10 binary, folders and the built-in set. */
class IdxAndCifarTest {
    private static final Shape SMALL = new Shape(1, 2, 3);
    private static final Shape CIFAR = new Shape(3, 32, 32);

    @TempDir
    Path folder;

    private static byte[] images() {
        return idx(new int[] {2, 2, 3}, counting(12));
    }

    private static void assertImages(DataSet data) {
        assertEquals(2, data.size());
        assertEquals(SMALL, data.shape());
        double[] wanted = new double[6];
        Arrays.setAll(wanted, i -> (float) (6 + i) / 255f);
        assertArrayEquals(wanted, image(data, 1));
    }

    @Test
    void imagesWithLabelsUnderAllUsualNames() throws IOException {
        String[][] names = {{"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}, {"t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"},
            {"a-images.idx3-ubyte", "a-labels.idx1-ubyte"}, {"b-images-idx3-ubyte", "b-labels.idx1-ubyte.gz"},
            {"c-images.idx3-ubyte.gz", "c-labels-idx1-ubyte"}};
        for (String[] pair : names) {
            write(folder, pair[1], pair[1].endsWith("gz") ? gzip(idx(new int[] {2}, (byte) 7, (byte) 9)) : idx(new int[] {2}, (byte) 7, (byte) 9));
            Path path = write(folder, pair[0], pair[0].endsWith("gz") ? gzip(images()) : images());
            DataSet data = DataSets.open(path, SMALL, 10);
            assertImages(data);
            assertTrue(data.labelled());
            assertEquals(9, data.label(1));
            Files.delete(folder.resolve(pair[1]));
        }
    }

    @Test
    void withoutLabelsTheyAreMinusOne() {
        DataSet data = DataSets.open(write(folder, "images-idx3-ubyte", images()), SMALL, 10);
        assertFalse(data.labelled());
        assertEquals(-1, data.label(0));
        assertThrows(IndexOutOfBoundsException.class, () -> data.label(2));
    }

    @Test
    void packingIsRecognisedByContent() {
        assertImages(DataSets.open(write(folder, "images-idx3-ubyte", gzip(images())), SMALL, 10));
        assertImages(DataSets.open(write(folder, "other-images-idx3-ubyte.gz", images()), SMALL, 10));
    }

    @Test
    void flatNetworksTakeImagesRowByRow() {
        DataSet data = DataSets.open(write(folder, "images-idx3-ubyte", images()), Shape.dense(6), 0);
        assertEquals((float) 7 / 255f, image(data, 1)[1]);
    }

    @Test
    void damagedIdxNamesThePlace() {
        byte[] good = images();
        assertRefused(write(folder, "i-idx3", Arrays.copyOf(good, good.length - 1)), SMALL, 0, "i-idx3", "byte 27", "image 1 of 2", "6", "5");
        assertRefused(write(folder, "i-idx3", Arrays.copyOf(good, 10)), SMALL, 0, "header");
        assertRefused(write(folder, "i-idx3", Arrays.copyOf(good, good.length + 1)), SMALL, 0, "byte 28", "more bytes");
        byte[] many = good.clone();
        many[4] = 0x7f;
        assertRefused(write(folder, "i-idx3", many), SMALL, 0, "extent 2130706434");
        many[4] = 0;
        many[5] = 0x70;
        assertRefused(write(folder, "i-idx3", many), SMALL, 0, "image 2 of 7340034");
        byte[] floats = good.clone();
        floats[2] = 0x0d;
        assertRefused(write(folder, "i-idx3", floats), SMALL, 0, "element type 13");
        assertRefused(write(folder, "i-idx3", idx(new int[] {0, 2, 3})), SMALL, 0, "extent 0");
        byte[] packed = gzip(good);
        assertRefused(write(folder, "i-idx3.gz", Arrays.copyOf(packed, packed.length - 12)), SMALL, 0, "i-idx3.gz");
        assertRefused(write(folder, "i-idx3.gz", new byte[] {0x1f, (byte) 0x8b, 1}), SMALL, 0, "gzip");
    }

    @Test
    void shapesMustFit() {
        assertRefused(write(folder, "i-idx3", images()), new Shape(1, 3, 2), 0, "[2, 3]", "1x3x2");
        assertRefused(write(folder, "i-idx3", images()), Shape.dense(7), 0, "[2, 3]", "7x1x1");
        assertRefused(write(folder, "i-idx3", images()), CIFAR, 0, "[2, 3]", "3x32x32");
    }

    @Test
    void labelsMustFit() {
        Path path = write(folder, "x-images-idx3-ubyte", images());
        write(folder, "x-labels-idx1-ubyte", idx(new int[] {3}, counting(3)));
        assertRefused(path, SMALL, 10, "2 images", "3 labels");
        write(folder, "x-labels-idx1-ubyte", idx(new int[] {2}, (byte) 1, (byte) 10));
        assertRefused(path, SMALL, 10, "label 10 of image 1", "0 to 9");
        assertEquals(10, DataSets.open(path, SMALL, 0).label(1));
        write(folder, "x-labels-idx1-ubyte", idx(new int[] {2}, (byte) 1));
        assertRefused(path, SMALL, 10, "x-labels-idx1-ubyte");
        write(folder, "x-labels-idx1-ubyte", images());
        assertRefused(path, SMALL, 10, "x-labels-idx1-ubyte", "3 dimensions");
    }

    private static byte[] cifar(int records) {
        byte[] out = new byte[3073 * records];
        for (int i = 0; i < records; i++) {
            out[3073 * i] = (byte) (i % 10);
            for (int k = 0; k < 3072; k++) {
                out[3073 * i + 1 + k] = (byte) (k / 1024 * 50 + i + k % 7);
            }
        }
        return out;
    }

    @Test
    void cifarPlanesBecomeChannels() {
        for (Path path : new Path[] {write(folder, "test_batch.bin", cifar(3)), write(folder, "more_batch.bin.gz", gzip(cifar(3)))}) {
            DataSet data = DataSets.open(path, CIFAR, 10);
            assertEquals(3, data.size());
            assertEquals(2, data.label(2));
            // Green at row 1, column 3: byte 1024 + 35 of the image.
            assertEquals((float) (50 + 2 + 1059 % 7) / 255f, image(data, 2)[CIFAR.index(1, 1, 3)]);
        }
    }

    @Test
    void cifarThatBeginsLikeIdx() {
        byte[] data = cifar(1);
        data[0] = 0;
        data[1] = 0;
        data[2] = 8;
        data[3] = 3;
        assertEquals(1, DataSets.open(write(folder, "data_batch_1.bin", data), CIFAR, 10).size());
    }

    @Test
    void damagedCifarNamesTheRecord() {
        assertRefused(write(folder, "a.bin", Arrays.copyOf(cifar(2), 4000)), CIFAR, 10, "CIFAR-10 record 1", "3073", "927");
        byte[] bad = cifar(2);
        bad[3073] = 11;
        assertRefused(write(folder, "a.bin", bad), CIFAR, 0, "label 11 of record 1");
        assertRefused(write(folder, "a.bin", new byte[0]), CIFAR, 10, "no images");
        assertRefused(write(folder, "a.bin", cifar(1)), SMALL, 10, "[3, 32, 32]", "1x2x3");
    }

    @Test
    void folders() throws IOException {
        Path batches = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        write(batches, "data_batch_1.bin", cifar(1));
        write(batches, "test_batch.bin", cifar(2));
        write(batches, "batches.meta.txt", new byte[] {'a'});
        assertEquals(2, DataSets.open(batches, CIFAR, 10).size());
        write(batches, "t10k-images-idx3-ubyte", images());
        assertRefused(batches, CIFAR, 10, "several image files", "test_batch.bin", "t10k-images-idx3-ubyte");
        assertRefused(Files.createDirectory(folder.resolve("none")), CIFAR, 10, "no IDX images");
    }

    @Test
    void foreignAndMissingFiles() {
        assertRefused(write(folder, "a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}), SMALL, 0, "a.png", "unknown format");
        assertRefused(write(folder, "empty", new byte[0]), SMALL, 0, "an empty file");
        assertRefused(folder.resolve("gone"), SMALL, 0, "no such file");
        String message = assertThrows(InvalidInputException.class, () -> DataSets.open("fashio", SMALL, 0)).getMessage();
        assertTrue(message.contains("fashio") && message.contains("fashion"), message);
    }

    @Test
    void builtInFashion() {
        Shape shape = new Shape(1, 28, 28);
        DataSet data = DataSets.open(DataSets.FASHION, shape, 10);
        assertEquals("fashion", data.name());
        assertEquals(10_000, data.size());
        int[] perClass = new int[10];
        for (int i = 0; i < data.size(); i++) {
            perClass[data.label(i)]++;
        }
        assertArrayEquals(new int[] {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000}, perClass);
        assertTrue(Arrays.stream(image(data, 0)).allMatch(v -> v >= 0 && v <= 1));
    }
}
