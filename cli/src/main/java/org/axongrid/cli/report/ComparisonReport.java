package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.pipeline.ComparisonResult;
import org.axongrid.cli.pipeline.ComparisonRow;

/** A comparison of conversion methods as a table for people, as CSV, and as JSON with the schema {@code axongrid.compare/1}. */
public final class ComparisonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ComparisonReport() { }

    /** @return the table */
    public static String text(ComparisonResult r) {
        StringBuilder out = new StringBuilder();
        line(out, "%s, %s images of %s; trained network (ANN) %s %%", r.model(), Text.count(r.images()), r.data(), Text.percent(r.annAccuracy()));
        if (r.options().integers()) {
            line(out, "integers: %d-bit weights, registers of %s, scales %s", r.options().weightBits(), r.options().chip(),
                r.options().scales().name().toLowerCase(Locale.ROOT));
        }
        r.notes().forEach(note -> line(out, "note: %s", note));
        line(out, "");
        line(out, "%-18s %4s %10s %8s %8s %12s %12s %14s %14s", "method", "T", "chip steps", "float %", "int %", "messages", "spikes", "operations",
            "unary ops");
        String before = "";
        for (ComparisonRow row : r.rows()) {
            ComparisonRow.Activity a = row.activity();
            line(out, "%-18s %4d %10d %8s %8s %12s %12s %14s %14s", row.method().equals(before) ? "" : row.method(), row.steps(), row.chipSteps(),
                Text.percent(row.floatAccuracy()), Double.isNaN(row.accuracy()) ? "-" : Text.percent(row.accuracy()), Text.mean(a.messages()),
                Text.mean(a.spikes()), Text.mean(a.operations()), Text.mean(a.unaryOperations()));
            before = row.method();
        }
        line(out, "");
        line(out, "T as in the papers; chip steps have preparation and a step a hop. Means per image, preparation included, of the %s network;",
            r.options().integers() ? "integer" : "float");
        line(out, "a graded spike is one message and as many spikes as its payload. Host time %s.", Text.duration(r.wallSeconds()));
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** @return a row a method and T */
    public static String csv(ComparisonResult r) {
        StringBuilder out = new StringBuilder("method,t,chip_steps,float_accuracy,accuracy,messages,spikes,synaptic_operations,"
            + "unary_synaptic_operations\n");
        for (ComparisonRow row : r.rows()) {
            ComparisonRow.Activity a = row.activity();
            out.append(row.method()).append(',').append(row.steps()).append(',').append(row.chipSteps()).append(',').append(row.floatAccuracy())
                .append(',').append(Double.isNaN(row.accuracy()) ? "" : row.accuracy()).append(',').append(a.messages()).append(',')
                .append(a.spikes()).append(',').append(a.operations()).append(',').append(a.unaryOperations()).append('\n');
        }
        return out.toString();
    }

    /** @return the document; numbers of a row are per inference */
    public static String json(ComparisonResult r) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.compare/1").put("model", r.model()).put("data", r.data()).put("images", r.images())
            .put("chip", r.options().chip()).put("weight_bits", r.options().weightBits())
            .put("scales", r.options().scales().name().toLowerCase(Locale.ROOT)).put("threads", r.options().threads())
            .put("seed", r.options().seed()).put("calibration", r.options().calibration() == null ? r.data() : r.options().calibration())
            .put("ann_accuracy", r.annAccuracy());
        var notes = root.putArray("notes");
        r.notes().forEach(notes::add);
        var rows = root.putArray("rows");
        for (ComparisonRow row : r.rows()) {
            ObjectNode node = rows.addObject();
            node.put("method", row.method()).put("t", row.steps()).put("chip_steps", row.chipSteps());
            if (!Double.isNaN(row.accuracy())) {
                node.put("accuracy", row.accuracy());
            }
            node.put("float_accuracy", row.floatAccuracy()).put("synaptic_operations", row.activity().operations())
                .put("unary_synaptic_operations", row.activity().unaryOperations()).put("messages", row.activity().messages())
                .put("spikes", row.activity().spikes());
        }
        root.putObject("host").put("wall_s", r.wallSeconds()).put("java", System.getProperty("java.version"));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
