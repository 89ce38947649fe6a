package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.pipeline.ComparisonResult;
import org.axongrid.cli.pipeline.ComparisonRow;

/** A comparison of conversion methods as a table for people, as CSV, and as JSON with the schema {@code axongrid.compare/1}. */
public final class ComparisonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Accuracy that integers may be behind without a word. */
    private static final double WORTH_A_LINE = 0.003 + 1e-12;

    private ComparisonReport() { }

    /** @return the table */
    public static String text(ComparisonResult r) {
        StringBuilder out = new StringBuilder();
        line(out, "%s, %s images of %s; trained network (ANN) %s %%", r.model(), Text.count(r.images()), r.data(), Text.percent(r.annAccuracy()));
        boolean chip = r.pricing() != null;
        if (r.options().integers() || r.options().onChip()) {
            line(out, "integers: %d-bit weights, registers of %s, scales %s", r.options().weightBits(), r.options().chip(),
                r.options().scales().name().toLowerCase(Locale.ROOT));
        }
        if (chip) {
            line(out, "chip: energy by %s, not estimated: %s", r.pricing().energyProfile(), listed(r.pricing().notEstimated()));
            line(out, "      latency by %s, not timed: %s", r.pricing().timingProfile(), listed(r.pricing().notTimed()));
        }
        r.notes().forEach(note -> line(out, "note: %s", note));
        r.differences().forEach(difference -> line(out, "WRONG: %s", difference));
        line(out, "");
        line(out, "%-18s %4s %10s %8s %8s %12s %12s %14s %14s%s", "method", "T", "chip steps", "float %", "int %", "messages", "spikes", "operations",
            "unary ops", chip ? String.format("%12s %12s", "energy", "latency") : "");
        String before = "";
        for (ComparisonRow row : r.rows()) {
            ComparisonRow.Activity a = row.activity();
            line(out, "%-18s %4d %10d %8s %8s %12s %12s %14s %14s%s", row.method().equals(before) ? "" : row.method(), row.steps(), row.chipSteps(),
                Text.percent(row.floatAccuracy()), Double.isNaN(row.accuracy()) ? "-" : Text.percent(row.accuracy()), Text.mean(a.messages()),
                Text.mean(a.spikes()), Text.mean(row.operations()), Text.mean(a.unaryOperations()), chip ? costs(row.chip()) : "");
            before = row.method();
        }
        line(out, "");
        r.rows().stream().filter(row -> row.chip() != null && row.chip().host() != null).forEach(row -> line(out,
            "%s, T = %d: the host reads %s words for an image and writes %s state words", row.method(), row.steps(),
            Text.mean(row.chip().host().reads()), Text.mean(row.chip().host().stateWrites())));
        explain(out, r);
        line(out, "T as in the papers; chip steps have preparation and a step a hop. Means per image, preparation included, of the %s network;",
            r.options().integers() ? "integer" : "float");
        line(out, "a graded spike is one message and as many spikes as its payload. Host time %s.", Text.duration(r.wallSeconds()));
        if (chip) {
            line(out, "Operations, energy and latency are the chip's.%s", !r.chipAndIntegers() ? "" : r.differences().isEmpty()
                ? " It classifies each image in each step as the integer oracle does." : " It is NOT what the integer oracle is.");
        }
        return out.toString();
    }

    /** Rows whose integers are behind real numbers: by chance, or with a way to find out. */
    private static void explain(StringBuilder out, ComparisonResult r) {
        int behind = 0;
        for (ComparisonRow row : r.rows()) {
            if (row.floatAccuracy() - row.accuracy() <= WORTH_A_LINE) {
                continue;
            }
            behind++;
            if (row.losesByRounding()) {
                line(out, "%s, T = %d: integers lose %d images and win %d, more than chance; 'diagnose --method %s --steps %d' shows the layer", row.method(),
                    row.steps(), row.lost(), row.won(), row.method(), row.steps());
                behind--;
            }
        }
        if (behind > 0) {
            line(out, "In %d other rows integers are more than 0.3 points behind real numbers, which is within chance: images near a tie go either way.",
                behind);
        }
    }

    private static String listed(Set<String> what) {
        return what.isEmpty() ? "nothing" : what.stream().map(w -> w.replaceAll(":.*", "")).distinct().collect(Collectors.joining(", "));
    }

    private static String costs(ComparisonRow.OnChip chip) {
        return chip == null ? String.format("%12s %12s", "-", "-")
            : String.format("%12s %12s", Text.si(chip.energyJ(), "J"), Text.si(chip.latencySec(), "s"));
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** @return a row a method and T */
    public static String csv(ComparisonResult r) {
        boolean chip = r.pricing() != null;
        StringBuilder out = new StringBuilder("method,t,chip_steps,float_accuracy,accuracy,lost,won,messages,spikes,synaptic_operations,"
            + "unary_synaptic_operations" + (chip ? ",energy_j,latency_s,host_reads,host_state_writes" : "") + "\n");
        for (ComparisonRow row : r.rows()) {
            ComparisonRow.Activity a = row.activity();
            out.append(row.method()).append(',').append(row.steps()).append(',').append(row.chipSteps()).append(',').append(row.floatAccuracy())
                .append(',').append(Double.isNaN(row.accuracy()) ? "" : row.accuracy()).append(',').append(row.lost()).append(',')
                .append(row.won()).append(',').append(a.messages()).append(',')
                .append(a.spikes()).append(',').append(row.operations()).append(',').append(a.unaryOperations())
                .append(chip ? costsCsv(row.chip()) : "").append('\n');
        }
        return out.toString();
    }

    private static String costsCsv(ComparisonRow.OnChip chip) {
        return chip == null ? ",,,," : "," + chip.energyJ() + "," + chip.latencySec()
            + (chip.host() == null ? ",," : "," + chip.host().reads() + "," + chip.host().stateWrites());
    }

    /** @return the document; numbers of a row are per inference */
    public static String json(ComparisonResult r) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.compare/1").put("model", r.model()).put("data", r.data()).put("images", r.images())
            .put("chip", r.options().chip()).put("weight_bits", r.options().weightBits())
            .put("scales", r.options().scales().name().toLowerCase(Locale.ROOT)).put("threads", r.options().threads())
            .put("seed", r.options().seed()).put("calibration", r.options().calibration() == null ? r.data() : r.options().calibration())
            .put("ann_accuracy", r.annAccuracy());
        if (r.pricing() != null) {
            pricing(root, r);
        }
        var notes = root.putArray("notes");
        r.notes().forEach(notes::add);
        var rows = root.putArray("rows");
        for (ComparisonRow row : r.rows()) {
            ObjectNode node = rows.addObject();
            node.put("method", row.method()).put("t", row.steps()).put("chip_steps", row.chipSteps());
            if (!Double.isNaN(row.accuracy())) {
                node.put("accuracy", row.accuracy()).put("lost", row.lost()).put("won", row.won());
            }
            node.put("float_accuracy", row.floatAccuracy()).put("synaptic_operations", row.operations())
                .put("unary_synaptic_operations", row.activity().unaryOperations()).put("messages", row.activity().messages())
                .put("spikes", row.activity().spikes());
            costs(node, row.chip());
        }
        root.putObject("host").put("wall_s", r.wallSeconds()).put("java", System.getProperty("java.version"));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    private static void pricing(ObjectNode root, ComparisonResult r) {
        ObjectNode energy = root.putObject("energy").put("profile", r.pricing().energyProfile());
        r.pricing().notEstimated().forEach(energy.putArray("not_estimated")::add);
        ObjectNode time = root.putObject("time").put("profile", r.pricing().timingProfile());
        r.pricing().notTimed().forEach(time.putArray("not_timed")::add);
        if (r.chipAndIntegers()) {
            root.put("chip_equals_oracle", r.differences().isEmpty());
            r.differences().forEach(root.putArray("differences")::add);
        }
    }

    private static void costs(ObjectNode node, ComparisonRow.OnChip chip) {
        if (chip == null) {
            return;
        }
        node.put("energy_j", chip.energyJ()).put("latency_s", chip.latencySec());
        if (chip.host() != null) {
            node.put("host_reads", chip.host().reads()).put("host_state_writes", chip.host().stateWrites());
        }
    }
}
