package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Trained networks from outside the repository: skipped where the folder {@code models} is found neither under the system property
 * {@code axongrid.shared} nor in a folder {@code shared} above.
 */
class SharedModelsTest {
    private static Path models;

    @BeforeAll
    static void find() {
        String named = System.getProperty("axongrid.shared");
        List<Path> candidates = new ArrayList<>();
        if (named != null) {
            candidates.add(Path.of(named, "models"));
        }
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            candidates.add(p.resolve("shared").resolve("models"));
        }
        models = candidates.stream().filter(Files::isDirectory).findFirst().orElse(null);
        assumeTrue(models != null, "no shared models: set -Daxongrid.shared to the folder that holds them");
    }

    private static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.filter(p -> p.toString().endsWith(".onnx")).sorted().toList();
        }
    }

    private static String base(Path model) {
        return model.getFileName().toString().replaceFirst("\\..*", "");
    }

    @Test
    void neuronsAndLambdasAreThoseOfTheReadme() throws IOException {
        String readme = Files.readString(models.resolve("README.md"));
        int described = 0;
        for (Path model : all()) {
            Network net = OnnxImporter.read(model);
            List<Population> hidden = net.populations().stream().filter(p -> p.activation().kind() == Activation.Kind.QCFS).toList();
            Matcher row = Pattern.compile("\\| " + base(model) + " \\| \\w+ \\| (\\d+) \\| \\d+ \\| (\\d+) \\|").matcher(readme);
            if (!row.find()) {
                // A model that the table does not describe says nothing about neurons.
                continue;
            }
            described++;
            assertEquals(Integer.parseInt(row.group(2)), hidden.stream().mapToInt(p -> p.shape().size()).sum(), model.toString());
            Matcher list = Pattern.compile("- " + base(model) + ": (.*)").matcher(readme);
            assertTrue(list.find(), model.toString());
            StringBuilder found = new StringBuilder();
            for (Population p : hidden) {
                assertEquals(Integer.parseInt(row.group(1)), p.activation().levels());
                found.append(found.isEmpty() ? "" : ", ").append(p.name().replaceFirst("^m\\.", ""))
                    .append(String.format(Locale.ROOT, " %.4f", p.activation().lambda()));
            }
            assertEquals(list.group(1).strip(), found.toString(), model.toString());
        }
        assertTrue(described > 0, "the README describes none of the models");
    }

    @Test
    void fusedAndExportedVariantsAreTheSameNetwork() throws IOException {
        for (Path model : all()) {
            Path plain = model.resolveSibling(base(model) + ".onnx");
            if (!model.equals(plain)) {
                assertClose(OnnxImporter.read(plain), OnnxImporter.read(model));
            }
        }
    }

    private static void assertClose(Network a, Network b) {
        assertEquals(a.projections(), b.projections(), b.name());
        for (int i = 0; i < a.kernels().size(); i++) {
            assertClose(a.kernels().get(i), b.kernels().get(i), b.name() + ", kernel " + i);
        }
        for (int i = 0; i < a.populations().size(); i++) {
            assertClose(a.populations().get(i).bias(), b.populations().get(i).bias(), b.name() + ", bias " + i);
        }
    }

    /** Close in single precision, in which the variants were computed. */
    private static void assertClose(double[] a, double[] b, String what) {
        assertEquals(a.length, b.length, what);
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        for (int i = 0; i < a.length; i++) {
            assertEquals(a[i], b[i], 2e-6 * largest, what);
        }
    }
}
