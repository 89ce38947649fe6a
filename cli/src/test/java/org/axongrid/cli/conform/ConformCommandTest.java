package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a user sees it: exit status, last line, what it says of differences and of files that it cannot use. The vectors in the
 * resources are a part of the shared ones, cut to their first steps.
 */
class ConformCommandTest {
    @TempDir
    Path folder;

    private record Said(int status, List<String> out, String err) {
        String last() {
            return out.get(out.size() - 1);
        }

        String all() {
            return String.join("\n", out) + "\n" + err;
        }
    }

    private static Said conform(Path... paths) {
        Outcome o = Outcome.axongrid(Stream.concat(Stream.of("conform"), Arrays.stream(paths)).toArray());
        return new Said(o.status(), o.out().lines().toList(), o.err());
    }

    private static Path resources() throws URISyntaxException {
        return Path.of(ConformCommandTest.class.getResource("/conform").toURI());
    }

    private static String vectors(String name) throws IOException, URISyntaxException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(resources().resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theCutVectorsAreMet() throws URISyntaxException {
        Said said = conform(resources());
        assertEquals(0, said.status(), said.all());
        assertEquals("76 passed, 0 failed", said.last());
        assertEquals(13, said.out().size(), said.all());
    }

    @Test
    void theWholeVectorsAreMet() {
        Optional<Path> shared = Stream.of(System.getProperty("axongrid.shared", "../shared"), "../shared", "../../shared")
            .map(f -> Path.of(f, "golden", "loihi")).filter(Files::isDirectory).findFirst();
        Assumptions.assumeTrue(shared.isPresent(), "golden/loihi is not here; name its folder by -Daxongrid.shared");
        Said said = conform(shared.get());
        assertEquals(0, said.status(), said.all());
        assertEquals("718 passed, 0 failed", said.last());
    }

    @Test
    void differencesAreNamedWithStepNeuronAndQuantity() throws IOException, URISyntaxException {
        String good = vectors("net_small.csv.gz");
        String u = good.lines().filter(l -> l.startsWith("u,l1,30,")).findFirst().orElseThrow();
        String[] fields = u.split(",");
        int value = Integer.parseInt(fields[3 + 5]);
        fields[3 + 5] = Integer.toString(value + 1);
        Said said = conform(file("bad.csv", good.replace(u, String.join(",", fields))));
        assertEquals(1, said.status());
        assertEquals("0 passed, 1 failed", said.last());
        assertTrue(said.all().contains("FAILED net_dev_small: step 30, l1 neuron 5, u: expected " + (value + 1) + ", got " + value), said.all());
        String s = good.lines().filter(l -> l.startsWith("s,l0,")).findFirst().orElseThrow();
        said = conform(file("bad.csv", good.replace(s + "\n", "")));
        assertTrue(said.all().contains(", spike: expected none, got one"), said.all());
        said = conform(file("crc.csv", vectors("net_3x128_refr.csv.gz").replaceFirst("(crc_v,l2,9,)\\d+", "$11")));
        assertTrue(said.all().contains("step 9, l2, CRC-32 of v: expected 1, got "), said.all());
        String graded = vectors("lv_loihi2.csv.gz");
        String g = graded.lines().filter(l -> l.startsWith("g,a,7,")).findFirst().orElseThrow();
        said = conform(file("graded.csv", graded.replace(g, g.replaceFirst("(g,a,7,)-?\\d+", "$1777"))));
        assertTrue(said.all().contains("step 7, neuron 0 of a: g is ") && said.all().contains(", expected 777"), said.all());
        said = conform(file("wq.csv", vectors("lv_weight_quant.csv.gz").replaceFirst("(p,stored,)-?\\d+", "$1999")));
        assertTrue(said.all().contains("stored mantissa 0: expected 999, got "), said.all());
        said = conform(file("memory.csv", vectors("synaptic_memory.csv.gz").replaceFirst("words=\\d+", "words=1")));
        assertTrue(said.all().contains("words: expected 1, got "), said.all());
        assertTrue(said.last().endsWith(" passed, 1 failed"), said.last());
    }

    @Test
    void filesThatAreNoneAreRefused() throws IOException, URISyntaxException {
        String good = vectors("net_small.csv.gz");
        refused(folder.resolve("absent.csv"), "no such file");
        refused(file("empty.csv", ""), "line 1: no file of conformance vectors");
        refused(file("foreign.csv", "a,b\n1,2\n"), "line 1: no file of conformance vectors");
        refused(file("binary.csv", "case,\0\n"), "line 1: byte 0");
        refused(file("cut.csv", good.substring(0, good.length() - 100)), "truncated");
        refused(file("row.csv", good.replaceFirst("\nend", "\nxyz,1\nend")), "unknown record 'xyz'");
        refused(file("number.csv", good.replaceFirst("\nend", "\nu,l0,12,1x\nend")), "'1x' is not an integer");
        refused(file("twice.csv", good + good), "is there twice");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(good.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] bytes = packed.toByteArray();
        refused(Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2)), "the compressed data ends here: truncated");
        bytes[bytes.length / 2] ^= 64;
        assertEquals(1, conform(Files.write(folder.resolve("damaged.csv.gz"), bytes)).status());
    }

    private static void refused(Path file, String cause) {
        Said said = conform(file);
        assertEquals(1, said.status(), said.all());
        assertTrue(said.last().endsWith(" passed, 1 failed"), said.last());
        assertTrue(said.err().startsWith("axongrid: " + file + ": ") && said.err().contains(cause), said.all());
        assertEquals(1, said.err().lines().count(), said.err());
    }

    @Test
    void nothingOrOnlyUnknownIsNoSuccess() throws IOException, URISyntaxException {
        assertEquals(1, conform(folder).status());
        assertEquals("0 passed, 0 failed", conform(folder).last());
        file("other.json", "{}");
        file("README.md", "text");
        Said said = conform(folder);
        assertEquals(List.of("not supported yet: " + folder.resolve("other.json"), "0 passed, 1 failed"), said.out());
        assertEquals(1, said.status());
        Path unknown = file("unknown.csv", "case,a,lava,dance\nend\n");
        assertTrue(conform(unknown).all().contains("unknown kind 'dance'"));
        Path hollow = file("hollow.csv", vectors("nl_single.csv.gz").replaceAll("(?m)^[uvs],.*\n", ""));
        Said empty = conform(hollow);
        assertFalse(empty.last().startsWith("1"), empty.all());
        assertTrue(empty.all().contains("nothing to compare"), empty.all());
        assertEquals(2, Outcome.axongrid("conform").status());
    }
}
