package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.axongrid.cli.Outcome;
import org.axongrid.mapper.nir.NirReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NIR and netx models from outside. */
class NirCommandTest {
    @TempDir
    Path folder;

    private String model(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = NirCommandTest.class.getResourceAsStream("/nir/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file.toString();
    }

    private String train(int columns, int steps, double rate) throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder();
        for (int t = 0; t < steps; t++) {
            for (int c = 0; c < columns; c++) {
                text.append(c == 0 ? "" : ",").append(random.nextDouble() < rate ? 1 : 0);
            }
            text.append('\n');
        }
        return Files.writeString(folder.resolve("train.csv"), text).toString();
    }

    @Test
    void runsOnEvents() throws IOException {
        Path json = folder.resolve("r.json");
        Outcome o = Outcome.axongrid("run", model("qcfs_cnn_v1.nir"), "--data", train(128, 20, 0.2), "--json", json.toString(), "--out", folder.toString());
        assertEquals(0, o.status(), o.err());
        assertTrue(o.out().contains("nir, T = 20") && o.out().contains("1 recordings") && o.out().contains("chip = oracle: yes"), o.out());
        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertEquals("nir", root.get("method").asText());
        assertTrue(root.get("chip_equals_oracle").asBoolean());
        assertTrue(root.at("/counters/spikes").asLong() > 10);
        Outcome cycle = Outcome.axongrid("run", model("qcfs_cnn_v1.nir"), "--data", train(128, 20, 0.2), "--timing", "cycle", "--threads", "2");
        assertEquals(0, cycle.status(), cycle.err());
    }

    @Test
    void integersComeBackAsTheyWere() throws IOException {
        String exported = folder.resolve("x.nir").toString();
        String model = model("qcfs_cnn_v1.nir");
        assertEquals(0, Outcome.axongrid("convert", model, "--export-nir", exported, "--quiet").status());
        assertTrue(NirReader.read(Path.of(exported)).graph().nodes().get("if1").metadata().data("scale") != null);
        String train = train(128, 20, 0.2);
        Path a = folder.resolve("a.json");
        Path b = folder.resolve("b.json");
        assertEquals(0, Outcome.axongrid("run", model, "--data", train, "--quiet", "--json", a.toString()).status());
        assertEquals(0, Outcome.axongrid("run", exported, "--data", train, "--quiet", "--json", b.toString()).status());
        ObjectMapper mapper = new ObjectMapper();
        assertEquals(mapper.readTree(a.toFile()).get("counters"), mapper.readTree(b.toFile()).get("counters"));
        String reals = folder.resolve("r.nir").toString();
        assertEquals(0, Outcome.axongrid("convert", model, "--export-nir", reals, "--nir-numbers", "reals", "--quiet").status());
        assertFalse(NirReader.read(Path.of(reals)).graph().nodes().get("if1").metadata().entries().containsKey("scale"));
    }

    @Test
    void mapsAndShows() throws IOException {
        Outcome shown = Outcome.axongrid("inspect", model("qcfs_cnn_v1.nir"), "--lines", "5");
        assertTrue(shown.status() == 0 && shown.out().contains("Conv2d") && shown.out().contains("more lines"), shown.out() + shown.err());
        assertEquals(0, Outcome.axongrid("map", model("qcfs_cnn_v1.nir"), "--strategy", "sequential-raster").status());
    }

    @Test
    void refusals() throws IOException {
        String lif = model("lif_norse.nir");
        Outcome dt = Outcome.axongrid("run", lif, "--data", train(1, 5, 1));
        assertTrue(dt.status() == 1 && dt.err().contains("--dt SECONDS"), dt.err());
        assertEquals(0, Outcome.axongrid("run", lif, "--data", train(1, 5, 1), "--dt", "1e-4", "--quiet").status());
        assertEquals(2, Outcome.axongrid("run", lif, "--data", train(1, 5, 1), "--reset", "never").status());
        assertEquals(2, Outcome.axongrid("run", lif, "--data", train(1, 5, 1), "--dt", "-1").status());
        Outcome methods = Outcome.axongrid("convert", lif, "--method", "srp");
        assertTrue(methods.status() == 1 && methods.err().contains("lif_norse.nir"), methods.err());
        Outcome wide = Outcome.axongrid("run", model("qcfs_cnn_v1.nir"), "--data", train(3, 5, 1));
        assertTrue(wide.status() == 1 && wide.err().contains("3 columns"), wide.err());
        Outcome program = Outcome.axongrid("run", lif, "--data", train(1, 5, 1), "--dt", "1e-4", "--chip", "loihi2");
        assertTrue(program.status() == 1 && program.err().contains("layer 1"), program.err());
    }

    /** The sample network and recordings, where the shared folder is. */
    @Test
    void cameraRecordingsOnChip() {
        Path model = shared("golden/nir/cnn_sinabs.nir");
        Path data = shared("data/nmnist-test100.zip");
        Assumptions.assumeTrue(model != null && data != null, "no cnn_sinabs.nir and nmnist-test100.zip in a shared folder");
        Outcome o = Outcome.axongrid("run", model.toString(), "--data", data.toString(), "--limit", "20");
        assertEquals(0, o.status(), o.err());
        assertTrue(o.out().contains("chip = oracle: yes"), o.out());
    }

    private static Path shared(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("shared").resolve(name))) {
                return at.resolve("shared").resolve(name);
            }
        }
        return null;
    }
}
