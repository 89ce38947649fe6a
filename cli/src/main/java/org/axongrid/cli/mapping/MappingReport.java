package org.axongrid.cli.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.axongrid.cli.pipeline.MappingRun;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.PlacementMetrics;

/** Mapping rows as a table for the console and as JSON. */
public final class MappingReport {
    private MappingReport() { }

    /** @return the table, a row for each, and the violated limits below it */
    public static String table(List<MappingRow> rows) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-22s %-20s %6s %8s %6s %14s %15s %8s %13s %9s %9s %8s%n", "strategy", "placer", "cores",
            "fullest",
            "full", "packets", "hop packets", "mean hop", "max link", "in axons", "out axons", "s"));
        for (MappingRow r : rows) {
            PartitionMetrics p = r.partition();
            PlacementMetrics q = r.placement();
            out.append(String.format(Locale.ROOT, "%-22s %-20s %6d %8d %5.1f%% %,14d %,15d %8.2f %,13d %9d %9d %8.1f%s%n", r.strategy(),
                r.placer(),
                p.cores(), p.maxNeurons(), 100 * p.meanUtilisationOfMax(), p.packets(), q.hopPackets(), q.meanHops(), q.maxLink(),
                p.maxInAxons(), p.maxOutAxons(), r.seconds(), r.violated().isEmpty() ? "" : "  does not fit"));
        }
        for (MappingRow r : rows) {
            r.violated().forEach(v -> out.append(r.strategy()).append(": ").append(v).append(System.lineSeparator()));
        }
        return out.toString();
    }

    /** @return the table of a model's mappings: costs, and how full the fullest core is of each resource */
    public static String modelTable(List<ModelMapping.Mapped> rows) {
        List<ChipParameter> shown = List.of(ChipParameter.COMPARTMENTS, ChipParameter.SYNAPSE_WORDS, ChipParameter.INPUT_AXONS,
            ChipParameter.OUTPUT_AXONS);
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-20s %-20s %6s %6s %14s %15s %8s %13s %13s %10s %10s   %s %8s %8s%n", "strategy", "placer", "cores",
            "chips", "packets",
            "hop packets", "mean hop", "max link", "crossings", "busiest", "dynamic", "fullest: neurons synapses  in axons out axons", "s", "MiB"));
        for (ModelMapping.Mapped m : rows) {
            MappingRow r = m.row();
            out.append(String.format(Locale.ROOT, "%-20s %-20s %6d %6d %,14d %,15d %8.2f %,13d %,13d %7.2f us %7.2f uJ         ", r.strategy(), r.placer(),
                r.partition().cores(), r.chips(), r.partition().packets(), r.placement().hopPackets(), r.placement().meanHops(),
                r.placement().maxLink(), m.crossings(), m.expected().busiestPs() * 1e-6, m.expected().dynamicJ() * 1e6));
            for (ResourceUse.Utilisation u : m.use()) {
                if (shown.contains(u.parameter())) {
                    out.append(String.format(Locale.ROOT, " %7.1f%% ", 100 * u.maxFraction()));
                }
            }
            out.append(String.format(Locale.ROOT, "%9.1f %8d%s%n", r.seconds(), r.peakHeap() >> 20, r.violated().isEmpty() ? "" : "  does not fit"));
        }
        rows.forEach(m -> m.row().violated().forEach(v -> out.append(m.row().strategy()).append(": ").append(v)
            .append(System.lineSeparator())));
        rows.stream().filter(ModelMapping.Mapped::neuronsFirst).forEach(m -> out.append(m.row().strategy()).append(", ").append(m.row().placer())
            .append(": neurons were dealt to chips before there were cores").append(System.lineSeparator()));
        if (rows.stream().anyMatch(m -> m.emulated() != null)) {
            out.append(String.format(Locale.ROOT, "%nemulated, cycle mode%n%-20s %-20s %12s %12s %12s %14s %14s %10s   %s%n", "strategy", "placer", "steps/s",
                "us/step", "cycles/step", "us/inference", "uJ/inference", "dynamic", "bound by"));
            for (ModelMapping.Mapped m : rows) {
                MappingRun e = m.emulated();
                if (e != null) {
                    out.append(String.format(Locale.ROOT, "%-20s %-20s %,12.0f %12.2f %,12.0f %14.1f %14.2f %10.2f   %s (%.0f%%)%n", m.row().strategy(),
                        m.row().placer(), 1 / e.secondsPerStep(), e.secondsPerStep() * 1e6, e.cyclesPerStep(), e.secondsPerImage() * 1e6,
                        e.joulesPerImage() * 1e6, e.dynamicPerImage() * 1e6, e.boundBy(), 100 * e.boundShare()));
                }
            }
        }
        return out.toString();
    }

    /** @return all figures of a row by name; the names are those of the JSON and of the CSV's columns */
    public static Map<String, Object> figures(MappingRow r) {
        PartitionMetrics p = r.partition();
        PlacementMetrics q = r.placement();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("strategy", r.strategy());
        row.put("placer", r.placer());
        row.put("cores", p.cores());
        row.put("chips", r.chips());
        row.put("packets", p.packets());
        row.put("hop_packets", q.hopPackets());
        row.put("max_link", q.maxLink());
        row.put("violations", r.violated().size());
        row.put("seconds", r.seconds());
        row.put("peak_heap_bytes", r.peakHeap());
        row.put("max_neurons", p.maxNeurons());
        row.put("mean_utilisation_of_max", p.meanUtilisationOfMax());
        row.put("local_deliveries", p.localDeliveries());
        row.put("cut_nets_weight", p.cutRate());
        row.put("synaptic_unicast", p.unicast());
        row.put("max_in_axons", p.maxInAxons());
        row.put("sum_in_axons", p.sumInAxons());
        row.put("max_out_axons", p.maxOutAxons());
        row.put("sum_out_axons", p.sumOutAxons());
        row.put("max_synapses", p.maxSynapses());
        row.put("mesh", q.mesh().toString());
        row.put("mean_hops", q.meanHops());
        row.put("max_hops", q.maxHops());
        row.put("energy_jin", q.energyJin());
        row.put("mean_link", q.meanLink());
        return row;
    }

    /** @return all figures of a model's row: further the use of each limit, the expected and the emulated time and energy */
    public static Map<String, Object> figures(ModelMapping.Mapped m) {
        Map<String, Object> row = figures(m.row());
        row.put("crossings", m.crossings());
        row.put("neurons_first", m.neuronsFirst());
        row.put("expected_busiest_core_s", m.expected().busiestPs() * 1e-12);
        row.put("expected_mean_core_s", m.expected().meanPs() * 1e-12);
        row.put("expected_dynamic_j", m.expected().dynamicJ());
        for (ResourceUse.Utilisation u : m.use()) {
            row.put("max_" + u.resource(), u.max());
            row.put("mean_" + u.resource(), u.mean());
            row.put("limit_" + u.resource(), u.limit());
        }
        if (m.emulated() != null) {
            emulated(m.emulated(), row);
        }
        return row;
    }

    static void emulated(MappingRun e, Map<String, Object> row) {
        row.put("emulated_images", e.images());
        row.put("emulated_steps", e.stepsOnChip());
        row.put("emulated_step_s", e.secondsPerStep());
        row.put("emulated_steps_per_s", 1 / e.secondsPerStep());
        row.put("emulated_cycles_per_step", e.cyclesPerStep());
        row.put("emulated_inference_s", e.secondsPerImage());
        row.put("emulated_inference_j", e.joulesPerImage());
        row.put("emulated_inference_dynamic_j", e.dynamicPerImage());
        row.put("emulated_bound_by", e.boundBy());
        row.put("emulated_bound_share", e.boundShare());
        row.put("emulated_spikes", e.spikes());
    }

    /** @return rows as CSV, columns those of the first; a value that a row does not have is empty */
    public static String csv(List<Map<String, Object>> rows) {
        List<String> columns = rows.stream().flatMap(r -> r.keySet().stream()).distinct().toList();
        StringBuilder out = new StringBuilder(String.join(",", columns)).append('\n');
        for (Map<String, Object> row : rows) {
            out.append(columns.stream().map(c -> row.containsKey(c) ? row.get(c).toString() : "").collect(Collectors.joining(","))).append('\n');
        }
        return out.toString();
    }

    /** Adds the array {@code strategies} to a JSON object. */
    public static void json(ObjectNode json, List<Map<String, Object>> figures, List<MappingRow> rows) {
        var array = json.putArray("strategies");
        for (int i = 0; i < rows.size(); i++) {
            ObjectNode row = array.addObject();
            figures.get(i).forEach(row::putPOJO);
            rows.get(i).violated().forEach(row.putArray("violated")::add);
        }
    }

    /** @return the object as text */
    public static String text(ObjectNode json) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
