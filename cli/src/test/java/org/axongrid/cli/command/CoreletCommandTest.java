package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} on a corelet model from outside: what it prints, writes and exits with. */
class CoreletCommandTest {
    @TempDir
    Path folder;
    private Path model;
    private Path input;
    private String out;
    private String err;

    @BeforeEach
    void findSamples() throws URISyntaxException {
        Path samples = Path.of(CoreletCommandTest.class.getResource("/truenorth/corelet-json/patternMatch.json.gz").toURI()).getParent();
        model = samples.resolve("patternMatch.json.gz");
        input = samples.resolve("patternMatch_inputSpikes.sfti.gz");
    }

    private int axongrid(Object... args) {
        Outcome o = Outcome.axongrid(args);
        out = o.out();
        err = o.err();
        return o.status();
    }

    private JsonNode json(Object... more) throws IOException {
        Path json = folder.resolve("run.json");
        Object[] args = Stream.concat(Stream.of("run", model, "--input", input, "--json", json), Stream.of(more)).toArray();
        assertEquals(0, axongrid(args), err);
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void probesShowWhatTheSpikeFileShows() throws IOException {
        Path csv = folder.resolve("probes.csv");
        Path files = folder.resolve("out");
        json("--steps", 42, "--out", files, "--probe", "core0.spike", "--probe", "core0.v:0-2,5", "--probe-out", csv);
        java.util.List<String> rows = Files.readAllLines(csv);
        assertEquals(43, rows.size());
        assertTrue(rows.get(0).startsWith("image,step,core0.spike[0],"), rows.get(0));
        assertTrue(rows.get(0).endsWith(",core0.v[0],core0.v[1],core0.v[2],core0.v[5]"), rows.get(0));
        long probed = 0;
        for (String row : rows.subList(1, rows.size())) {
            String[] values = row.split(",");
            probed += Stream.of(values).skip(2).limit(256).filter(v -> v.equals("1")).count();
        }
        assertEquals(Files.readAllLines(files.resolve("spikes.csv")).stream().filter(l -> l.split(",")[1].equals("0")).count(), probed);
        assertEquals(1, axongrid("run", model, "--input", input, "--probe", "core7.v", "--probe-out", csv));
        assertTrue(err.startsWith("axongrid: probe core7.v: no region 'core7.v'"), err);
        assertEquals(2, axongrid("run", model, "--input", input, "--probe", "core0.v"));
    }

    /** As in the vectors, of which the case is the first 42 ticks. */
    @Test
    void runsAndWritesAll() throws IOException {
        Path files = folder.resolve("out");
        JsonNode d = json("--steps", 42, "--out", files, "--threads", 2);
        assertEquals(302, d.at("/counters/spikes").asInt());
        assertEquals(710, d.at("/counters/synaptic_operations").asInt());
        assertEquals(142, d.get("input_spikes").asInt());
        assertEquals(0.042, d.at("/time/total_s").asDouble(), 1e-12);
        assertEquals(0.042 * 64.43e-3 + 710 * 2.297e-12, d.at("/energy/total_j").asDouble(), 1e-12);
        assertEquals("truenorth-0.8V", d.at("/energy/profile").asText());
        assertEquals(303, Files.readAllLines(files.resolve("spikes.csv")).size());
        assertEquals("tick,core,neuron", Files.readAllLines(files.resolve("spikes.csv")).get(0));
        assertEquals(1 + d.get("outputs_tick_pin").size(), Files.readAllLines(files.resolve("outputs.csv")).size());
        assertEquals(d, new ObjectMapper().readTree(files.resolve("report.json").toFile()));
        assertEquals(out, Files.readString(files.resolve("report.txt")));
        assertTrue(out.startsWith("patternMatch on truenorth: 2 of 4,096 cores, 259 neurons, 42 ticks\n"), out);
        assertTrue(out.contains("(profile truenorth-handshake), 0 overruns"), out);
    }

    @Test
    void runsOnAfterTheLastInput() throws IOException {
        assertEquals(39 + 16, json().get("ticks").asInt());
        JsonNode one = json("--threads", 1).get("counters");
        assertEquals(one, json("--threads", 2).get("counters"));
        assertEquals(0, axongrid("run", model, "--quiet"), err);
        assertEquals("", out);
    }

    @Test
    void aRunCanBePricedAndItsImageInspected() throws IOException {
        Path image = folder.resolve("image.axg");
        json("--save-image", image);
        assertEquals(0, axongrid("price", folder.resolve("run.json"), "--profile", "loihi-davies2018"), err);
        assertFalse(out.contains("resets"), "a corelet runs on: " + out);
        assertEquals(0, axongrid("price", folder.resolve("run.json"), "--profile", "truenorth-split"), err);
        assertTrue(out.contains("hops x"), out);
        assertEquals(0, axongrid("inspect", image), err);
        assertTrue(out.contains("2 of 4096 cores in use"), out);
        assertEquals(0, axongrid("inspect", image, "--core", "1"), err);
        assertTrue(out.contains("to output pin 0"), out);
    }

    /** A row scan at 50 MHz of 258 cycles per neuron takes 1.32 ms, and hops of 1.5 ms are late for a delay of one tick. */
    @Test
    void overrunsAndLatePacketsAreCounted() throws IOException {
        String scan = "schema: axongrid.cost/1\nname: scan\nsummary: row scan\nconstants:\n"
            + "  update_active_time: {value: 5160, source: test}\n  update_idle_time: {value: 5160, source: test}\n";
        Path profile = Files.writeString(folder.resolve("scan.yaml"), scan);
        JsonNode d = json("--timing-profile", profile, "--steps", 42);
        assertEquals(42, d.at("/time/overruns").asInt());
        assertEquals(256 * 5160e-9, d.at("/time/longest_tick_work_s").asDouble(), 1e-12);
        assertEquals(0.042, d.at("/time/total_s").asDouble(), 1e-12, "the clock does not wait");
        assertTrue(out.contains("42 overruns"), out);
        Path slow = Files.writeString(folder.resolve("slow.yaml"), "schema: axongrid.cost/1\nname: slow\nsummary: slow mesh\nconstants:\n"
            + "  hop_x_time: {value: 1500000, source: test}\n");
        Path chip = Files.writeString(folder.resolve("slow-chip.yaml"), "schema: axongrid.chip/1\nname: slow\nbase: truenorth\nparameters:\n"
            + "  network_quantum: {value: 1000000, source: test}\n");
        assertTrue(json("--timing-profile", slow, "--timing", "fast").at("/time/late_packets").isMissingNode());
        JsonNode late = json("--timing-profile", slow, "--chip", chip, "--timing", "cycle");
        // All packets of the model go one hop to the east with delay 1.
        assertEquals(late.at("/counters/messages").asInt(), late.at("/time/late_packets").asInt());
        assertTrue(late.at("/time/late_packets").asInt() > 100);
        assertEquals(d.at("/counters/saturations"), late.at("/counters/saturations"));
    }

    @Test
    void rancSizesAreAnOption() throws IOException {
        Path chip = Files.writeString(folder.resolve("ranc.yaml"), "schema: axongrid.chip/1\nname: ranc\nbase: truenorth\nparameters:\n"
            + "  mesh_width: {value: 2, source: mine}\n  mesh_height: {value: 1, source: mine}\n  chips_max: {value: 1, source: mine}\n");
        assertEquals("ranc", json("--chip", chip).get("chip").asText());
        Path small = Files.writeString(folder.resolve("small.yaml"), Files.readString(chip).replace("value: 2", "value: 1"));
        assertEquals(1, axongrid("run", model, "--chip", small));
        assertTrue(err.contains("core 1: is off the grid; 1 chips ranc have cores 0..0"), err);
    }

    @Test
    void wrongUseIsNamed() {
        usage("--method has no meaning for a corelet model", "run", model, "--method", "qcfs");
        usage("--data has no meaning for a corelet model", "run", model, "--data", "fashion");
        usage("--steps: 0 is outside 1..1000000", "run", model, "--steps", 0);
        usage("--input is for corelet models (.json)", "run", "net.onnx", "--data", "fashion", "--input", input);
        usage("Missing required option: '--data=DATA'", "run", "net.onnx");
        failure("gone.json: cannot be read: no such file", "run", folder.resolve("gone.json"));
        failure("gone.sfti: cannot be read: no such file", "run", model, "--input", folder.resolve("gone.sfti"));
        failure("chip loihi has cores of the model loihi", "run", model, "--chip", "loihi");
        failure("no version: not a spike file", "run", model, "--input", model);
        failure("its last spike is for tick 1000000001, a run has at most 1000000 ticks", "run", model, "--input", write("late.sfti",
            "{\"version\":\"sfti1.0\",\"defaultDestinationDelay\":1}{\"spike\":{\"srcTime\":1000000000,\"destCore\":0,\"destAxon\":0}}"));
        failure("not a corelet model but of the format 'tn-golden-1' (see axongrid conform)", "run",
            model.getParent().resolveSibling("ranc_test.json.gz"));
        failure("no cores: not a corelet model", "run", write("x.json", "{}"));
        failure("not valid JSON", "run", write("x.json", "{\"model\":"));
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void usage(String said, Object... args) {
        assertEquals(2, axongrid(args));
        assertTrue(err.contains(said), err);
    }

    private void failure(String said, Object... args) {
        assertEquals(1, axongrid(args), err);
        assertTrue(err.startsWith("axongrid: ") && err.contains(said), err);
        assertEquals(1, err.lines().count(), err);
        assertFalse(err.contains("internal error"), err);
    }
}
