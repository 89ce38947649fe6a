package org.axongrid.cli.sanafe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.axongrid.cli.output.Text;
import org.axongrid.emulator.sanafe.SanafeMachine;
import org.axongrid.emulator.sanafe.SanafeStep;

/** A run as text, as JSON, and as the tables that SANA-FE writes. */
public final class SanafeReport {
    /** Most steps, and most spikes of a step, that the text shows. */
    private static final int SHOWN = 32;
    private static final int NAMES = 6;

    private SanafeReport() { }

    /** @return the summary for people */
    public static String text(SanafeRun run) {
        SanafeStep s = run.total();
        StringBuilder out = new StringBuilder();
        line(out, "%s: %s neurons and %s synapses on %s cores, %d steps, arithmetic and costs of SANA-FE's files",
            Node.shown(run.chip().name()), Text.count(run.neurons()), Text.count(run.synapses()), Text.count(run.cores()), run.steps().size());
        run.notes().forEach(n -> line(out, "note: %s", n));
        line(out, "");
        line(out, "%6s %8s %8s %9s %9s %10s %12s %12s  %s", "step", "fired", "updated", "packets", "hops", "events", "energy", "time", "spikes logged");
        List<String> spikes = run.spikes().lines().skip(1).toList();
        int at = 0;
        for (int t = 1; t <= Math.min(SHOWN, run.steps().size()); t++) {
            StringBuilder names = new StringBuilder();
            int n = 0;
            for (; at < spikes.size() && spikes.get(at).endsWith("," + t); at++, n++) {
                if (n < NAMES) {
                    names.append(spikes.get(at), 0, spikes.get(at).lastIndexOf(',')).append(' ');
                }
            }
            SanafeStep p = run.steps().get(t - 1);
            line(out, "%6d %8d %8d %9d %9d %10d %12s %12s  %s%s", t, p.fired, p.updated, p.packets, p.hops, p.events, Text.si(p.energy(), "J"),
                Text.si(p.time, "s"), names, n > NAMES ? "and " + (n - NAMES) + " more" : "");
        }
        if (run.steps().size() > SHOWN) {
            line(out, "       ... and %d steps more: --out DIR writes all of them", run.steps().size() - SHOWN);
        }
        line(out, "%6s %8d %8d %9d %9d %10d %12s %12s%n", "all", s.fired, s.updated, s.packets, s.hops, s.events, Text.si(s.energy(), "J"),
            Text.si(s.time, "s"));
        line(out, "energy   synapse %s, dendrite %s, soma %s, network %s, total %s (dynamic; the files state no static power)",
            Text.si(s.synapseEnergy, "J"), Text.si(s.dendriteEnergy, "J"), Text.si(s.somaEnergy, "J"), Text.si(s.networkEnergy, "J"),
            Text.si(s.energy(), "J"));
        line(out, "time     %s simple%s", Text.si(s.simpleTime, "s"),
            run.timing() == SanafeMachine.Timing.SIMPLE ? "" : ", " + Text.si(s.time, "s") + " detailed (used above)");
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /** @return {@code perf.csv} */
    public static String perf(SanafeRun run) {
        StringBuilder out = new StringBuilder("timestep,fired,updated,packets,hops,spikes,sim_time,synapse_energy,dendrite_energy,soma_energy,"
            + "network_energy,total_energy\n");
        int t = 0;
        for (SanafeStep s : run.steps()) {
            line(out, "%d,%d,%d,%d,%d,%d,%.6e,%.6e,%.6e,%.6e,%.6e,%.6e", ++t, s.fired, s.updated, s.packets, s.hops, s.events, s.time,
                s.synapseEnergy, s.dendriteEnergy, s.somaEnergy, s.networkEnergy, s.energy());
        }
        return out.toString();
    }

    /** @return {@code run_summary.yaml} */
    public static String summary(SanafeRun run) {
        SanafeStep s = run.total();
        return String.format(Locale.ROOT, "timesteps_executed: %d%ntotal_spikes: %d%ntotal_messages_sent: %d%ntotal_neurons_updated: %d%n"
            + "total_neurons_fired: %d%nsim_time: %.6e%nenergy:%n  synapse: %.6e%n  dendrite: %.6e%n  soma: %.6e%n  network: %.6e%n  total: %.6e%n",
            run.steps().size(), s.events, s.packets, s.updated, s.fired, s.time, s.synapseEnergy, s.dendriteEnergy, s.somaEnergy, s.networkEnergy,
            s.energy());
    }

    /** @return everything as JSON: counts, joules, seconds, spikes as {@code [neuron, step]} */
    public static String json(SanafeRun run) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode().put("schema", "axongrid.sanafe/1").put("architecture", run.chip().name())
            .put("neurons", run.neurons()).put("synapses", run.synapses()).put("cores", run.cores())
            .put("timing", run.timing().name().toLowerCase(Locale.ROOT));
        run.notes().forEach(root.withArray("notes")::add);
        put(root.putObject("total"), run.total());
        run.steps().forEach(s -> put(root.withArray("steps").addObject(), s));
        run.spikes().lines().skip(1).forEach(l -> {
            int comma = l.lastIndexOf(',');
            root.withArray("spikes").addArray().add(l.substring(0, comma)).add(Integer.parseInt(l.substring(comma + 1)));
        });
        try {
            return mapper.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    private static void put(ObjectNode to, SanafeStep s) {
        to.put("fired", s.fired).put("updated", s.updated).put("packets", s.packets).put("hops", s.hops).put("synaptic_events", s.events)
            .put("time_s", s.time).put("simple_time_s", s.simpleTime).putObject("energy_j").put("synapse", s.synapseEnergy)
            .put("dendrite", s.dendriteEnergy).put("soma", s.somaEnergy).put("network", s.networkEnergy).put("total", s.energy());
    }
}
