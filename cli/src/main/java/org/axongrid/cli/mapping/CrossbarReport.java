package org.axongrid.cli.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axongrid.cli.mapping.CrossbarMapping.Row;
import org.axongrid.cli.pipeline.MappingRun;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.truenorth.TrueNorthMapping;

/** Mappings onto crossbar cores as a table for the console, as JSON and as CSV. */
public final class CrossbarReport {
    private CrossbarReport() { }

    /** @return the table, the violated limits and what the emulator says below it */
    public static String table(List<Row> rows) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT,
            "%-18s %-19s %6s %5s %10s %9s %10s %8s %10s %13s %16s %8s %5s %13s %11s %8s %8s %6s%n",
            "strategy", "placer", "cores", "chips", "neurons", "network's", "partial", "readout", "splitters", "packets", "hop packets", "mean hop", "most",
            "crossings", "max link", "neurons", "axons", "s"));
        for (Row r : rows) {
            TrueNorthMapping.Use u = r.use();
            out.append(String.format(Locale.ROOT,
                "%-18s %-19s %6d %5d %,10d %,9d %,10d %,8d %,10d %,13d %,16d %8.2f %5d %,13d %,11d %7.1f%% %7.1f%% %6.1f%s%n",
                r.strategy(), r.placer(), r.cores(), r.chips(), u.all(), u.neurons(), u.partial(), u.readout(), u.splitters(), r.costs().packets(),
                r.costs().hopPackets(), r.costs().meanHops(), u.mostHops(), r.crossings(), r.costs().maxLink(),
                100 * mean(r, ChipParameter.COMPARTMENTS), 100 * mean(r, ChipParameter.INPUT_AXONS), r.seconds(), r.violated().isEmpty() ? "" : "  does not fit"));
        }
        rows.forEach(r -> r.violated().forEach(v -> out.append(r.strategy()).append(", ").append(r.placer()).append(": ").append(v)
            .append(System.lineSeparator())));
        out.append("packets, hops and crossings in 1000 ticks; neurons and axons: mean use of a core").append(System.lineSeparator());
        if (rows.stream().anyMatch(r -> r.emulated() != null)) {
            out.append(String.format(Locale.ROOT, "%nemulated, cycle mode%n%-18s %-19s %12s %12s %14s %9s %14s %14s %10s   %s%n", "strategy", "placer",
                "ticks/s", "us of work", "could be /s", "overruns", "us/inference", "uJ/inference", "dynamic", "work bound by"));
            rows.forEach(r -> out.append(emulated(r)));
        }
        return out.toString();
    }

    private static String emulated(Row r) {
        MappingRun e = r.emulated();
        return e == null ? "" : String.format(Locale.ROOT, "%-18s %-19s %,12.0f %12.2f %,14.0f %9d %14.1f %14.2f %10.2f   %s (%.0f%%)%n",
            r.strategy(), r.placer(), 1 / e.secondsPerStep(), e.longestStep() * 1e6, 1 / e.longestStep(), e.overruns(), e.secondsPerImage() * 1e6, e.joulesPerImage() * 1e6,
            e.dynamicPerImage() * 1e6, e.boundBy(), 100 * e.boundShare());
    }

    private static double mean(Row row, ChipParameter limit) {
        return row.fullest().stream().filter(u -> u.parameter() == limit).mapToDouble(ResourceUse.Utilisation::meanFraction).findFirst().orElse(0);
    }

    /** @return all figures of a row by name; the names are those of the JSON and of the CSV's columns */
    public static Map<String, Object> figures(Row r) {
        TrueNorthMapping.Use u = r.use();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("strategy", r.strategy());
        row.put("placer", r.placer());
        row.put("cores", r.cores());
        row.put("chips", r.chips());
        row.put("neurons", u.all());
        row.put("network_neurons", u.neurons());
        row.put("partial_sums", u.partial());
        row.put("readout", u.readout());
        row.put("bias_sources", u.clocks());
        row.put("copies", u.copies());
        row.put("relays", u.relays());
        row.put("packets", r.costs().packets());
        row.put("hop_packets", r.costs().hopPackets());
        row.put("mean_hops", r.costs().meanHops());
        row.put("max_hops", u.mostHops());
        row.put("reach", u.reach());
        row.put("max_link", r.costs().maxLink());
        row.put("mean_link", r.costs().meanLink());
        row.put("chip_crossings", r.crossings());
        row.put("mean_neurons", mean(r, ChipParameter.COMPARTMENTS));
        row.put("mean_in_axons", mean(r, ChipParameter.INPUT_AXONS));
        row.put("violations", r.violated().size());
        row.put("seconds", r.seconds());
        row.put("peak_heap_bytes", r.peakHeap());
        if (r.emulated() != null) {
            MappingReport.emulated(r.emulated(), row);
            row.put("emulated_longest_step_s", r.emulated().longestStep());
            row.put("emulated_overruns", r.emulated().overruns());
        }
        return row;
    }

    /** Adds the array {@code strategies} to a JSON object. */
    public static void json(ObjectNode json, List<Row> rows) {
        var array = json.put("best", CrossbarMapping.best(rows).strategy()).putArray("strategies");
        for (Row r : rows) {
            ObjectNode row = array.addObject();
            figures(r).forEach(row::putPOJO);
            r.violated().forEach(row.putArray("violated")::add);
        }
    }
}
