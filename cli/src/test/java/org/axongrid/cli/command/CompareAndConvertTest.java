package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.axongrid.cli.Outcome;
import org.axongrid.mapper.method.Methods;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands compare and convert from outside, on the shipped model and data. */
class CompareAndConvertTest {
    @TempDir
    Path folder;
    private Path model;

    @BeforeEach
    void copyModel() throws IOException {
        model = folder.resolve("net.onnx");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/org/axongrid/cli/demo/fashion_cnn_L4.onnx")) {
            Files.copy(in, model);
        }
    }

    private Outcome compare(String... more) {
        return Outcome.axongrid(Stream.concat(Stream.of("compare", model.toString(), "--data", "fashion"), Arrays.stream(more))
            .toArray(String[]::new));
    }

    @Test
    void comparesAllMethods() throws IOException {
        Path json = folder.resolve("c.json");
        Outcome o = compare("--limit", "10", "--steps", "2,1,4", "--calibration-images", "5", "--json", json.toString(), "--out",
            folder.resolve("out").toString());
        assertEquals(0, o.status(), o.err());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertEquals("axongrid.compare/1", d.path("schema").asText());
        assertEquals(3 * Methods.names().size(), d.path("rows").size());
        for (int i = 0; i < d.path("rows").size(); i++) {
            JsonNode row = d.path("rows").get(i);
            assertEquals(Methods.names().get(i / 3), row.path("method").asText());
            int t = List.of(1, 2, 4).get(i % 3);
            int prepared = switch (row.path("method").asText()) {
                case "srp", "cos-joint" -> 4;
                // Each of the four layers hears its input twice; at least four steps of it are needed.
                case "cos" -> 4 * 4 + Math.max(t, 4) - t;
                default -> 0;
            };
            assertEquals(t, row.path("t").asInt());
            assertEquals(t + 4 + prepared, row.path("chip_steps").asInt(), row.toString());
            for (String field : List.of("accuracy", "float_accuracy", "synaptic_operations", "spikes")) {
                assertTrue(row.path(field).isNumber() && row.path(field).asDouble() >= 0, row.toString());
            }
            boolean serial = row.path("method").asText().equals("cos");
            // On a replay the chip delivers all spikes twice, the simulator those of the preparation.
            assertTrue(row.path("unary_synaptic_operations").asDouble() >= row.path("synaptic_operations").asDouble() || serial, row.toString());
            assertTrue(row.path("energy_j").asDouble() > 0 && row.path("latency_s").asDouble() > 0, row.toString());
            assertFalse(row.has("host_state_writes"), row.toString());
        }
        assertTrue(d.path("chip_equals_oracle").asBoolean());
        assertTrue(o.out().contains("as the integer oracle does"), o.out());
        assertTrue(o.out().contains("note: methods that calibrate use 5 images of the same data that are not classified"), o.out());
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertEquals(List.of("compare.csv", "compare.json", "compare.txt"),
                files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(1 + 3 * Methods.names().size(), Files.readAllLines(folder.resolve("out/compare.csv")).size());
    }

    /** Where axon delays are too short for a replay, the host has layers run again and writes what it corrects. */
    @Test
    void theHostPreparesWhereDelaysAreShort() throws IOException {
        Path json = folder.resolve("c.json");
        Path chip = Files.writeString(folder.resolve("short.yaml"),
            "schema: axongrid.chip/1\nname: short\nbase: loihi2\nparameters:\n  axon_delay_max: 3\n");
        Outcome o = compare("--limit", "10", "--steps", "2,4", "--methods", "cos", "--chip", chip.toString(), "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertTrue(d.path("chip_equals_oracle").asBoolean());
        for (JsonNode row : d.path("rows")) {
            assertEquals(row.path("t").asInt() + 4 + 4 * (4 + 4), row.path("chip_steps").asInt(), row.toString());
            assertTrue(row.path("host_reads").asDouble() > 0 && row.path("host_state_writes").asDouble() > 0, row.toString());
        }
        assertTrue(o.out().contains("state words"), o.out());
    }

    @Test
    void threadsChangeNothing() throws IOException {
        String expected = null;
        for (String threads : List.of("1", "2", "3")) {
            Path json = folder.resolve("c.json");
            Outcome o = compare("--limit", "12", "--steps", "1,4", "--methods", "cos,srp:tau=2,gn,snm", "--threads", threads, "--quiet",
                "--json", json.toString(), "--calibration-images", "5");
            assertEquals(0, o.status(), o.err());
            assertEquals("", o.out());
            String rows = new ObjectMapper().readTree(json.toFile()).path("rows").toString();
            expected = expected == null ? rows : expected;
            assertEquals(expected, rows);
        }
    }

    @Test
    void theChipAloneIsTheOracleAlone() throws IOException {
        JsonNode chip = rows("--no-oracle");
        JsonNode oracle = rows("--no-chip");
        assertEquals(8, chip.size());
        for (int i = 0; i < chip.size(); i++) {
            JsonNode row = chip.get(i);
            assertEquals(oracle.get(i).path("accuracy").asDouble(-1), row.path("accuracy").asDouble(-2), row.toString());
            if (!row.path("method").asText().equals("cos")) {
                assertEquals(oracle.get(i).path("synaptic_operations").asDouble(), row.path("synaptic_operations").asDouble(), row.toString());
                assertEquals(oracle.get(i).path("chip_steps").asInt(), row.path("chip_steps").asInt());
            }
            for (String field : List.of("energy_j", "latency_s", "host_reads", "host_state_writes")) {
                assertFalse(oracle.get(i).has(field), field);
            }
            assertTrue(row.path("energy_j").asDouble() > 0, row.toString());
        }
    }

    private JsonNode rows(String how) throws IOException {
        Path json = folder.resolve("rows.json");
        Outcome o = compare("--limit", "16", "--steps", "2,4", "--methods", "qcfs,srp,cos,gn", "--json", json.toString(), how);
        assertEquals(0, o.status(), o.err());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertEquals(how.equals("--no-oracle"), d.has("energy"));
        assertFalse(d.has("chip_equals_oracle"), "there is nothing to compare with");
        return d.path("rows");
    }

    @Test
    void rowsAreWhatRunSays() throws IOException {
        for (JsonNode row : rows("--no-oracle")) {
            Path json = folder.resolve("run.json");
            Outcome o = Outcome.axongrid("run", model.toString(), "--data", "fashion", "--limit", "16", "--chip", "loihi2", "--no-oracle", "--quiet",
                "--method", row.path("method").asText(), "--steps", row.path("t").asText(), "--json", json.toString());
            if (row.path("method").asText().equals("cos") && row.path("t").asInt() < 4) {
                assertSaid(1, o, "needs at least 4 steps");
                continue;
            }
            assertEquals(0, o.status(), o.err());
            JsonNode run = new ObjectMapper().readTree(json.toFile());
            assertEquals(run.path("chip_steps"), row.path("chip_steps"), row.toString());
            assertEquals(run.path("accuracy").path("chip"), row.path("accuracy"), row.toString());
            for (String field : List.of("synaptic_operations", "energy_j", "latency_s")) {
                assertEquals(run.path("per_inference").path(field), row.path(field), row.toString());
            }
        }
    }

    @Test
    void aChipWithoutProgramsRunsPlainSoftResetOnly() throws IOException {
        Path json = folder.resolve("c.json");
        Outcome o = compare("--limit", "4", "--steps", "1,2", "--chip", "loihi", "--calibration-images", "5", "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertEquals(2 * Methods.names().size(), d.path("rows").size());
        for (JsonNode row : d.path("rows")) {
            String method = row.path("method").asText();
            // Group and burst neurons become members there.
            boolean programs = List.of("srp", "cos", "cos-joint", "snm").contains(method);
            assertEquals(!programs, row.has("energy_j"), row.toString());
            assertTrue(row.path("accuracy").isNumber(), row.toString());
            if (!programs) {
                // Binary spikes: each is one unit, on the simulator and on the chip, those of members to each other included.
                assertEquals(row.path("unary_synaptic_operations").asDouble(), row.path("synaptic_operations").asDouble(), row.toString());
            }
            assertEquals(programs, o.out().contains("note: " + method + " does not run on chip loihi: "), o.out());
        }
        assertSaid(1, compare("--limit", "4", "--chip", "loihi", "--methods", "qcfs,srp"), "srp", "runs no neuron programs");
        assertSaid(1, compare("--limit", "4", "--chip", "truenorth", "--methods", "qcfs,srp", "--no-chip"), "truenorth", "more than one phase");
        assertSaid(1, compare("--limit", "4", "--chip", "truenorth", "--methods", "qcfs", "--no-chip", "--weight-bits", "4"), "truenorth", "2 or 3 bits");
        assertEquals(0, compare("--limit", "4", "--chip", "truenorth", "--methods", "qcfs,opi", "--no-chip").status());
    }

    @Test
    void wrongUsage() {
        assertSaid(2, compare("--methods", "qcsf"), "'qcsf' is not known", "qcfs");
        assertSaid(2, compare("--methods", "srp:tau=0"), "tau is outside 1..");
        assertSaid(2, compare("--steps", "0"), "--steps");
        assertSaid(2, compare("--steps", "two"), "--steps");
        assertSaid(2, Outcome.axongrid("convert", model.toString(), "--method", "x"), "--method");
        assertSaid(1, Outcome.axongrid("convert", model.toString(), "--method", "rmp"), "needs calibration data");
        assertSaid(1, Outcome.axongrid("convert", folder.resolve("no.onnx").toString()), "no.onnx");
    }

    private static void assertSaid(int status, Outcome o, String... parts) {
        assertEquals(status, o.status(), o.err());
        for (String part : parts) {
            assertTrue(o.err().contains(part), o.err());
        }
        assertFalse(o.err().contains("internal error"), o.err());
    }

    @Test
    void convertExplainsAndWrites() throws IOException {
        Path out = folder.resolve("out");
        Path json = folder.resolve("c.json");
        Outcome o = Outcome.axongrid("convert", model.toString(), "--method", "snm", "--calibration", "fashion", "--calibration-images", "5",
            "--explain", "--out", out.toString(), "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        assertTrue(o.out().contains("error <="), o.out());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertEquals(5, d.path("layers").size());
        for (JsonNode layer : d.path("layers")) {
            assertTrue(layer.path("error_bound").asDouble() >= layer.path("error_typical").asDouble(), layer.toString());
            assertTrue(layer.path("input_max").asLong() >= layer.path("input_min").asLong(), layer.toString());
        }
        assertEquals(6, Files.readAllLines(out.resolve("layers.csv")).size());
        try (ZipFile zip = new ZipFile(out.resolve("integers.npz").toFile())) {
            byte[] first = zip.getInputStream(zip.getEntry("act1__scale.npy")).readAllBytes();
            assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, Arrays.copyOf(first, 8));
            assertEquals(0, (first.length - 16 * 8) % 64, "values start at a multiple of 64 bytes");
            assertTrue(zip.getEntry("act1__payload.npy") != null);
        }
    }
}
