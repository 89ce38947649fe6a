package org.axongrid.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axongrid.cli.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mesh alone: traces through files, synthetic traffic, and what is refused. */
class NocCommandTest {
    @TempDir
    Path folder;

    @Test
    void aTraceGoesInAndDeliveriesComeOut() throws IOException {
        Path trace = folder.resolve("trace.csv");
        // Golden case s03: both packets want router 1's east output; its pointer prefers the one from the west.
        Files.writeString(trace, "id,src,dst,inject\n0,0,2,0\n1,1,2,1\n");
        Path out = folder.resolve("out");
        assertEquals(0, Outcome.axongrid("noc", "--trace", trace.toString(), "--mesh", "3x1", "--out", out.toString(), "--quiet").status());
        assertEquals(List.of("id,src,dst,inject,enter,deliver", "0,0,2,0,0,4", "1,1,2,1,1,5"), Files.readAllLines(out.resolve("packets.csv")));
        assertEquals(4, Files.readAllLines(out.resolve("links.csv")).size());
    }

    @Test
    void trafficGivesATableOfRates() throws IOException {
        Path json = folder.resolve("t.json");
        assertEquals(0, Outcome.axongrid("noc", "--traffic", "uniform", "--mesh", "4x4", "--rates", "0.05,0.2", "--cycles", "2000", "--quiet", "--json",
            json.toString()).status());
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
        assertEquals(2, rows.size());
        for (JsonNode row : rows) {
            assertTrue(row.path("stable").asBoolean());
            assertEquals(row.path("rate").asDouble(), row.path("accepted").asDouble(), 0.02);
            // Zero load: in, out, and 2.5 hops on average over all pairs.
            assertTrue(row.path("latency_mean_cycles").asDouble() > 4.3 && row.path("latency_mean_cycles").asDouble() < 6, row.toString());
        }
    }

    @Test
    void everyRouterHasATable() throws IOException {
        Path json = folder.resolve("t.json");
        for (String pattern : List.of("uniform", "transpose", "bitcomp", "tornado", "neighbour", "hotspot")) {
            assertEquals(0, Outcome.axongrid("noc", "--traffic", pattern, "--mesh", "4x4", "--rates", "0.02", "--cycles", "500", "--router", "analytic,xy1,vc",
                "--channels", "3", "--quiet", "--json", json.toString()).status(), pattern);
            JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("rows");
            assertEquals(List.of("analytic", "xy1", "vc"), List.of(rows.get(0).path("router").asText(), rows.get(1).path("router").asText(),
                rows.get(2).path("router").asText()));
            assertTrue(rows.get(0).path("latency_mean_cycles").asDouble() <= rows.get(1).path("latency_mean_cycles").asDouble(), pattern);
            assertTrue(rows.get(1).path("latency_mean_cycles").asDouble() < rows.get(2).path("latency_mean_cycles").asDouble(), pattern);
        }
        // Two routers of 3 cycles, injection and sink; flits of a packet follow one another.
        Path trace = folder.resolve("trace.csv");
        Files.writeString(trace, "id,src,dst,inject\n0,0,1,7\n");
        Path out = folder.resolve("vc");
        assertEquals(0, Outcome.axongrid("noc", "--trace", trace.toString(), "--mesh", "2x1", "--router", "vc", "--flits", "3", "--out", out.toString(), "--quiet").status());
        assertEquals("0,0,1,7,7,17", Files.readAllLines(out.resolve("packets.csv")).get(1));
    }

    @Test
    void chipsSideBySideAndSeveralMeshes() throws IOException {
        Path trace = folder.resolve("trace.csv");
        Path out = folder.resolve("chips");
        // Four rows go over one border at once: the rows in pairs share a link that takes a flit every 5 cycles.
        Files.writeString(trace, "id,src,dst,inject\n0,0,1,0\n1,2,3,0\n2,4,5,0\n3,6,7,0\n");
        for (String router : List.of("xy1", "vc")) {
            assertEquals(0, Outcome.axongrid("noc", "--trace", trace.toString(), "--mesh", "2x4", "--router", router, "--chip-width", "1", "--crossing", "20",
                "--link-interval", "5", "--link-rows", "2", "--out", out.toString(), "--quiet").status());
            int alone = router.equals("xy1") ? 23 : 28;
            assertEquals(List.of("0,0,1,0,0," + alone, "1,2,3,0,0," + (alone + 5), "2,4,5,0,0," + alone, "3,6,7,0,0," + (alone + 5)),
                Files.readAllLines(out.resolve("packets.csv")).subList(1, 5), router);
        }
        Files.writeString(trace, "id,src,dst,inject\n0,0,1,0\n1,0,1,0\n");
        assertEquals(0, Outcome.axongrid("noc", "--trace", trace.toString(), "--mesh", "2x1", "--meshes", "2", "--out", out.toString(), "--quiet").status());
        assertEquals(List.of("0,0,1,0,0,3", "1,0,1,0,0,3"), Files.readAllLines(out.resolve("packets.csv")).subList(1, 3));
        assertEquals(2, Outcome.axongrid("noc", "--trace", trace.toString(), "--meshes", "9").status());
        assertEquals(1, Outcome.axongrid("noc", "--trace", trace.toString(), "--chip-width", "4", "--link-interval", "0", "--quiet").status());
        assertEquals(1, Outcome.axongrid("noc", "--trace", trace.toString(), "--chip-width", "4", "--link-interval", "60000", "--link-rows", "64", "--quiet").status());
    }

    @Test
    void badInputIsRefused() throws IOException {
        Path trace = folder.resolve("trace.csv");
        for (String row : List.of("0,9,0,0", "0,0,-1,0", "0,0,1,-5", "0,0,1,9000000000000000000", "0,0,1", "0,a,1,0")) {
            Files.writeString(trace, "id,src,dst,inject\n" + row + "\n");
            assertEquals(1, Outcome.axongrid("noc", "--trace", trace.toString(), "--mesh", "3x1", "--quiet").status(), row);
        }
        Files.writeString(trace, "nothing");
        assertEquals(1, Outcome.axongrid("noc", "--trace", trace.toString(), "--quiet").status());
        assertEquals(1, Outcome.axongrid("noc", "--trace", folder.resolve("none.csv").toString(), "--quiet").status());
        assertEquals(1, Outcome.axongrid("noc", "--traffic", "uniform", "--buffer", "0", "--quiet").status());
        assertEquals(2, Outcome.axongrid("noc", "--traffic", "unifrom").status());
        assertEquals(2, Outcome.axongrid("noc", "--traffic", "bitcomp", "--mesh", "3x3").status());
        assertEquals(2, Outcome.axongrid("noc", "--traffic", "uniform", "--rates", "1.5").status());
        assertEquals(2, Outcome.axongrid("noc").status());
        assertEquals(2, Outcome.axongrid("noc", "--traffic", "uniform", "--router", "xy2").status());
        assertEquals(2, Outcome.axongrid("noc", "--trace", trace.toString(), "--router", "xy1,vc").status());
        assertEquals(1, Outcome.axongrid("noc", "--traffic", "uniform", "--router", "vc", "--channels", "99", "--quiet").status());
        assertEquals(1, Outcome.axongrid("noc", "--traffic", "uniform", "--mesh", "1000x1000", "--buffer", "65536", "--quiet").status());
    }
}
