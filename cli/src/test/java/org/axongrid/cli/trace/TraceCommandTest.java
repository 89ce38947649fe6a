package org.axongrid.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces and step times from outside: that they are what their formats ask for, and that they say what the run says. */
class TraceCommandTest {
    @TempDir
    Path folder;
    private String out;
    private String err;

    private int axongrid(Object... args) {
        Outcome o = Outcome.axongrid(args);
        out = o.out();
        err = o.err();
        return o.status();
    }

    @Test
    void aNetworkOnLoihi() throws IOException {
        Path vcdFile = folder.resolve("a.vcd");
        Path jsonFile = folder.resolve("a.json");
        Path csv = folder.resolve("a.csv");
        Path probes = folder.resolve("p.csv");
        Path report = folder.resolve("r.json");
        assertEquals(0, axongrid("demo", "--limit", 1, "--steps", 2, "--no-oracle", "--timing", "cycle", "--vcd", vcdFile, "--perfetto", jsonFile,
            "--step-times", csv, "--probe", "fc2.v", "--probe-out", probes, "--json", report, "--trace-events", 10_000_000), err);
        JsonNode run = new ObjectMapper().readTree(report.toFile());
        long totalPs = Math.round(run.at("/time/total_s").asDouble() * 1e12);

        VcdFile vcd = VcdFile.read(vcdFile);
        assertEquals("1ps", vcd.timescale);
        assertEquals(totalPs, vcd.lastTime);
        for (String name : vcd.variables.keySet()) {
            boolean settles = name.endsWith(".queue") || name.endsWith(".waiting") || name.endsWith(".under_way") || name.endsWith(".compute")
                || name.endsWith(".receive");
            List<VcdFile.Change> changes = vcd.of(name);
            assertTrue(!settles || changes.get(changes.size() - 1).value() == 0, name);
        }
        assertEquals(6, vcd.of("axongrid.system.step").stream().mapToLong(VcdFile.Change::value).max().orElse(0));
        // Two spikes of one core can never be at the same time, as producing one takes time.
        long spikes = vcd.variables.keySet().stream().filter(n -> n.endsWith(".spike")).mapToLong(n -> vcd.of(n).size()).sum();
        assertEquals(run.at("/counters/spikes").asLong(), spikes);
        String[] lastProbed = lastLine(probes).split(",");
        for (int i = 0; i < 10; i++) {
            List<VcdFile.Change> changes = vcd.of("axongrid.probes.fc2_v_" + i);
            assertEquals(Integer.parseInt(lastProbed[2 + i]), (int) changes.get(changes.size() - 1).value());
        }

        TraceEvents trace = TraceEvents.read(jsonFile);
        assertEquals(run.at("/counters/messages").asLong(), trace.flows);
        assertEquals(1 + 2 * run.path("cores").asInt(), trace.threads.values().stream().filter(n -> n.startsWith("core ") || n.startsWith("steps")).count());
        BigDecimal end = trace.slices.get("1:1").stream().map(TraceEvents.Slice::to).max(BigDecimal::compareTo).orElseThrow();
        assertEquals(totalPs, end.movePointRight(6).longValueExact());
        long spikeSlices = trace.slices.values().stream().flatMap(List::stream).filter(s -> s.name().equals("spike")).count();
        assertEquals(spikes, spikeSlices);

        List<String> rows = Files.readAllLines(csv);
        assertEquals(7, rows.size());
        double sum = rows.stream().skip(1).mapToDouble(r -> Double.parseDouble(r.split(",")[2])).sum();
        assertEquals(totalPs * 1e-3, sum, 1e-6);
        stepsAddUp(rows);
        assertTrue(out.contains("First image by step"), out);
        assertTrue(out.contains("hop_y 6.5 ns = 65 (+0.0 ns)"), out);
    }

    /** Of each row: the stages of the core that computed longest are its compute, and the total is the longest part and the barrier. */
    private static void stepsAddUp(List<String> rows) {
        List<String> header = Arrays.asList(rows.get(0).split(","));
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            double compute = cell(header, cells, "compute_ns");
            double stages = cell(header, cells, "scan_ns") + cell(header, cells, "integrate_ns") + cell(header, cells, "update_ns")
                + cell(header, cells, "spike_ns") + cell(header, cells, "send_ns");
            assertEquals(compute, stages, 1e-6, row);
            assertEquals(cell(header, cells, "total_ns"), Math.max(compute, cell(header, cells, "receive_ns")) + cell(header, cells, "barrier_ns"), 1e-6, row);
            assertTrue(cell(header, cells, "receive_ns") >= cell(header, cells, "decode_ns") + Math.max(cell(header, cells, "fetch_ns"),
                cell(header, cells, "accumulate_ns")) - 1e-6, row);
        }
    }

    private static double cell(List<String> header, String[] cells, String name) {
        return Double.parseDouble(cells[header.indexOf(name)]);
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    @Test
    void stepTimesOfTheFastModeAddUpToo() throws IOException {
        Path csv = folder.resolve("a.csv");
        Path report = folder.resolve("r.json");
        assertEquals(0, axongrid("demo", "--limit", 2, "--steps", 2, "--no-oracle", "--step-times", csv, "--trace-images", 2, "--json", report), err);
        JsonNode run = new ObjectMapper().readTree(report.toFile());
        List<String> rows = Files.readAllLines(csv);
        assertEquals(13, rows.size());
        double sum = rows.stream().skip(1).mapToDouble(r -> Double.parseDouble(r.split(",")[2])).sum();
        assertEquals(run.at("/time/total_s").asDouble() * 1e9, sum, 1e-3);
        assertTrue(rows.get(12).startsWith("1,6,"), rows.get(12));
    }

    private Object[] corelet(Object... more) {
        Path samples = Path.of("src/test/resources/truenorth/corelet-json");
        return Stream.concat(Stream.of("run", samples.resolve("patternMatch.json.gz"), "--input", samples.resolve("patternMatch_inputSpikes.sfti.gz"),
            "--steps", 42), Stream.of(more)).toArray();
    }

    @ParameterizedTest
    @CsvSource({"truenorth", "ranc"})
    void aCorelet(String chip) throws IOException {
        Path vcdFile = folder.resolve("a.vcd");
        Path jsonFile = folder.resolve("a.json");
        Path csv = folder.resolve("a.csv");
        assertEquals(0, axongrid(corelet("--chip", chip, "--timing", "cycle", "--vcd", vcdFile, "--perfetto", jsonFile, "--step-times", csv, "--probe",
            "core0.v:0-3")), err);
        VcdFile vcd = VcdFile.read(vcdFile);
        assertEquals(42_000_000_000L, vcd.lastTime);
        assertEquals(4, vcd.variables.keySet().stream().filter(n -> n.startsWith("axongrid.probes.core0_v_")).count());
        TraceEvents trace = TraceEvents.read(jsonFile);
        assertTrue(trace.flows > 0);
        List<String> rows = Files.readAllLines(csv);
        assertEquals(43, rows.size());
        for (String row : rows.subList(1, 43)) {
            // RANC's rate: N (A + 2) + 3 clocks of 10 ns, for 256 neurons and 256 axons.
            assertTrue(chip.equals("truenorth") || row.split(",")[4].equals("660510.000"), row);
            assertEquals("1000000.000", row.split(",")[2]);
        }
    }

    @Test
    void aTickThatIsTooShortOverruns() throws IOException {
        Path chip = folder.resolve("short.yaml");
        Files.writeString(chip, "schema: axongrid.chip/1\nname: short\nbase: ranc\nparameters:\n  tick_period: 10000\n");
        Path vcdFile = folder.resolve("a.vcd");
        Path jsonFile = folder.resolve("a.json");
        assertEquals(0, axongrid(corelet("--chip", chip, "--timing", "cycle", "--vcd", vcdFile, "--perfetto", jsonFile)), err);
        assertTrue(out.contains("42 overruns"), out);
        assertTrue(out.contains("OVERRUN"), out);
        VcdFile vcd = VcdFile.read(vcdFile);
        assertEquals(420_000_000L, vcd.lastTime);
        assertEquals(1, vcd.of("axongrid.system.overrun").get(vcd.of("axongrid.system.overrun").size() - 1).value());
        TraceEvents.read(jsonFile);
    }

    @Test
    void samplingBoundsTheSize() throws IOException {
        Path all = folder.resolve("all.json");
        Path some = folder.resolve("some.json");
        Path vcdFile = folder.resolve("some.vcd");
        assertEquals(0, axongrid(corelet("--timing", "cycle", "--perfetto", all)), err);
        assertEquals(0, axongrid(corelet("--timing", "cycle", "--perfetto", some, "--vcd", vcdFile, "--trace-steps", "3..5", "--trace-cores", "0")), err);
        TraceEvents trace = TraceEvents.read(some);
        assertEquals(List.of("step 3", "step 4", "step 5"), trace.slices.get("1:1").stream().map(TraceEvents.Slice::name).toList());
        assertFalse(trace.threads.containsValue("core 1 compute"));
        assertEquals(5_000_000_000L, VcdFile.read(vcdFile).lastTime);
        assertTrue(Files.size(some) < Files.size(all));
        assertEquals(0, axongrid(corelet("--timing", "cycle", "--perfetto", some, "--trace-events", 30)), err);
        assertTrue(out.contains("the trace ends after step"), out);
        TraceEvents.read(some);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2 | --vcd a.vcd | --vcd needs --timing cycle",
        "2 | --timing cycle --trace-steps 3 | --trace-steps needs --vcd or --perfetto",
        "2 | --timing cycle --vcd a.vcd --trace-steps 0..3 | '0..3' is no range A..B from 1 on",
        "2 | --timing cycle --vcd a.vcd --trace-steps 5..3 | '5..3' is no range",
        "2 | --timing cycle --vcd a.vcd --trace-cores x | '--trace-cores: 'x' is no range",
        "2 | --timing cycle --vcd a.vcd --trace-events 0 | --trace-events: 0 is not at least 1",
        "1 | --timing cycle --vcd a.vcd --trace-cores 0..7 | core 2 is not in use",
        "1 | --timing cycle --vcd nowhere/a.vcd | cannot be written: no folder",
    })
    void whatCannotBeIsSaid(int status, String options, String message) throws IOException {
        Object[] args = Stream.of(options.split(" ")).map(o -> o.endsWith("a.vcd") ? folder.resolve(o).toString() : o).toArray();
        assertEquals(status, axongrid(corelet(args)), err);
        assertTrue(err.contains(message.replaceFirst("^'", "")), err);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }
}
