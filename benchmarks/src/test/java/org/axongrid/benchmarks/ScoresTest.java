package org.axongrid.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static final String RESULT = """
        {"benchmark": "org.axongrid.benchmarks.%s", "mode": "%s", "params": {"size": "16x4", "threads": "1"},
         "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "%s"}, "secondaryMetrics": {%s}}""";

    @Test
    void whatIsMeasuredIsSetBesideWhatWas() {
        String counters = "\"cpuNanos\": {\"score\": 5e8}, \"synapticOperations\": {\"score\": %s}";
        Map<String, Scores.Score> old = Scores.parse("[" + String.format(RESULT, "Net.step", "thrpt", 100, 1, "ops/s", String.format(counters, 1e8))
            + "," + String.format(RESULT, "Row.add", "avgt", 4.0, 0.5, "ns/op", "") + "," + String.format(RESULT, "Gone.x", "avgt", 4.0, 0.5, "ns/op", "")
            + "]", "old");
        Map<String, Scores.Score> now = Scores.parse("[" + String.format(RESULT, "Net.step", "thrpt", 300, 1, "ops/s", String.format(counters, 3e8))
            + "," + String.format(RESULT, "Row.add", "avgt", 3.6, 0.5, "ns/op", "") + "," + String.format(RESULT, "New.x", "avgt", 4.0, "\"NaN\"", "ns/op", "")
            + "]", "now");
        assertEquals(6e8, now.get("Net.step size=16x4,threads=1:synapticOperations").value());
        List<String> table = Scores.table(now, old).lines().toList();
        assertEquals(6, table.size());
        assertTrue(table.get(1).endsWith("300.0 ops/s           100.0    3.00x"), table.get(1));
        assertTrue(table.get(2).endsWith("3.00x"), table.get(2));
        assertTrue(table.get(3).endsWith("1.11x  (ranges overlap: no difference)"), table.get(3));
        assertTrue(table.get(4).endsWith("not measured before"), table.get(4));
        assertEquals("Gone.x size=16x4,threads=1: only measured before", table.get(5));
        assertEquals(5, Scores.table(now, null).lines().count());
    }

    @Test
    void theFastestIterationIsKept() {
        String result = String.format(RESULT, "Row.add", "avgt", 4.0, 0.5, "ns/op", "").replace("\"scoreUnit\"", "\"rawData\": [[4.0, 3.5], [4.5]], \"scoreUnit\"");
        assertEquals(3.5, Scores.parse("[" + result + "]", "x").get("Row.add size=16x4,threads=1:fastest").value());
    }

    @Test
    void wrongFilesAreNamed() {
        assertEquals("nothing.json: cannot be read: no such file",
            assertThrows(InvalidInputException.class, () -> Scores.read(Path.of("nothing.json"))).getMessage());
        assertThrows(InvalidInputException.class, () -> Scores.parse("{}", "x"));
        assertThrows(InvalidInputException.class, () -> Scores.parse("", "x"));
        assertThrows(InvalidInputException.class, () -> Scores.parse("[{}]", "x"));
        assertThrows(InvalidInputException.class, () -> Scores.parse("[".repeat(100_000), "x"));
    }

    @Test
    void damagedFilesGiveOneErrorOrAResult() {
        String whole = "[" + String.format(RESULT, "Net.step", "thrpt", 100, 1, "ops/s", "\"cpuNanos\": {\"score\": 5}") + "]";
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                damaged.setCharAt(random.nextInt(damaged.length()), "{}[],:\"0aN".charAt(random.nextInt(10)));
            }
            try {
                Scores.table(Scores.parse(damaged.toString(), "damaged"), Scores.parse(whole, "whole"));
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith("damaged: "), e.getMessage());
            }
        }
    }
}
