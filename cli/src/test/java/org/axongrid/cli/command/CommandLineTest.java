package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands from outside: what they print, write and exit with, on the shipped model and data. */
class CommandLineTest {
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

    private Outcome run(String... more) {
        String[] args = Arrays.copyOf(new String[] {"run", model.toString(), "--data", "fashion"}, 4 + more.length);
        System.arraycopy(more, 0, args, 4, more.length);
        return Outcome.axongrid((Object[]) args);
    }

    @Test
    void demoReportsAccuracyEnergyAndLatency() throws IOException {
        Path json = folder.resolve("demo.json");
        Outcome o = Outcome.axongrid("demo", "--limit", "60", "--steps", "8", "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        assertTrue(o.out().contains("chip = oracle: yes"), o.out());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertEquals("axongrid.run/1", d.path("schema").asText());
        assertEquals(12, d.path("chip_steps").asInt());
        assertTrue(d.path("accuracy").path("chip").asDouble() > 0.8, "accuracy");
        assertEquals(d.path("accuracy").path("oracle").asDouble(), d.path("accuracy").path("chip").asDouble());
        assertTrue(d.path("accuracy").path("chip_equals_oracle").asBoolean());
        assertTrue(d.path("per_inference").path("energy_j").asDouble() > 0);
        assertTrue(d.path("per_inference").path("latency_s").asDouble() > 0);
        assertEquals(d.path("energy").path("total_j").asDouble(),
            d.path("energy").path("dynamic_j").asDouble() + d.path("energy").path("static_j").asDouble(), 1e-12);
        double parts = 0;
        for (JsonNode part : d.path("energy").path("by_component_j")) {
            parts += part.asDouble();
        }
        assertEquals(d.path("energy").path("total_j").asDouble(), parts, 1e-12);
        assertTrue(d.path("cores").asInt() > 1);
    }

    @Test
    void nothingDependsOnThreadsMappingOrParallelism() throws IOException {
        String expected = null;
        for (List<String> how : List.of(List.of("--threads", "1"), List.of("--threads", "2"), List.of("--threads", "4"),
            List.of("--threads", "2", "--parallel", "cores"), List.of("--mapping", "sequential-raster"),
            List.of("--mapping", "random", "--seed", "7"), List.of("--placement", "random", "--seed", "3"))) {
            Path json = folder.resolve("r.json");
            String[] args = new String[] {"--steps", "4", "--limit", "20", "--no-oracle", "--quiet", "--json", json.toString()};
            String[] all = Arrays.copyOf(args, args.length + how.size());
            for (int i = 0; i < how.size(); i++) {
                all[args.length + i] = how.get(i);
            }
            Outcome o = run(all);
            assertEquals(0, o.status(), o.err());
            assertEquals("", o.out());
            JsonNode d = new ObjectMapper().readTree(json.toFile());
            assertTrue(d.path("accuracy").path("oracle").isMissingNode());
            String found = d.path("counters").path("spikes") + " " + d.path("counters").path("synaptic_operations") + " "
                + d.path("counters").path("neuron_updates_active") + " " + d.path("accuracy").path("chip_by_step");
            expected = expected == null ? found : expected;
            assertEquals(expected, found, how.toString());
        }
    }

    @Test
    void aSavedRunIsPricedAgainWithoutRunning() throws IOException {
        Path json = folder.resolve("r.json");
        Outcome first = run("--steps", "3", "--limit", "4", "--no-oracle", "--json", json.toString());
        assertEquals(0, first.status(), first.err());
        double each = new ObjectMapper().readTree(json.toFile()).path("per_inference").path("energy_j").asDouble();
        Outcome same = Outcome.axongrid("price", json.toString(), "--profile", "loihi-davies2018");
        assertEquals(0, same.status(), same.err());
        assertTrue(same.out().contains("per inference: " + org.axongrid.cli.output.Text.si(each, "J")), same.out() + each);
        JsonNode saved = new ObjectMapper().readTree(json.toFile());
        double layers = 0;
        for (JsonNode layer : saved.path("layers")) {
            layers += layer.path("dynamic_j").asDouble();
            assertTrue(same.out().contains("layer " + layer.path("layer").asText()), same.out());
        }
        // What is left is the reset of the chip before each image.
        assertEquals(saved.at("/energy/dynamic_j").asDouble(), layers + 4 * 5.94e-6, 1e-12);
        assertTrue(saved.at("/counters/synapse_words").asLong() > 0);
        assertTrue(saved.at("/counters/host_state_writes").isIntegralNumber());
        Outcome paper = Outcome.axongrid("price", json.toString(), "--profile", "generic-45nm");
        assertTrue(paper.out().contains("paper-style estimate " + org.axongrid.cli.output.Text.si(
            saved.at("/paper_style_estimate/energy_j").asDouble(), "J")), paper.out());
        Path mine = folder.resolve("mine.yaml");
        Files.writeString(mine, "schema: axongrid.cost/1\nname: mine\nbase: loihi-davies2018\nconstants:\n  spike_energy: {value: 1, source: ours}\n");
        Outcome own = Outcome.axongrid("price", json.toString(), "--profile", mine.toString());
        assertEquals(0, own.status(), own.err());
        assertTrue(own.out().contains("profile mine") && !own.out().contains("not estimated: spikes"), own.out());
        Files.writeString(mine, "schema: axongrid.cost/1\nname: mine\nbase: loihi-davies2018\nconstants:\n  spike_enrgy: {value: 1, source: ours}\n");
        Outcome wrong = Outcome.axongrid("price", json.toString(), "--profile", mine.toString());
        assertEquals(1, wrong.status());
        assertEquals(1, wrong.err().lines().count(), wrong.err());
        assertTrue(wrong.err().contains("unknown key 'spike_enrgy'; did you mean 'spike_energy'?"), wrong.err());
        Outcome other = Outcome.axongrid("price", json.toString(), "--profile", "loihi-nahuku");
        assertEquals(0, other.status(), other.err());
        assertTrue(other.out().contains("not estimated: static_chips"), other.out());
        assertEquals(1, Outcome.axongrid("price", model.toString(), "--profile", "loihi-nahuku").status());
        assertEquals(1, Outcome.axongrid("price", json.toString(), "--profile", "nowhere").status());
        assertEquals(2, Outcome.axongrid("price", json.toString()).status());
    }

    @Test
    void cycleTimingChangesTimesOnly() throws IOException {
        JsonNode[] found = new JsonNode[2];
        for (int i = 0; i < 2; i++) {
            Path json = folder.resolve("t.json");
            Outcome o = run("--steps", "3", "--limit", "6", "--no-oracle", "--timing", i == 0 ? "fast" : "cycle", "--json", json.toString());
            assertEquals(0, o.status(), o.err());
            found[i] = new ObjectMapper().readTree(json.toFile());
        }
        assertEquals(found[0].path("counters"), found[1].path("counters"));
        assertEquals(found[0].path("accuracy"), found[1].path("accuracy"));
        assertEquals(found[0].path("energy").path("dynamic_j"), found[1].path("energy").path("dynamic_j"));
        double fast = found[0].path("per_inference").path("latency_s").asDouble();
        double cycle = found[1].path("per_inference").path("latency_s").asDouble();
        assertTrue(cycle >= fast && cycle < 3 * fast, fast + " " + cycle);
    }

    @Test
    void writesReportPredictionsAndImage() throws IOException {
        Path out = folder.resolve("out");
        Path image = folder.resolve("net.axg");
        Outcome o = run("--steps", "2", "--limit", "5", "--out", out.toString(), "--save-image", image.toString());
        assertEquals(0, o.status(), o.err());
        List<String> rows = Files.readAllLines(out.resolve("predictions.csv"));
        assertEquals("index,label,ann,t1,t2", rows.get(0));
        assertEquals(6, rows.size());
        assertEquals(o.out(), Files.readString(out.resolve("report.txt")));
        try (var files = Files.list(out)) {
            assertEquals(5, files.count());
        }
        assertEquals(6, Files.readAllLines(out.resolve("layers.csv")).size());
        Outcome shown = Outcome.axongrid("inspect", image.toString());
        assertEquals(0, shown.status(), shown.err());
        assertTrue(shown.out().contains("readout"), shown.out());
    }

    @Test
    void everyWeightWidthRuns() {
        for (int bits = 2; bits <= 9; bits++) {
            Outcome o = run("--steps", "2", "--limit", "2", "--weight-bits", Integer.toString(bits));
            assertEquals(0, o.status(), bits + " bits: " + o.err());
            assertTrue(o.out().contains("chip = oracle: yes"), bits + " bits: " + o.out());
        }
    }

    @Test
    void aNetworkThatIsTooLargeSaysByHowMuch() throws IOException {
        Path chip = folder.resolve("small.yaml");
        Files.writeString(chip, """
            schema: axongrid.chip/1
            base: loihi
            name: small
            parameters: {mesh_width: {value: 1, source: test}, mesh_height: {value: 1, source: test}}
            """);
        Outcome o = run("--limit", "1", "--chip", chip.toString(), "--chips", "1");
        assertEquals(1, o.status());
        assertEquals(1, o.err().lines().count(), o.err());
        assertTrue(o.err().matches("(?s)axongrid: the network needs \\d+ cores = \\d+ chips of small .*limit 1 chip: \\d+ cores too many; it would fit with --chips \\d+\\R"), o.err());
        assertFalse(Files.exists(folder.resolve("report.json")));
    }

    @Test
    void severalChipsWhereOneDoesNotDo() throws IOException {
        Path chip = folder.resolve("small.yaml");
        Files.writeString(chip, "{schema: axongrid.chip/1, base: loihi, name: small, parameters: {mesh_width: 2, mesh_height: 1}}");
        Path json = folder.resolve("r.json");
        Outcome o = run("--limit", "3", "--steps", "3", "--chip", chip.toString(), "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        JsonNode d = new ObjectMapper().readTree(json.toFile());
        assertTrue(d.path("chips").asInt() > 1);
        assertTrue(d.path("counters").path("chip_crossings").asLong() > 0);
        assertTrue(d.path("accuracy").path("chip_equals_oracle").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--steps=-3", "--steps=x", "--dta=fashion", "--limit=0", "--threads=0", "--weight-bits=10", "--method=qcsf",
        "--mapping=sequential-hilbrt", "--timing=cycles", "--scales=row", "--parallel=all"})
    void wrongUsageExitsWithTwo(String option) {
        Outcome o = run(option);
        assertEquals(2, o.status(), o.err());
        assertTrue(o.err().startsWith("axongrid: "), o.err());
        assertFalse(o.err().contains("\tat "), o.err());
        assertEquals("", o.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--chip=lohi", "--chip=nowhere.yaml", "--energy-profile=loihi-davis2018", "--timing-profile=x"})
    void unknownNamesExitWithOneAndOneLine(String option) {
        Outcome o = run(option, "--limit", "1");
        assertEquals(1, o.status(), o.err());
        assertEquals(1, o.err().lines().count(), o.err());
    }

    @Test
    void brokenModelsExitWithOneAndOneLine() throws IOException {
        byte[] good = Files.readAllBytes(model);
        for (byte[] bytes : List.of(new byte[0], Arrays.copyOf(good, good.length / 2), "no model".getBytes(StandardCharsets.UTF_8))) {
            Files.write(model, bytes);
            Outcome o = run("--limit", "1");
            assertEquals(1, o.status(), o.err());
            assertEquals(1, o.err().lines().count(), o.err());
            assertTrue(o.err().contains("net.onnx"), o.err());
        }
    }

    @Test
    void noCommandIsWrongUsage() {
        assertEquals(2, Outcome.axongrid().status());
        assertEquals(2, Outcome.axongrid("dmeo").status());
        assertEquals(0, Outcome.axongrid("--version").status());
        assertEquals(0, Outcome.axongrid("chips").status());
        Outcome costs = Outcome.axongrid("profiles");
        assertEquals(0, costs.status(), costs.err());
        assertTrue(costs.out().contains("23.6 pJ") && costs.out().contains("unknown"), costs.out());
        assertEquals(1, Outcome.axongrid("profiles", "loihi-nahuk").status());
    }
}
