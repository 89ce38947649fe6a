package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * @param resets   how often the system was reset between inferences
 * @param layers   events by layer; empty in reports of older versions
 * @param arithmetic accumulates, multiply-accumulates and the trained network's multiply-accumulates of one inference; null if the report has none
 */
public record SavedRun(String model, long images, int chips, double seconds, EventCounters counters, long resets, List<LayerCounts> layers,
                       double[] arithmetic) {
    /**
     * A layer of the run.
     *
     * @param name     its name
     * @param cores    its cores
     * @param counters events of all inferences
     */
    public record LayerCounts(String name, long cores, EventCounters counters) { }

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
        EventCounters c = counters(root.path("counters"), "counters", file);
        double seconds = find(root, "time.total_s", file).asDouble(-1);
        long images = count(root, "images", "", file);
        long chips = count(root, "chips", "", file);
        if (!(seconds >= 0) || images < 1 || chips < 1 || chips > Integer.MAX_VALUE) {
            throw new InvalidInputException(file + ": impossible figures: " + images + " images, " + chips + " chips, " + seconds + " s");
        }
        List<LayerCounts> layers = new ArrayList<>();
        for (JsonNode layer : root.path("layers")) {
            String place = "layers[" + layers.size() + "]";
            layers.add(new LayerCounts(layer.path("layer").asText("?"), count(layer, "cores", place, file),
                counters(layer.path("counters"), place + ".counters", file)));
        }
        JsonNode paper = root.path("paper_style_estimate");
        double[] arithmetic = !paper.isObject() ? null : new double[] {paper.path("acs").asDouble(), paper.path("macs").asDouble(),
            paper.path("ann_macs").asDouble()};
        // A corelet runs on and is never reset.
        long resets = root.path("kind").asText().equals("corelet") ? 0 : images;
        return new SavedRun(root.path("model").asText("?"), images, (int) chips, seconds, c, resets, layers, arithmetic);
    }

    private static EventCounters counters(JsonNode node, String at, Path file) {
        EventCounters c = new EventCounters();
        for (SynapseFormat.Kind kind : SynapseFormat.Kind.values()) {
            c.synapticOperations[kind.ordinal()] = count(node, "synaptic_operations_" + kind.name().toLowerCase(Locale.ROOT), at, file);
        }
        c.spikes = count(node, "spikes", at, file);
        c.programmedActive = count(node, "programmed_updates_active", at, file);
        c.programmedIdle = count(node, "programmed_updates_idle", at, file);
        c.updatesActive = count(node, "neuron_updates_active", at, file) - c.programmedActive;
        c.updatesIdle = count(node, "neuron_updates_idle", at, file) - c.programmedIdle;
        c.microcodeCycles = count(node, "microcode_cycles", at, file);
        c.microcodeInstructions = count(node, "microcode_instructions", at, file);
        c.messages = count(node, "messages", at, file);
        // Reports of older versions lack some; then a run ended with empty queues, and what was sent was received.
        c.messagesReceived = node.has("messages_received") ? count(node, "messages_received", at, file) : c.messages;
        c.synapseWords = node.has("synapse_words") ? count(node, "synapse_words", at, file) : 0;
        c.hostStateWrites = node.has("host_state_writes") ? count(node, "host_state_writes", at, file) : 0;
        c.messagesWithinTile = count(node, "messages_within_tile", at, file);
        c.hopsX = count(node, "hops_x", at, file);
        c.hopsY = count(node, "hops_y", at, file);
        c.chipCrossings = count(node, "chip_crossings", at, file);
        c.outputEvents = !node.has("output_events") ? 0 : count(node, "output_events", at, file);
        c.hostBiasWrites = count(node, "host_bias_writes", at, file);
        c.hostReads = count(node, "host_reads", at, file);
        c.steps = count(node, "steps", at, file);
        return c;
    }

    private static JsonNode find(JsonNode root, String path, Path file) {
        JsonNode node = root.at("/" + path.replace('.', '/'));
        if (!node.isNumber()) {
            throw new InvalidInputException(file + ": no number at " + path);
        }
        return node;
    }

    private static long count(JsonNode from, String key, String at, Path file) {
        JsonNode node = from.path(key);
        String path = at.isEmpty() ? key : at + "." + key;
        if (!node.isNumber()) {
            throw new InvalidInputException(file + ": no number at " + path);
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw new InvalidInputException(file + ": " + path + " is " + node.asText() + ", expected a count");
        }
        return node.longValue();
    }
}
