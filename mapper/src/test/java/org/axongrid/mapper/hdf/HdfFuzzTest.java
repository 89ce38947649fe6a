package org.axongrid.mapper.hdf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.nir.NirImporter;
import org.axongrid.mapper.nir.NirOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or refused in one line that names the file; nothing else happens. */
class HdfFuzzTest {
    private static final int ROUNDS = 250;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lif_norse.nir", "qcfs_cnn_v1.nir"})
    void damage(String name) throws IOException {
        byte[] good;
        try (InputStream in = HdfFuzzTest.class.getResourceAsStream("/nir/" + name)) {
            good = in.readAllBytes();
        }
        Random random = new Random(name.hashCode());
        int read = 0;
        int[] used = java.util.stream.IntStream.range(0, good.length).filter(i -> good[i] != 0).toArray();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = random.nextInt(5) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int k = random.nextInt(3); k >= 0 && bad.length > 0; k--) {
                // Mostly where something is: much of such a file is empty.
                int at = random.nextInt(4) > 0 ? used[random.nextInt(used.length)] : random.nextInt(bad.length);
                if (at < bad.length) {
                    bad[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bad[at] ^ 1 << random.nextInt(8));
                }
            }
            Path file = folder.resolve("bad.nir");
            Files.write(file, bad);
            try {
                NirImporter.read(file, new NirOptions(NirOptions.Reset.AUTO, 1e-4, NirOptions.Discretisation.EXPONENTIAL), random.nextBoolean());
                read++;
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith("bad.nir") && e.getMessage().indexOf('\n') < 0, name + " round " + round + ": " + e.getMessage());
                assertFalse(e.getMessage().contains("Exception"), name + " round " + round + ": " + e.getMessage());
            }
        }
        assertTrue(read > 5 && read < ROUNDS, read + " of " + ROUNDS + " were read");
    }

    @Test
    void whatIsNoHdf5() throws IOException {
        Path file = folder.resolve("x.nir");
        Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        assertTrue(assertThrows(InvalidInputException.class, () -> HdfReader.read(file)).getMessage().contains("Git LFS"));
        Files.write(file, new byte[0]);
        assertTrue(assertThrows(InvalidInputException.class, () -> HdfReader.read(file)).getMessage().contains("empty file"));
        Files.writeString(file, "hello, this is text");
        assertTrue(assertThrows(InvalidInputException.class, () -> HdfReader.read(file)).getMessage().contains("no HDF5 file"));
        assertTrue(assertThrows(InvalidInputException.class, () -> HdfReader.read(folder.resolve("none.nir"))).getMessage().contains("no such file"));
        assertTrue(assertThrows(InvalidInputException.class, () -> HdfReader.read(folder)).getMessage().contains("not a file"));
    }
}
