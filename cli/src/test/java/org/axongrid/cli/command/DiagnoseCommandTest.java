package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command diagnose from outside, on the shipped model and data. */
class DiagnoseCommandTest {
    @TempDir
    Path folder;
    private Path model;
    private String err;

    @BeforeEach
    void copyModel() throws IOException {
        model = folder.resolve("net.onnx");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/org/axongrid/cli/demo/fashion_cnn_L4.onnx")) {
            Files.copy(in, model);
        }
    }

    private int diagnose(String... more) {
        return axongrid(Stream.concat(Stream.of("diagnose", model.toString(), "--data", "fashion", "--quiet"), Arrays.stream(more)).toArray(String[]::new));
    }

    private int axongrid(String... args) {
        Outcome o = Outcome.axongrid((Object[]) args);
        err = o.err();
        return o.status();
    }

    private JsonNode json(String... more) throws IOException {
        Path file = folder.resolve("d.json");
        assertEquals(0, diagnose(Stream.concat(Arrays.stream(more), Stream.of("--json", file.toString())).toArray(String[]::new)), err);
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void saysWhereAccuracyGoes() throws IOException {
        JsonNode d = json("--steps", "1", "--limit", "120", "--out", folder.resolve("out").toString());
        assertEquals(5, d.path("stages").size());
        assertTrue(d.path("stages").get(4).path("equals_integer").asBoolean());
        assertEquals(d.path("stages").get(3).path("right").asInt(), d.path("stages").get(4).path("right").asInt());
        // One step of a network trained for four levels: quantisation alone already loses.
        assertTrue(d.path("stages").get(1).path("loses").asBoolean(), d.toString());
        assertTrue(d.path("verdict").asText().startsWith("First loss: quantised to T levels"), d.path("verdict").asText());
        String[] csv = Files.readString(folder.resolve("out/diagnose.csv")).split("\n");
        assertEquals(1 + 4 * d.path("layers").size(), csv.length);
        assertTrue(Files.readString(folder.resolve("out/diagnose.txt")).contains("= integer SNN: every readout"));
    }

    @Test
    void threadsChangeNothing() throws IOException {
        JsonNode one = json("--method", "srp", "--steps", "2", "--limit", "12", "--no-chip", "--threads", "1");
        JsonNode two = json("--method", "srp", "--steps", "2", "--limit", "12", "--no-chip", "--threads", "2");
        assertEquals(one.path("layers"), two.path("layers"));
        assertEquals(one.path("stages"), two.path("stages"));
    }

    /** COS prepares on four steps; what it says after two of them is what counts then. */
    @Test
    void fewerStepsThanThePreparationTakes() throws IOException {
        JsonNode d = json("--method", "cos", "--steps", "2", "--limit", "12");
        assertTrue(d.path("stages").get(4).path("equals_integer").asBoolean(), d.toString());
    }

    @Test
    void aChipThatCannotRunTheMethodIsLeftOut() throws IOException {
        JsonNode d = json("--method", "snm", "--steps", "2", "--limit", "4", "--chip", "loihi");
        assertEquals(4, d.path("stages").size());
        assertTrue(d.path("notes").toString().contains("no chip stage"), d.path("notes").toString());
    }

    /** The width bound passes 24 bits on many networks that never come near it, so images decide; a register of 15 bits does overflow. */
    @Test
    void overflowIsRefusedUnlessAllowed() throws IOException {
        Path chip = Files.writeString(folder.resolve("narrow.yaml"),
            "schema: axongrid.chip/1\nname: narrow\nbase: loihi\nparameters:\n  membrane_bits: 15\n");
        String[] run = {"run", model.toString(), "--data", "fashion", "--limit", "20", "--steps", "8", "--quiet", "--chip", chip.toString()};
        assertEquals(1, axongrid(run));
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("layer ") && err.contains("in 8 steps") && err.contains("255 weight units") && err.contains("--allow-saturation"), err);
        Path json = folder.resolve("run.json");
        assertEquals(0, axongrid(Stream.concat(Arrays.stream(run), Stream.of("--allow-saturation", "--json", json.toString())).toArray(String[]::new)), err);
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertTrue(d.findValue("saturations").asLong() > 0, d.toString());
        assertTrue(d.findValue("chip_equals_oracle").asBoolean(), d.toString());
        assertEquals(1, axongrid("compare", model.toString(), "--data", "fashion", "--limit", "5", "--steps", "8", "--methods", "qcfs", "--quiet", "--chip",
            chip.toString(), "--calibration-images", "5"));
        assertTrue(err.contains("--allow-saturation"), err);
    }

    @Test
    void refusesImpossibleOptions() {
        assertEquals(2, diagnose("--steps", "0"));
        assertEquals(2, diagnose("--method", "magic"));
        assertEquals(1, diagnose("--method", "rmp", "--calibration", "nowhere"));
        assertEquals(1, err.lines().count(), err);
    }
}
