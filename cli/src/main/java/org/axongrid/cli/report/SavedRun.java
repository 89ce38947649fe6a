package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * What a saved report ({@link RunJson}) says of a run: enough to price it again.
 *
 * @param model    the model's name
 * @param images   inferences
 * @param chips    chips powered
 * @param seconds  emulated time of all inferences
 * @param counters events of all inferences
 */
public record SavedRun(String model, long images, int chips, double seconds, EventCounters counters) {
    private static final String SCHEMA = "axongrid.run/1";

    /**
     * @param file a report as JSON
     * @return what it holds
     * @throws InvalidInputException if it is not such a file or lacks a figure
     */
    public static SavedRun read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new InvalidInputException(file + ": not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be read: " + (Files.exists(file) ? e.getMessage() : "no such file"), e);
        }
        if (root == null || !SCHEMA.equals(root.path("schema").asText())) {
            throw new InvalidInputException(file + ": not a report of a run: its schema is not " + SCHEMA);
        }
        EventCounters c = new EventCounters();
        for (SynapseFormat.Kind kind : SynapseFormat.Kind.values()) {
            c.synapticOperations[kind.ordinal()] = count(root, "counters.synaptic_operations_" + kind.name().toLowerCase(Locale.ROOT), file);
        }
        c.spikes = count(root, "counters.spikes", file);
        c.programmedActive = count(root, "counters.programmed_updates_active", file);
        c.programmedIdle = count(root, "counters.programmed_updates_idle", file);
        c.updatesActive = count(root, "counters.neuron_updates_active", file) - c.programmedActive;
        c.updatesIdle = count(root, "counters.neuron_updates_idle", file) - c.programmedIdle;
        c.microcodeCycles = count(root, "counters.microcode_cycles", file);
        c.microcodeInstructions = count(root, "counters.microcode_instructions", file);
        c.messages = count(root, "counters.messages", file);
        // A run ends with empty queues: what was sent was received.
        c.messagesReceived = c.messages;
        c.messagesWithinTile = count(root, "counters.messages_within_tile", file);
        c.hopsX = count(root, "counters.hops_x", file);
        c.hopsY = count(root, "counters.hops_y", file);
        c.chipCrossings = count(root, "counters.chip_crossings", file);
        // Reports of older versions lack it.
        c.outputEvents = root.at("/counters/output_events").isMissingNode() ? 0 : count(root, "counters.output_events", file);
        c.hostBiasWrites = count(root, "counters.host_bias_writes", file);
        c.hostReads = count(root, "counters.host_reads", file);
        c.steps = count(root, "counters.steps", file);
        double seconds = find(root, "time.total_s", file).asDouble(-1);
        long images = count(root, "images", file);
        long chips = count(root, "chips", file);
        if (!(seconds >= 0) || images < 1 || chips < 1 || chips > Integer.MAX_VALUE) {
            throw new InvalidInputException(file + ": impossible figures: " + images + " images, " + chips + " chips, " + seconds + " s");
        }
        return new SavedRun(root.path("model").asText("?"), images, (int) chips, seconds, c);
    }

    private static JsonNode find(JsonNode root, String path, Path file) {
        JsonNode node = root.at("/" + path.replace('.', '/'));
        if (!node.isNumber()) {
            throw new InvalidInputException(file + ": no number at " + path);
        }
        return node;
    }

    private static long count(JsonNode root, String path, Path file) {
        JsonNode node = find(root, path, file);
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new InvalidInputException(file + ": " + path + " is " + node.asText() + ", expected a count");
        }
        return node.longValue();
    }
}
