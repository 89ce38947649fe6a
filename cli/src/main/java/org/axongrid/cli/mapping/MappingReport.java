package org.axongrid.cli.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.PlacementMetrics;

/** Mapping rows as a table for the console and as JSON. */
public final class MappingReport {
    private MappingReport() { }

    /** @return the table, a row for each, and the violated limits below it */
    public static String table(List<MappingRow> rows) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-22s %-20s %6s %8s %6s %14s %15s %8s %13s %9s %9s %8s%n", "strategy", "placer", "cores", "fullest",
            "full", "packets", "hop packets", "mean hop", "max link", "in axons", "out axons", "s"));
        for (MappingRow r : rows) {
            PartitionMetrics p = r.partition();
            PlacementMetrics q = r.placement();
            out.append(String.format(Locale.ROOT, "%-22s %-20s %6d %8d %5.1f%% %,14d %,15d %8.2f %,13d %9d %9d %8.1f%s%n", r.strategy(), r.placer(),
                p.cores(), p.maxNeurons(), 100 * p.meanUtilisationOfMax(), p.packets(), q.hopPackets(), q.meanHops(), q.maxLink(),
                p.maxInAxons(), p.maxOutAxons(), r.seconds(), r.violated().isEmpty() ? "" : "  does not fit"));
        }
        for (MappingRow r : rows) {
            r.violated().forEach(v -> out.append(r.strategy()).append(": ").append(v).append(System.lineSeparator()));
        }
        return out.toString();
    }

    /** Adds the array {@code strategies} to a JSON object. */
    public static void json(ObjectNode json, List<MappingRow> rows) {
        var array = json.putArray("strategies");
        for (MappingRow r : rows) {
            PartitionMetrics p = r.partition();
            PlacementMetrics q = r.placement();
            ObjectNode row = array.addObject().put("strategy", r.strategy()).put("placer", r.placer()).put("cores", p.cores())
                .put("chips", r.chips()).put("packets", p.packets()).put("hop_packets", q.hopPackets()).put("max_link", q.maxLink())
                .put("violations", r.violated().size()).put("seconds", r.seconds()).put("peak_heap_bytes", r.peakHeap())
                .put("max_neurons", p.maxNeurons()).put("mean_utilisation_of_max", p.meanUtilisationOfMax())
                .put("local_deliveries", p.localDeliveries()).put("cut_nets_weight", p.cutRate()).put("synaptic_unicast", p.unicast())
                .put("max_in_axons", p.maxInAxons()).put("sum_in_axons", p.sumInAxons()).put("max_out_axons", p.maxOutAxons())
                .put("sum_out_axons", p.sumOutAxons()).put("max_synapses", p.maxSynapses()).put("mesh", q.mesh().toString())
                .put("mean_hops", q.meanHops()).put("max_hops", q.maxHops()).put("energy_jin", q.energyJin()).put("mean_link", q.meanLink());
            r.violated().forEach(row.putArray("violated")::add);
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
