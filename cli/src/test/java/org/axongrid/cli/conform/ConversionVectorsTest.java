package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversion vectors of each method: met, told apart where a value is changed, refused where damaged. */
class ConversionVectorsTest {
    private static final int ROUNDS = 150;

    @TempDir
    private Path folder;

    static List<Path> samples() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(ConversionVectorsTest.class.getResource("/conversion").toURI()))) {
            return all.sorted().toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Path sample(String start) {
        try {
            return samples().stream().filter(p -> p.getFileName().toString().startsWith(start)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isMet(Path file) {
        ConversionReplay.run(new ConversionCase(file));
    }

    @Test
    void allSharedFilesAreMet() {
        Path all = shared("golden/conversion");
        StringWriter out = new StringWriter();
        Tally tally = new Conformance(new PrintWriter(out), new PrintWriter(out)).run(List.of(all));
        assertTrue(tally.isClean(), out.toString());
        assertEquals("192 passed, 0 failed", tally.toString());
    }

    private static Path shared(String name) {
        for (Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("shared").resolve(name))) {
                return at.resolve("shared").resolve(name);
            }
        }
        Assumptions.abort("no " + name + " in a shared folder");
        return null;
    }

    /** Each thing that a file says is compared: change one number and it is named. */
    @Test
    void namesTheFirstDifference() throws IOException {
        assertFails("srp_d3", "phase 2, step 3, layer 1, neuron 2, spike: expected", root -> bump(root.withArray("phase2").get(1).get("s"), 2, 2));
        assertFails("srp_d3", "phase 1, step 4, layer 0, neuron 11, v: expected", root -> bump(root.withArray("phase1").get(0).get("v"), 3, 11));
        assertFails("srp_d3", "layer 1, neuron 4, mask: expected 0, got 1",
            root -> ((ArrayNode) root.withArray("mask").get(1)).set(4, IntNode.valueOf(0)));
        assertFails("srp_d3", "phase 2, step 4, layer 2, neuron 3, acc: expected", root -> bump(root.withArray("phase2").get(2).get("acc"), 3, 3));
        assertFails("srp_d3", "synaptic operations by unit: expected",
            root -> bump(root.withArray("phase1").get(0).get("sops_event_unary"), 0, 1));
        assertFails("cos_d3_", "layer 1, neuron 3, v0_calibrated: expected",
            root -> ((ArrayNode) root.withArray("cos_layers").get(1).get("v0_calibrated")).set(3, IntNode.valueOf(-7)));
        assertFails("cos_d3_", "calibration, step 1, layer 0, neuron 0, v: expected",
            root -> bump(root.withArray("cos_layers").get(0).get("calib_v"), 0, 0));
        assertFails("gn_res", "ann_levels: expected", root -> ((ArrayNode) root.withArray("ann_levels").get(2)).set(5, IntNode.valueOf(99)));
        assertFails("gn_res", "tie_events: expected 77", root -> root.put("tie_events", 77));
    }

    private interface Change {
        void apply(ObjectNode root);
    }

    private static void bump(com.fasterxml.jackson.databind.JsonNode table, int row, int column) {
        ArrayNode of = (ArrayNode) table.get(row);
        of.set(column, IntNode.valueOf(of.get(column).asInt() + 1));
    }

    private Path changed(String name, Change change) throws IOException {
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(sample(name).toFile());
        change.apply(root);
        return Files.writeString(folder.resolve("changed.json"), root.toString());
    }

    private void assertFails(String name, String message, Change change) throws IOException {
        ConversionCase of = new ConversionCase(changed(name, change));
        CaseFailure e = assertThrows(CaseFailure.class, () -> ConversionReplay.run(of));
        assertTrue(e.getMessage().contains(message), e.getMessage() + " lacks " + message);
    }

    private void assertRefused(String name, String message, Change change) throws IOException {
        Path file = changed(name, change);
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ConversionReplay.run(new ConversionCase(file)));
        assertTrue(e.getMessage().contains(message) && e.getMessage().startsWith(file.toString()), e.getMessage() + " lacks " + message);
    }

    @Test
    void refusesTheImpossible() throws IOException {
        assertRefused("hard_d3t", "method 'lif' is not known", root -> root.put("method", "lif"));
        assertRefused("hard_d3t", "'T' is 0", root -> ((ObjectNode) root.get("params")).put("T", 0));
        assertRefused("hard_d3t", "'theta' is 0", root -> layer(root, 0).put("theta", 0));
        assertRefused("hard_d3t", "layers[1]: 'w_folded' has a weight outside", root -> ((ArrayNode) layer(root, 1).get("w_folded")).set(0, IntNode.valueOf(128)));
        assertRefused("hard_d3t", "'v0' is missing", root -> layer(root, 0).remove("v0"));
        assertRefused("burst_c3m", "a max pool over the input", root -> layer(root, 0).put("pool_before", "max").put("pool_k", 2));
        assertRefused("burst_c3m", "larger than the map", root -> layer(root, 1).put("pool_k", 9));
        assertRefused("burst_c3m", "'out_shape'", root -> layer(root, 0).put("pad", 4000));
        assertRefused("gn_res", "'skip_from' is 5", root -> layer(root, 2).put("skip_from", 5));
        assertRefused("cos_d3_", "'rho' is 9", root -> ((ObjectNode) root.get("params")).put("rho", 9));
        assertRefused("cos_d3_", "is missing", root -> root.remove("cos_layers"));
    }

    private static ObjectNode layer(ObjectNode root, int i) {
        return (ObjectNode) root.withArray("layers").get(i);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void damageIsRefusedOrNotReproduced(Path file) throws IOException {
        byte[] good = Files.readAllBytes(file);
        long seed = file.getFileName().toString().hashCode();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 1 + random.nextInt(3); k++) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(bad.length, 600) : bad.length);
                bad[at] = (byte) "0123456789-,.[]{}e\"nx".charAt(random.nextInt(21));
            }
            read(round % 10 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : bad, "seed " + seed + " round " + round);
        }
    }

    private void read(byte[] bytes, String place) throws IOException {
        Path file = folder.resolve("damaged.json");
        Files.write(file, bytes);
        try {
            ConversionReplay.run(new ConversionCase(file));
        } catch (CaseFailure | InvalidInputException e) {
            assertTrue(e.getMessage().length() < 600, place + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(place + ": " + new String(bytes, 0, Math.min(bytes.length, 600), StandardCharsets.UTF_8), e);
        }
    }
}
