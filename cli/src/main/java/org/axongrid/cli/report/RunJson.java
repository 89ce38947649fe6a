package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.axongrid.cli.pipeline.Predictions;
import org.axongrid.cli.pipeline.RunResult;
import org.axongrid.emulator.cost.EnergyBreakdown;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.cost.PaperStyleEstimate;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ResourceUse;
import org.axongrid.isa.synapse.SynapseFormat;

/** A run's results as JSON, schema {@code axongrid.run/1}; numbers with a unit have it in their key. */
public final class RunJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private RunJson() { }

    /** @return the document */
    public static String of(RunResult r) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.run/1").put("model", r.model()).put("data", r.data()).put("method", r.options().method())
            .put("steps", r.options().steps()).put("chip_steps", r.chipSteps()).put("chip", r.prepared().chip().name())
            .put("mapping", r.prepared().mapping().partition().strategy()).put("placement", r.prepared().mapping().placement().placer())
            .put("timing", r.options().timing()).put("threads", r.options().threads())
            .put("parallelism", r.parallelism().toString()).put("images", r.images())
            .put("weight_bits", r.options().weightBits()).put("scales", r.options().scales().name().toLowerCase(Locale.ROOT))
            .put("seed", r.options().seed());
        var notes = root.putArray("notes");
        r.prepared().notes().forEach(notes::add);
        if (r.labels() != null) {
            accuracy(root.putObject("accuracy"), r);
        } else if (r.references() != null) {
            root.put("chip_equals_oracle", r.chipEqualsOracle());
        }
        counters(root.putObject("counters"), r.chip().counters());
        ObjectNode each = root.putObject("per_inference");
        double n = r.images();
        each.put("synaptic_operations", r.chip().counters().synapticOperationsTotal() / n).put("spikes", r.chip().counters().spikes / n)
            .put("energy_j", r.energy().totalJ() / n).put("latency_s", r.latencySeconds())
            .put("edp_js", r.energy().energyDelayPerInferenceJs(r.images()));
        energy(root.putObject("energy"), r.energy());
        root.set("layers", layers(r.breakdown()));
        paperStyle(root.putObject("paper_style_estimate"), r.paperStyle());
        time(root.putObject("time"), r);
        root.put("cores", r.prepared().mapping().image().cores().size()).put("chips", r.prepared().mapping().image().chips());
        utilisation(root.putObject("utilisation"), r);
        ObjectNode host = root.putObject("host");
        host.put("wall_s", r.wallSeconds()).put("prepare_s", r.prepareSeconds()).put("chip_s", r.chip().seconds());
        if (r.ann() != null) {
            host.put("trained_network_s", r.ann().seconds());
        }
        if (r.references() != null) {
            host.put("references_s", r.references().seconds());
        }
        host.put("synaptic_operations_per_s", r.chip().counters().synapticOperationsTotal() / r.chip().seconds())
            .put("images_per_s", n / r.chip().seconds()).put("peak_heap_bytes", r.peakHeapBytes())
            .put("java", System.getProperty("java.version"));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    private static void accuracy(ObjectNode node, RunResult r) {
        int last = r.options().steps();
        if (r.ann() != null) {
            node.put("ann", r.annAccuracy());
        }
        if (r.references() != null) {
            node.put("float_snn", r.references().floatSnn().accuracy(r.labels(), last));
            node.put("oracle", r.references().oracle().accuracy(r.labels(), last));
        }
        node.put("chip", r.chip().predictions().accuracy(r.labels(), last));
        byStep(node.putObject("chip_by_step"), r.chip().predictions(), r);
        if (r.references() != null) {
            byStep(node.putObject("float_snn_by_step"), r.references().floatSnn(), r);
            byStep(node.putObject("oracle_by_step"), r.references().oracle(), r);
            node.put("chip_equals_oracle", r.chipEqualsOracle());
            node.put("chip_float_agreement", r.chip().predictions().agreement(r.references().floatSnn(), last));
        }
    }

    private static void byStep(ObjectNode node, Predictions p, RunResult r) {
        for (int t = 1; t <= p.steps(); t++) {
            node.put(Integer.toString(t), p.accuracy(r.labels(), t));
        }
    }

    /** Puts the counts of a run into an object, as {@link SavedRun} reads them. */
    public static void counters(ObjectNode node, EventCounters c) {
        node.put("synaptic_operations", c.synapticOperationsTotal());
        for (SynapseFormat.Kind kind : SynapseFormat.Kind.values()) {
            node.put("synaptic_operations_" + kind.name().toLowerCase(Locale.ROOT), c.synapticOperations[kind.ordinal()]);
        }
        node.put("synapse_words", c.synapseWords).put("spikes", c.spikes).put("neuron_updates_active", c.updatesActive + c.programmedActive)
            .put("neuron_updates_idle", c.updatesIdle + c.programmedIdle).put("programmed_updates_active", c.programmedActive)
            .put("programmed_updates_idle", c.programmedIdle).put("microcode_cycles", c.microcodeCycles)
            .put("microcode_instructions", c.microcodeInstructions)
            .put("messages", c.messages).put("messages_received", c.messagesReceived).put("messages_within_tile", c.messagesWithinTile).put("hops_x", c.hopsX).put("hops_y", c.hopsY)
            .put("chip_crossings", c.chipCrossings).put("saturations", c.saturations).put("accumulator_wraps", c.accumulatorWraps)
            .put("merged_arrivals", c.mergedArrivals).put("random_words", c.randomWords).put("output_events", c.outputEvents)
            .put("reset_messages", c.resetMessages)
            .put("host_bias_writes", c.hostBiasWrites).put("host_state_writes", c.hostStateWrites).put("host_reads", c.hostReads).put("steps", c.steps);
    }

    /** Puts an energy report into an object. */
    public static void energy(ObjectNode node, EnergyReport energy) {
        node.put("profile", energy.profile());
        energy.weakest().ifPresent(g -> node.put("grade", g.toString().toLowerCase(Locale.ROOT)));
        node.put("total_j", energy.totalJ()).put("dynamic_j", energy.dynamicJ()).put("static_j", energy.staticJ());
        node.put("average_power_w", energy.averagePowerW()).put("edp_js", energy.energyDelayJs()).put("synaptic_operations_per_s_per_w",
            energy.synapticOperationsPerJoule()).put("synaptic_operations_per_j", energy.synapticOperationsPerJoule());
        ObjectNode parts = node.putObject("by_component_j");
        energy.byComponent().forEach(parts::put);
        var missing = node.putArray("not_estimated");
        energy.notEstimated().forEach(m -> missing.add(m.toString()));
    }

    /** @return energy and counts by layer, as {@link SavedRun} reads them */
    public static ArrayNode layers(EnergyBreakdown breakdown) {
        ArrayNode layers = MAPPER.createArrayNode();
        for (EnergyBreakdown.Part l : breakdown.layers()) {
            ObjectNode node = layers.addObject();
            node.put("layer", l.name()).put("cores", l.core()).put("dynamic_j", l.energy().dynamicJ())
                .put("static_share_j", breakdown.staticPerCoreJ() * l.core());
            ObjectNode parts = node.putObject("by_component_j");
            l.energy().byComponent().forEach((name, joules) -> {
                if (joules > 0) {
                    parts.put(name, joules);
                }
            });
            counters(node.putObject("counters"), l.counters());
        }
        return layers;
    }

    private static void paperStyle(ObjectNode node, PaperStyleEstimate p) {
        node.put("what", PaperStyleEstimate.LABEL).put("profile", p.profile()).put("acs", p.acs()).put("macs", p.macs()).put("ann_macs", p.annMacs())
            .put("energy_j", p.joules()).put("ann_energy_j", p.annJoules());
    }

    private static void time(ObjectNode node, RunResult r) {
        StepTimes t = r.chip().times();
        node.put("profile", r.timing().profile().name()).put("total_s", t.totalPs * 1e-12).put("barrier_s", t.barrierPs * 1e-12);
        var notTimed = node.putArray("not_timed");
        r.timing().notTimed().forEach(notTimed::add);
        node.put("network_cycle_s", r.timing().quantumPs() * 1e-12);
        ObjectNode rounding = node.putObject("rounding_s");
        r.timing().rounding().forEach(x -> rounding.put(x.what(), x.errorPs() * 1e-12));
        node.put("overruns", t.overruns);
        ObjectNode bound = node.putObject("steps_bound_by");
        for (StepTimes.Bound b : StepTimes.Bound.values()) {
            bound.put(b.name().toLowerCase(Locale.ROOT), t.stepsBoundBy[b.ordinal()]);
        }
    }

    private static void utilisation(ObjectNode node, RunResult r) {
        ChipImage image = r.prepared().mapping().image();
        for (ResourceUse.Utilisation u : ResourceUse.utilisation(image)) {
            node.putObject(u.resource()).put("limit", u.limit()).put("max", u.max()).put("mean", u.mean());
        }
    }
}
