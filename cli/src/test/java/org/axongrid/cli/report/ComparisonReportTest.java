package org.axongrid.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.axongrid.cli.pipeline.CompareOptions;
import org.axongrid.cli.pipeline.ComparisonResult;
import org.axongrid.cli.pipeline.ComparisonRow;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.api.Test;

/** What a report says of a chip that is not the oracle, and of rows with and without the chip. */
class ComparisonReportTest {
    private static ComparisonResult result(String... differences) {
        CompareOptions options = new CompareOptions(List.of(Methods.named("cos")), true, List.of(4), null, 1, "loihi2", true, 8, Scales.GROUPED, true,
            false, 10, 1, 1);
        ComparisonRow.Activity activity = new ComparisonRow.Activity(1, 2, 3, 4);
        return new ComparisonResult("net", "data", options, 10, 1, List.of(
            new ComparisonRow("cos", 4, 40, 0.5, 0.5, 0, 0, activity, new ComparisonRow.OnChip(30, 2e-6, 3e-6, new ComparisonRow.Host(5, 6))),
            new ComparisonRow("gn", 4, 8, 0.5, 0.5, 0, 0, activity, new ComparisonRow.OnChip(3, 2e-6, 3e-6, null)),
            new ComparisonRow("snm", 4, 8, 0.5, 0.5, 0, 0, activity, null)),
            new ComparisonResult.Pricing("prices", Set.of("barriers: unknown"), "times", Set.of()), List.of(differences), List.of(), 1);
    }

    @Test
    void differencesAreSaid() throws IOException {
        JsonNode right = new ObjectMapper().readTree(ComparisonReport.json(result()));
        assertTrue(right.path("chip_equals_oracle").asBoolean());
        assertTrue(ComparisonReport.text(result()).contains("as the integer oracle does"));
        ComparisonResult wrong = result("gn, T = 4: the chip classifies 1 images differently");
        JsonNode d = new ObjectMapper().readTree(ComparisonReport.json(wrong));
        assertFalse(d.path("chip_equals_oracle").asBoolean(true));
        assertEquals(1, d.path("differences").size());
        assertTrue(ComparisonReport.text(wrong).contains("WRONG: gn, T = 4"));
        assertFalse(ComparisonReport.text(wrong).contains("as the integer oracle does"));
    }

    @Test
    void rowsHaveWhatRan() throws IOException {
        JsonNode rows = new ObjectMapper().readTree(ComparisonReport.json(result())).path("rows");
        assertEquals(30, rows.get(0).path("synaptic_operations").asDouble());
        assertEquals(6, rows.get(0).path("host_state_writes").asDouble());
        assertFalse(rows.get(1).has("host_reads"));
        assertFalse(rows.get(2).has("energy_j"));
        assertEquals(3, rows.get(2).path("synaptic_operations").asDouble());
        List<String> csv = ComparisonReport.csv(result()).lines().toList();
        int columns = csv.get(0).split(",", -1).length;
        assertTrue(csv.stream().allMatch(line -> line.split(",", -1).length == columns), csv.toString());
        assertTrue(ComparisonReport.text(result()).contains("not estimated: barriers"));
    }

    @Test
    void explainsWhereIntegersAreBehind() {
        ComparisonResult of = result();
        ComparisonRow.Activity activity = new ComparisonRow.Activity(1, 2, 3, 4);
        ComparisonResult behind = new ComparisonResult(of.model(), of.data(), of.options(), 1000, 1, List.of(
            new ComparisonRow("srp", 1, 8, 0.900, 0.870, 40, 10, activity, null),
            new ComparisonRow("gn", 1, 8, 0.900, 0.890, 30, 20, activity, null),
            new ComparisonRow("gn", 2, 9, 0.900, 0.899, 10, 9, activity, null)), of.pricing(), of.differences(), of.notes(), 1);
        String text = ComparisonReport.text(behind);
        assertTrue(text.contains("srp, T = 1: integers lose 40 images and win 10, more than chance; 'diagnose --method srp --steps 1'"), text);
        assertTrue(text.contains("In 1 other rows"), text);
    }
}
