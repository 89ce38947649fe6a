package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axongrid.cli.Main;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.HypergraphFile;
import org.axongrid.mapper.hypergraph.VertexCoordinates;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code map} from outside. */
class MapCommandTest {
    @TempDir
    Path folder;
    private Path ring;

    private record Outcome(int status, String out, String err) { }

    /** 24 neurons, each reaches the next two. */
    @BeforeEach
    void writeRing() throws IOException {
        StringBuilder text = new StringBuilder("24 24 1\n");
        for (int v = 0; v < 24; v++) {
            text.append(10).append(' ').append(v + 1).append(' ').append((v + 1) % 24 + 1).append(' ').append((v + 2) % 24 + 1)
                .append('\n');
        }
        ring = Files.writeString(folder.resolve("ring.hgr"), text);
    }

    private static Outcome axongrid(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream capturedOut = new ByteArrayOutputStream();
        ByteArrayOutputStream capturedErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(capturedOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(capturedErr, true, StandardCharsets.UTF_8));
        try {
            int status = Main.run(args);
            return new Outcome(status, capturedOut.toString(StandardCharsets.UTF_8), capturedErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void mapsAHypergraphAndWritesFiles() throws IOException {
        Path json = folder.resolve("map.json");
        Path part = folder.resolve("map.part");
        Path place = folder.resolve("map.place");
        Outcome o = axongrid("map", "--hypergraph", ring.toString(), "--cap", "6", "--strategy", "all", "--placer", "all", "--joint", "--mesh", "3x2",
            "--budget", "300ms", "--json", json.toString(), "--export-part", part.toString(), "--export-place", place.toString());
        assertEquals(0, o.status(), o.err());
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("strategies");
        Set<String> seen = new HashSet<>();
        for (JsonNode row : rows) {
            seen.add(row.get("strategy").asText());
            for (String key : List.of("cores", "chips", "packets", "hop_packets", "max_link", "violations", "seconds", "peak_heap_bytes")) {
                assertTrue(row.get(key).isNumber(), key);
            }
            assertEquals(0, row.get("violations").asInt());
        }
        assertTrue(seen.containsAll(PartitionStrategy.names()) && seen.contains("auto+joint"), seen.toString());
        assertEquals(24, Files.readAllLines(part).size());
        // Four arcs: at each of four borders one neuron reaches two of the next core and one reaches one: two packets a border.
        JsonNode auto = rows.get(rows.size() - 1);
        assertEquals(4 * 2 * 10, auto.get("packets").asLong());
        assertEquals(4 * 2 * 10, auto.get("hop_packets").asLong());
        Outcome again = axongrid("map", "--hypergraph", ring.toString(), "--cap", "6", "--import-part", part.toString(), "--placer",
            "row-major");
        assertTrue(again.out().contains("imported") && again.out().contains("80"), again.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--cap 6 --strategy sequental-raster|2|did you mean",
        "--cap 6 --placer hilbrt|2|--placer",
        "--cap 6 --mesh 0x3|2|--mesh: '0x3' is not of the form WxH",
        "--cap 6 --budget soon|2|--budget: 'soon' is no time",
        "--cap 0|2|--cap: 0 is outside",
        "--strategy auto|2|--hypergraph needs --cap",
        "--cap 6 --cores 3|1|24 neurons need at least 4 cores of 6, allowed are 3 (1 too few)",
        "--cap 6 --mesh 1x2|1|the mesh 1x2 has 2",
        "--cap 6 --import-part nowhere.part|1|no such file"})
    void wrongOptionsAreOneLine(String options, int status, String message) {
        String[] rest = options.split(" ");
        String[] args = new String[rest.length + 3];
        args[0] = "map";
        args[1] = "--hypergraph";
        args[2] = ring.toString();
        System.arraycopy(rest, 0, args, 3, rest.length);
        Outcome o = axongrid(args);
        assertEquals(status, o.status(), o.err());
        assertTrue(o.err().contains(message), o.err());
        assertFalse(o.err().contains("\tat "), o.err());
        if (status == 1) {
            assertEquals(1, o.err().strip().lines().count(), o.err());
        }
    }

    @Test
    void aPartitionOverCapacityIsReported() throws IOException {
        Path part = Files.writeString(folder.resolve("x.part"), "0\n".repeat(10) + "1\n".repeat(14));
        Outcome o = axongrid("map", "--hypergraph", ring.toString(), "--cap", "12", "--import-part", part.toString());
        assertEquals(1, o.status());
        assertTrue(o.out().contains("imported: a core holds 14 neurons, the capacity is 12"), o.out());
    }

    @Test
    void mapsATrainedNetwork() throws IOException {
        Path model = folder.resolve("net.onnx");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/org/axongrid/cli/demo/fashion_cnn_L4.onnx")) {
            Files.copy(in, model);
        }
        Path json = folder.resolve("map.json");
        Path svg = folder.resolve("map.svg");
        Path csv = folder.resolve("map.csv");
        Outcome o = axongrid("map", model.toString(), "--strategy", "all", "--placer", "hilbert", "--budget", "500ms", "--rates", "fashion",
            "--rate-images", "5", "--json", json.toString(), "--svg", svg.toString(), "--csv", csv.toString(), "--emulate", "--images", "1",
            "--steps", "4");
        assertEquals(0, o.status(), o.err());
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("strategies");
        assertEquals(SearchPartitioner.names().size(), rows.size());
        long hilbert = rows.get(1).get("packets").asLong();
        assertTrue(rows.get(rows.size() - 1).get("packets").asLong() <= hilbert, "auto starts from the sequential cut");
        assertTrue(Files.readString(svg).startsWith("<svg") && Files.readString(svg).strip().endsWith("</svg>"));
        long spikes = rows.get(0).get("emulated_spikes").asLong();
        assertTrue(spikes > 0);
        JsonNode balanced = null;
        for (JsonNode row : rows) {
            assertEquals(spikes, row.get("emulated_spikes").asLong(), "a mapping changes no spike");
            assertTrue(row.get("emulated_step_s").asDouble() > 0 && row.get("emulated_inference_dynamic_j").asDouble() > 0);
            balanced = row.get("strategy").asText().equals("balanced") ? row : balanced;
        }
        assertTrue(balanced.get("emulated_step_s").asDouble() < 0.3 * rows.get(0).get("emulated_step_s").asDouble(), "balanced on 128 cores");
        assertEquals(rows.size() + 1, Files.readAllLines(csv).size());
        assertTrue(Files.readString(csv).startsWith("strategy,placer,cores,chips,packets,hop_packets"));
        Outcome nothing = axongrid("map", model.toString(), "--emulate");
        assertEquals(2, nothing.status());
        assertTrue(nothing.err().contains("--emulate needs --data or --rates"), nothing.err());
        Path narrow = Files.writeString(folder.resolve("narrow.yaml"), axongrid("chips", "loihi", "--yaml").out()
            .replaceFirst("(synapse_words:\\s+value: )16384", "$150"));
        Outcome full = axongrid("map", model.toString(), "--chip", narrow.toString(), "--strategy", "tile3d");
        assertEquals(1, full.status());
        assertTrue(full.err().matches("(?s)axongrid: layer \\S+ \\(.*\\) does not fit chip loihi: .* need \\d+ .*synapse_words, limit 50"
            + " \\(\\d+ too many\\) per core; it would fit with fewer weight bits, .*\\R"), full.err());
        Outcome unknown = axongrid("map", "synthetic:resnet43");
        assertTrue(unknown.err().contains("no network named 'synthetic:resnet43'; did you mean"), unknown.err());
        Outcome truenorth = axongrid("map", model.toString(), "--chip", "truenorth", "--chips", "1", "--placer", "hilbert");
        assertEquals(1, truenorth.status());
        assertTrue(truenorth.err().contains("more chips (--chips)") && truenorth.err().contains("layer "), truenorth.err());
        assertEquals(2, axongrid("map", model.toString(), "--chip", "truenorth", "--strategy", "multilevel").status());
        assertEquals(2, axongrid("map", model.toString(), "--chip", "truenorth", "--cores", "9").status());
        assertEquals(2, axongrid("map", model.toString(), "--weight-bits", "2").status());
        assertTrue(axongrid("map").err().contains("one of MODEL and --hypergraph is needed"));
    }

    @Test
    void aPartitionOfAModelFromElsewhereIsScoredAndRun() throws IOException {
        Path model = folder.resolve("net.onnx");
        try (InputStream in = DemoCommand.class.getResourceAsStream("/org/axongrid/cli/demo/fashion_cnn_L4.onnx")) {
            Files.copy(in, model);
        }
        Path hgr = folder.resolve("net.hgr");
        assertEquals(0, axongrid("map", model.toString(), "--export-hgr", hgr.toString()).status());
        Hypergraph graph = HypergraphFile.read(hgr);
        VertexCoordinates at = VertexCoordinates.read(VertexCoordinates.beside(hgr), graph.vertices());
        // Cores of 12 vertices whatever their layer, so that some must be split.
        StringBuilder lines = new StringBuilder();
        for (int v = 0; v < graph.vertices(); v++) {
            lines.append(v / 12).append('\n');
        }
        Path part = Files.writeString(folder.resolve("x.part"), lines);
        Path json = folder.resolve("x.json");
        Outcome o = axongrid("map", model.toString(), "--import-part", part.toString(), "--strategy", "sequential-hilbert", "--placer", "hilbert", "--emulate",
            "--data", "fashion", "--images", "1", "--steps", "2", "--json", json.toString());
        assertEquals(0, o.status(), o.err());
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        JsonNode rows = root.get("strategies");
        assertEquals("imported", rows.get(0).get("strategy").asText());
        assertEquals(rows.get(1).get("emulated_spikes").asLong(), rows.get(0).get("emulated_spikes").asLong());
        assertEquals((graph.vertices() + 11) / 12, root.get("imported_cores").asInt());
        Set<Long> kinds = new HashSet<>();
        for (int v = 0; v < graph.vertices(); v++) {
            kinds.add(v / 12 * 1000L * 1000 + at.layer()[v] * 1000L + at.block()[v]);
        }
        assertEquals(kinds.size(), rows.get(0).get("cores").asInt());
        assertTrue(o.out().contains("were split, which makes " + kinds.size() + " cores"), o.out());
        Files.writeString(part, "0\n1\n");
        Outcome shorter = axongrid("map", model.toString(), "--import-part", part.toString());
        assertEquals(1, shorter.status());
        assertEquals(1, shorter.err().strip().lines().count(), shorter.err());
        assertTrue(shorter.err().contains("x.part:3: the file ends here, expected the core of vertex 3 of " + graph.vertices()), shorter.err());
        Files.writeString(part, "0\n".repeat(graph.vertices()));
        Outcome full = axongrid("map", model.toString(), "--import-part", part.toString(), "--placer", "hilbert");
        assertEquals(1, full.status());
        assertTrue(full.out().contains("imported: "), full.out());
    }
}
