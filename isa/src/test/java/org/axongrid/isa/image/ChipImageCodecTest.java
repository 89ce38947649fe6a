package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChipImageCodecTest {
    @Test
    void randomImagesComeBackEqual(@TempDir Path folder) {
        for (int seed = 0; seed < 60; seed++) {
            ChipImage image = RandomImages.image(seed);
            Path file = folder.resolve("image.axg");
            ChipImageCodec.write(image, file);
            assertNull(Images.difference(image, ChipImageCodec.read(file)), "seed " + seed);
        }
    }

    @Test
    void invalidImagesComeBackEqualToo() throws IOException {
        ChipImage image = Changed.core(SmallImage.image(), 2, c -> {
            c.axonAtoms = new int[0];
            c.outDelay = new int[] {Integer.MIN_VALUE, -1};
            c.synapseWords = new long[] {Long.MIN_VALUE};
        });
        assertNull(Images.difference(image, read(bytes(image))));
        assertNotNull(Images.difference(image, SmallImage.image()));
    }

    @Test
    void sameImageSameBytes() throws IOException {
        assertArrayEquals(bytes(RandomImages.image(5)), bytes(RandomImages.image(5)));
    }

    @Test
    void aDamagedFileIsNeverAnotherImage() throws IOException {
        long seed = 20260;
        Random random = new Random(seed);
        for (int n = 0; n < 900; n++) {
            ChipImage image = RandomImages.image(n % 20);
            byte[] good = bytes(image);
            byte[] bad = good.clone();
            if (n % 3 == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            } else {
                for (int flips = 1 + random.nextInt(n % 3 == 1 ? 1 : 20); flips > 0; flips--) {
                    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            try {
                assertNull(Images.difference(image, read(bad)), "seed " + seed + " run " + n);
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith("f: "), e.getMessage());
            }
        }
    }

    /** Behind valid checksums, so that every check of the content is reached. */
    @Test
    void damageThatTheChecksumHidesIsAnErrorOrAnotherImage() throws IOException {
        long seed = 20261;
        Random random = new Random(seed);
        int refused = 0;
        for (int n = 0; n < 1500; n++) {
            byte[] bad = bytes(RandomImages.image(n % 20));
            // Mostly the head of a section, where the counts are.
            List<Integer> starts = sections(bad);
            int start = starts.get(random.nextInt(starts.size() - 1));
            int length = (int) ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).getLong(start + 4);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = start + 12 + random.nextInt(random.nextBoolean() ? Math.min(length, 60) : length);
                bad[at] = (byte) random.nextInt(256);
            }
            repairChecksum(bad, start);
            try {
                ChipImageValidator.problems(read(bad));
            } catch (InvalidInputException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("f: "), e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " run " + n, e);
            }
        }
        assertTrue(refused > 250, "only " + refused + " refused");
    }

    @Test
    void errorsNameSectionPositionAndCause() throws IOException {
        byte[] good = bytes(SmallImage.image());
        List<Integer> starts = sections(good);
        int firstCore = starts.get(2);
        refused(new byte[0], "f: not a chip image: it does not start with AXGIMAGE");
        refused("PK\3\4 something else".getBytes(StandardCharsets.ISO_8859_1), "not a chip image");
        refused(Arrays.copyOf(good, 10), "header, byte 8: the file ends here, 4 bytes expected: truncated");
        refused(with(good, 8, 4), "header, byte 8: format version 4 is newer than 3");
        refused(with(good, 8, 0), "format version 0 does not exist");
        refused(Arrays.copyOf(good, good.length + 3), "f: 3 bytes after the end at byte " + good.length);
        refused(Arrays.copyOf(good, good.length - 1), "section DONE, byte " + (good.length - 12) + ": it has 0 bytes and a checksum");
        refused(Arrays.copyOf(good, good.length - 16), "section DONE, byte " + (good.length - 16) + ": the file ends here");
        refused(with(good, firstCore + 20, good[firstCore + 20] ^ 1), "section CORE 1 of 3, byte " + firstCore + ": checksum is ");
        refused(with(good, firstCore + 11, 0x7f), "section CORE 1 of 3, byte " + (firstCore + 4) + ": it has 91");
        refused(with(good, firstCore, 'R'), "section CORE 1 of 3, byte " + firstCore + ": another section starts here, 'RORE'");

        refused(repaired(good, firstCore, 16, 0x7fffffff), "section CORE 1 of 3, byte " + (firstCore + 20)
            + ": profiles: 107374182350 bytes expected, the section has ");
        refused(repaired(good, firstCore, 16, -1), "byte " + (firstCore + 16) + ": number of profiles is -1");
        refused(repaired(good, firstCore, 20, 5000), "profile 0: decays are 0..4096");
        // Name, then number of chips, depth, cores, regions.
        int head = starts.get(0);
        refused(repaired(good, head, 12 + 4 + 5 + 8, 1_000_000), "section HEAD: 1000000 cores, 2 regions and 0 ports do not fit the ");
        refused(repaired(good, head, 12 + 4 + 5 + 8, 2), "section REGN 1 of 2, byte " + starts.get(4) + ": another section starts here, 'CORE'");
    }

    @Test
    void writesWholeFilesOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("image.axg");
        Files.writeString(file, "old");
        ChipImageCodec.write(SmallImage.image(), file);
        assertNull(Images.difference(SmallImage.image(), ChipImageCodec.read(file)));
        Path none = folder.resolve("no/such/folder/image.axg");
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ChipImageCodec.write(SmallImage.image(), none));
        assertEquals(none + ": cannot be written: its folder does not exist", e.getMessage());
        InvalidInputException isFolder = assertThrows(InvalidInputException.class, () -> ChipImageCodec.write(SmallImage.image(), folder));
        assertEquals(folder + ": cannot be written: is a folder", isFolder.getMessage());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        InvalidInputException absent = assertThrows(InvalidInputException.class, () -> ChipImageCodec.read(none));
        assertEquals(none + ": cannot be read: no such file", absent.getMessage());
        assertThrows(InvalidInputException.class, () -> ChipImageCodec.read(folder));
    }

    private static void refused(byte[] file, String message) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] repaired(byte[] file, int start, int offset, int value) {
        byte[] changed = file.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(start + offset, value);
        repairChecksum(changed, start);
        return changed;
    }

    private static void repairChecksum(byte[] file, int start) {
        ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int end = start + 12 + (int) b.getLong(start + 4);
        CRC32C crc = new CRC32C();
        crc.update(file, start, end - start);
        b.putInt(end, (int) crc.getValue());
    }

    /** @return where each section starts */
    private static List<Integer> sections(byte[] file) {
        List<Integer> starts = new ArrayList<>();
        for (int at = 12; at < file.length; at += 16 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(at + 4)) {
            starts.add(at);
        }
        return starts;
    }

    private static byte[] bytes(ChipImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChipImageCodec.write(image, out);
        return out.toByteArray();
    }

    private static ChipImage read(byte[] file) {
        try {
            return ChipImageCodec.read(new ByteArrayInputStream(file), file.length, "f");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
