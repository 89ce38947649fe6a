package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.axongrid.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeCommandTest {
    @TempDir
    Path folder;
    private String err;

    private int demo(Object... more) {
        PrintStream before = System.out;
        PrintStream beforeErr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return Main.run(Stream.concat(Stream.of("demo", "--limit", "3", "--steps", "4", "--no-oracle"), Stream.of(more)).map(Object::toString)
                .toArray(String[]::new));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
            err = said.toString(StandardCharsets.UTF_8);
        }
    }

    /** @return the int32 values of each array of an archive */
    private static Map<String, int[]> arrays(Path npz) throws IOException {
        Map<String, int[]> found = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(npz))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
                bytes.position(10 + bytes.getShort(8));
                int[] values = new int[bytes.remaining() / 4];
                bytes.asIntBuffer().get(values);
                found.put(e.getName().replace(".npy", ""), values);
            }
        }
        return found;
    }

    /** The same recordings as CSV and as NPZ, native on loihi and programmed on loihi2: the same integers but for the 6 bits below a weight. */
    @Test
    void csvAndNpzHoldTheSameOnBothChips() throws IOException {
        Map<String, int[]> before = null;
        for (String chip : List.of("loihi", "loihi2")) {
            Path csv = folder.resolve(chip + ".csv");
            Path npz = folder.resolve(chip + ".npz");
            Object[] what = {"--chip", chip, "--scales", "layer", "--probe", "act2.v:0-9", "--probe", "act2.spike:0-9", "--probe-images", 2};
            assertEquals(0, demo(Stream.concat(Stream.of(what), Stream.of("--probe-out", csv)).toArray()), err);
            assertEquals(0, demo(Stream.concat(Stream.of(what), Stream.of("--probe-out", npz)).toArray()), err);
            List<String> rows = Files.readAllLines(csv);
            Map<String, int[]> arrays = arrays(npz);
            assertEquals(1 + 2 * 8, rows.size());
            for (int r = 0; r < 16; r++) {
                String[] values = rows.get(r + 1).split(",");
                for (int i = 0; i < 10; i++) {
                    assertEquals(values[2 + i], Integer.toString(arrays.get("act2.v")[r * 10 + i]));
                    assertEquals(values[12 + i], Integer.toString(arrays.get("act2.spike")[r * 10 + i]));
                }
            }
            assertEquals(9, arrays.get("act2.v.elements")[9]);
            int shift = chip.equals("loihi") ? 6 : 0;
            int[] v = java.util.Arrays.stream(arrays.get("act2.v")).map(x -> x >> shift).toArray();
            arrays.put("act2.v", v);
            if (before != null) {
                assertTrue(java.util.Arrays.equals(before.get("act2.spike"), arrays.get("act2.spike")));
                assertTrue(java.util.Arrays.equals(before.get("act2.v"), v));
            }
            before = arrays;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "act9|1|probe act9: no region 'act9'; did you mean 'act",
        "act2.w|1|probe act2.w: act2 0 has no 'w', it has spike, u, v",
        "act2:5-3|1|probe act2:5-3: elements '5-3', act2 has 0-6271",
        "act2:x|1|probe act2:x: elements 'x', act2 has 0-6271",
        "act2:99999|1|probe act2:99999: elements '99999', act2 has 0-6271"})
    void mistakesAreNamedAndNothingIsWritten(String probe, int status, String message) {
        Path csv = folder.resolve("p.csv");
        assertEquals(status, demo("--probe", probe, "--probe-out", csv));
        assertTrue(err.startsWith("axongrid: " + message), err);
        assertEquals(1, err.lines().count());
        assertFalse(Files.exists(csv));
    }

    @Test
    void wrongUsage() {
        assertEquals(2, demo("--probe", "act2"));
        assertEquals(2, demo("--probe-out", folder.resolve("p.csv")));
        assertEquals(2, demo("--probe", "act2", "--probe-out", folder.resolve("p.txt")));
        assertEquals(2, demo("--probe", "act2", "--probe-images", 0, "--out", folder));
    }

    /** The second compartment of a soft reset costs cores, updates and messages, and changes no spike. */
    @Test
    void softResetOfTwoCompartmentsChangesCostsOnly() throws IOException {
        Path one = folder.resolve("one.json");
        Path two = folder.resolve("two.json");
        assertEquals(0, Main.run("demo", "--limit", "3", "--steps", "4", "--quiet", "--json", one.toString()));
        assertEquals(0, Main.run("demo", "--limit", "3", "--steps", "4", "--quiet", "--json", two.toString(), "--soft-reset", "two-compartment"));
        var a = new com.fasterxml.jackson.databind.ObjectMapper().readTree(one.toFile());
        var b = new com.fasterxml.jackson.databind.ObjectMapper().readTree(two.toFile());
        long spikes = a.at("/counters/spikes").asLong();
        assertEquals(spikes, b.at("/counters/spikes").asLong());
        assertEquals(spikes, b.at("/counters/reset_messages").asLong());
        assertEquals(a.at("/counters/synaptic_operations").asLong() + spikes, b.at("/counters/synaptic_operations").asLong());
        assertEquals(a.at("/accuracy/chip_by_step"), b.at("/accuracy/chip_by_step"));
        assertTrue(b.at("/cores").asInt() > 1.5 * a.at("/cores").asInt());
        assertEquals(1, demo("--chip", "loihi2", "--soft-reset", "two-compartment"));
    }
}
