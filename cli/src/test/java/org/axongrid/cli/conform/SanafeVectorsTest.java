package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SANA-FE's runs, where they are, and with damage. */
class SanafeVectorsTest {
    @TempDir
    Path folder;

    private static String conform(Path path) {
        StringWriter out = new StringWriter();
        new Conformance(new PrintWriter(out), new PrintWriter(out)).run(List.of(path));
        return out.toString();
    }

    private static Path golden() {
        Optional<Path> shared = Stream.of(System.getProperty("axongrid.shared", "../shared"), "../shared", "../../shared")
            .map(f -> Path.of(f, "golden", "sanafe")).filter(Files::isDirectory).findFirst();
        Assumptions.assumeTrue(shared.isPresent(), "golden/sanafe is not here; name its folder by -Daxongrid.shared");
        return shared.get();
    }

    /** Runs that need what the reader does not know yet (reverse thresholds, updates of neurons at rest) are left out. */
    private void copyKnown() throws IOException {
        Path from = golden();
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).filter(f -> !from.relativize(f).toString().matches("(dvs|latin_N4)/.*")).toList()) {
                Path to = folder.resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path cases = folder.resolve("cases.csv");
        Files.write(cases, Files.readAllLines(cases).stream().filter(l -> !l.startsWith("dvs,") && !l.startsWith("latin_N4,")).toList());
    }

    @Test
    void allRunsAreMet() throws IOException {
        copyKnown();
        String said = conform(folder);
        assertTrue(said.endsWith("\n5 passed, 0 failed" + System.lineSeparator()), said);
    }

    @Test
    void differencesAreNamed() throws IOException {
        copyKnown();
        damage("example_net/spikes.csv", "1.2,5", "1.1,5", "FAILED example_net detailed: step 5: spike: expected 1.1,5, got 1.2,5");
        damage("example_net/spikes.csv", "1.2,9\n", "", "step 9: spike: expected 0.0,10, got 1.2,9");
        damage("example_net/potentials.csv", "5,1,0,1,-2,2,0,", "5,1,0,1,-2,3,0,", "step 5: potential of 1.1: expected 3, got 2.0");
        damage("example_net/perf.csv", "10,2,4,2,", "10,2,5,2,", "step 10: updated: expected 5, got 4");
        damage("example_net/perf.csv", "6.500000e-10", "6.500001e-10", "step 2: total_energy: expected 6.500001e-10");
        damage("example_net/messages.csv", "4,2,0.0,0.0,0.0", "4,2,0.0,0.0,0.1", "step 4: message 2");
        damage("example_net/run_summary.yaml", "total_spikes: 10", "total_spikes: 11", "total_spikes: expected 11, got 10");
        damage("small_mixed/simple/perf.csv", "1.681500e-06", "1.681502e-06", "FAILED small_mixed simple: step 2: sim_time");
        damage("small_mixed/detailed/perf.csv", "1.714400e-06", "1.717400e-06", "FAILED small_mixed detailed: step 2: sim_time");
        damage("upstream/conv.yaml", "stride_width", "stride_wide", "unknown key 'stride_wide'; did you mean 'stride_width'?");
    }

    private void damage(String name, String from, String to, String expected) throws IOException {
        Path file = folder.resolve(name);
        String good = Files.readString(file);
        assertTrue(good.contains(from), name);
        Files.writeString(file, good.replaceFirst(java.util.regex.Pattern.quote(from), to));
        String said = conform(folder);
        assertTrue(said.contains(expected), said);
        assertEquals(1, said.lines().filter(l -> l.startsWith("5 passed, 1 failed") || l.startsWith("4 passed, 1 failed")).count(), said);
        Files.writeString(file, good);
    }
}
