package org.axongrid.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event recordings: binning, labels, and what is refused. */
class EventSetTest {
    private static final Shape SENSOR = new Shape(2, 3, 4);

    @TempDir
    Path folder;

    private static byte[] event(int x, int y, int polarity, int us) {
        return new byte[] {(byte) x, (byte) y, (byte) (polarity << 7 | us >> 16), (byte) (us >> 8), (byte) us};
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    static Path zip(Path folder, String labels, byte[]... recordings) throws IOException {
        Path zip = folder.resolve("events.zip");
        try (OutputStream out = Files.newOutputStream(zip); ZipOutputStream z = new ZipOutputStream(out)) {
            for (int i = 0; i < recordings.length; i++) {
                z.putNextEntry(new ZipEntry("set/" + i + ".bin"));
                z.write(recordings[i]);
            }
            if (labels != null) {
                z.putNextEntry(new ZipEntry("labels.csv"));
                z.write(labels.getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private static String refused(String source, int bin, int steps) {
        return assertThrows(InvalidInputException.class, () -> EventSet.open(source, SENSOR, 10, bin, steps)).getMessage();
    }

    @Test
    void binsAndPolarities() throws IOException {
        byte[] a = join(event(1, 2, 1, 0), event(0, 0, 0, 999), event(1, 2, 1, 500), event(3, 2, 0, 1000), event(2, 240, 0, 0), event(0, 1, 1, 10));
        Path zip = zip(folder, "file,label\n0.bin,7\n1.bin,0\n", a, event(0, 0, 0, 0x7fffff));
        assertTrue(EventSet.matches(zip.toString()));
        EventSet set = EventSet.open(zip.toString(), SENSOR, 10, 1000, 20);
        assertEquals(2, set.size());
        assertArrayEquals(new int[] {7, 0}, set.labels());
        // A row of 240 stands for 2^13 us.
        assertEquals(9, set.spikes(0).length);
        int twice = SENSOR.index(1, 2, 1);
        assertArrayEquals(new int[] {SENSOR.index(0, 0, 0), twice, twice}, set.spikes(0)[0]);
        assertArrayEquals(new int[] {SENSOR.index(0, 2, 3)}, set.spikes(0)[1]);
        assertArrayEquals(new int[] {SENSOR.index(1, 1, 0)}, set.spikes(0)[8]);
        assertEquals(0, set.spikes(1).length, "its only event is behind the last step");
        assertEquals(8389, EventSet.open(zip.toString(), SENSOR, 10, 1000, 0).longest());
        assertEquals(SENSOR.index(0, 2, 1) / 2, EventSet.open(zip.toString(), new Shape(1, 3, 4), 10, 1000, 20).spikes(0)[0][1],
            "one channel takes both polarities");
    }

    @Test
    void tables() throws IOException {
        Path csv = folder.resolve("t.csv");
        Files.writeString(csv, "1,0,0.5\n0,2,x\n");
        EventSet set = EventSet.open(csv.toString(), Shape.dense(2), 10, 1000, 0);
        assertFalse(set.labelled());
        assertEquals(-1, set.label(0));
        assertArrayEquals(new int[][] {{0}, {1, 1}}, set.spikes(0));
        Files.writeString(csv, "1,-1\n");
        assertTrue(assertThrows(InvalidInputException.class, () -> EventSet.open(csv.toString(), Shape.dense(2), 10, 1000, 0)).getMessage()
            .contains("line 1, column 2"));
        Files.writeString(csv, "1\n");
        assertTrue(assertThrows(InvalidInputException.class, () -> EventSet.open(csv.toString(), Shape.dense(2), 10, 1000, 0)).getMessage()
            .contains("has 2"));
    }

    @Test
    void refusals() throws IOException {
        assertTrue(refused(zip(folder, null, new byte[7]).toString(), 1000, 0).contains("7 bytes"));
        assertTrue(refused(zip(folder, null, event(4, 0, 0, 0)).toString(), 1000, 0).contains("at column 4"));
        assertTrue(refused(zip(folder, "file,label\n0.bin,10\n", event(0, 0, 0, 0)).toString(), 1000, 0).contains("a class below 10"));
        assertTrue(refused(zip(folder, "file,label\n1.bin,1\n", event(0, 0, 0, 0)).toString(), 1000, 0).contains("no line for 0.bin"));
        assertTrue(refused(zip(folder, null, event(0, 0, 0, 1 << 20)).toString(), 1, 0).contains("at most 100000"));
        assertTrue(refused(zip(folder, null).toString(), 1, 0).contains("no .bin recordings"));
        assertTrue(refused(folder.resolve("none.zip").toString(), 1, 0).contains("no such file"));
    }

    @Test
    void damagedArchives() throws IOException {
        byte[] good = Files.readAllBytes(zip(folder, "file,label\n0.bin,1\n", join(event(1, 1, 0, 5), event(1, 1, 0, 6))));
        Random random = new Random(11);
        Path bad = folder.resolve("bad.zip");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int k = 0; k < 2 && bytes.length > 0; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(bad, bytes);
            try {
                EventSet.open(bad.toString(), SENSOR, 10, 1000, 0);
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().contains("bad.zip") && e.getMessage().indexOf('\n') < 0, "round " + round + ": " + e.getMessage());
            }
        }
    }
}
