package org.axongrid.cli.corelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.collections.IntArrayList;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.report.ConsoleReport;
import org.axongrid.cli.report.RunJson;
import org.axongrid.cli.report.StepTable;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.StepTimes;

/** A corelet run's results as text, JSON and CSV. */
public final class CoreletReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MOST_TICKS = 10;
    private static final int MOST_PINS = 12;
    private static final int MOST_ROWS = 20;

    private final CoreletResult r;
    private final StringBuilder out = new StringBuilder();

    private CoreletReport(CoreletResult result) {
        this.r = result;
    }

    /** @return the summary of a run */
    public static String text(CoreletResult result) {
        CoreletReport report = new CoreletReport(result);
        report.head();
        report.outputs();
        report.energy();
        report.time();
        report.ticks();
        report.line("");
        report.line("Host: %s ticks of %d cores in %s, %s; Java %s", Text.count(result.ticks()), result.image().cores().size(),
            Text.duration(result.seconds()), Text.si((double) result.ticks() * result.image().cores().size() / result.seconds(), "core-ticks/s"),
            System.getProperty("java.version"));
        return report.out.toString();
    }

    private void head() {
        EventCounters c = r.counters();
        line("%s on %s: %s of %s cores, %s neurons, %s ticks", r.image().name(), r.image().chip().name(), Text.count(r.image().cores().size()),
            Text.count((long) r.image().chips() * r.image().chip().coresPerChip()), Text.count(r.neurons()), Text.count(r.ticks()));
        line("");
        line("  input spikes           %s%s", Text.count(r.inputSpikes()), r.input() == null ? " (no --input)" : " of " + r.input().getFileName());
        line("  spikes                 %s", Text.count(c.spikes));
        line("  output events          %s", Text.count(c.outputEvents));
        line("  synaptic events        %s", Text.count(c.synapticOperationsTotal()));
        line("  packets                %s, %s hops, %s chip crossings", Text.count(c.messages), Text.count(c.hopsX + c.hopsY),
            Text.count(c.chipCrossings));
        line("  merged arrivals        %s", Text.count(c.mergedArrivals));
        line("  random words           %s", Text.count(c.randomWords));
        if (c.saturations > 0) {
            line("  saturations            %s", Text.count(c.saturations));
        }
    }

    /** The first ticks with output events. */
    private void outputs() {
        IntArrayList o = r.outputs();
        if (o.isEmpty()) {
            return;
        }
        line("");
        line("Output pins by tick");
        int at = 0;
        for (int n = 0; n < MOST_TICKS && at < o.size(); n++) {
            int tick = o.getInt(at);
            int end = at;
            while (end < o.size() && o.getInt(end) == tick) {
                end += 4;
            }
            StringBuilder pins = new StringBuilder();
            for (int i = at; i < Math.min(end, at + 4 * MOST_PINS); i += 4) {
                pins.append(' ').append(o.getInt(i + 1));
            }
            line("  %6d %s%s", tick, pins, end - at > 4 * MOST_PINS ? " ... " + (end - at) / 4 + " in all" : "");
            at = end;
        }
        if (at < o.size()) {
            line("  ... and %s more events: outputs.csv with --out", Text.count((o.size() - at) / 4));
        }
    }

    private void energy() {
        EnergyReport e = r.energy();
        line("");
        line("Energy                   %s  (profile %s, grade %s)", ConsoleReport.joules(e.totalJ()), e.profile(),
            e.weakest().map(g -> g.toString().toLowerCase(Locale.ROOT)).orElse("none"));
        line("  dynamic                %s", ConsoleReport.joules(e.dynamicJ()));
        line("  static                 %s, whole chips; %s by the cores in use", ConsoleReport.joules(e.staticJ()),
            ConsoleReport.joules(r.staticOfCoresJ()));
        for (Map.Entry<String, Double> part : e.byComponent().entrySet()) {
            if (part.getValue() > 0) {
                line("    %-22s %10s  %5.1f %%", part.getKey().replace('_', ' '), Text.si(part.getValue(), "J"), 100 * part.getValue() / e.totalJ());
            }
        }
        if (!e.notEstimated().isEmpty()) {
            line("  not estimated          %s", e.notEstimated().stream().map(EnergyReport.NotEstimated::component).collect(Collectors.joining(", ")));
        }
        line("  average power          %s, %s", e.totalJ() == 0 ? "not estimated" : Text.si(e.averagePowerW(), "W"), ConsoleReport.efficiency(e));
    }

    private void time() {
        StepTimes t = r.times();
        line("Time                     %s, ticks of %s", Text.si(t.totalPs * 1e-12, "s"), Text.si(r.timing().timing().periodPs() * 1e-12, "s"));
        if (r.isTimed()) {
            line("  longest tick's work    %s  (profile %s), %s overruns%s", Text.si(t.longestPs * 1e-12, "s"), r.timing().profile().name(),
                Text.count(t.overruns), r.timing().timing().network() == null ? "" : ", " + Text.count(r.late()) + " late packets");
        }
        shares(t);
        if (r.timing().timing().network() != null) {
            line("  network                %s", r.timing().roundingText());
        }
        if (!r.timing().notTimed().isEmpty()) {
            line("  not timed              %s", r.isTimed() ? String.join(", ", r.timing().notTimed())
                : "the work within a tick: profile " + r.timing().profile().name() + " knows none of its times");
        }
    }

    private void shares(StepTimes t) {
        long steps = 0;
        for (long s : t.stepsBoundBy) {
            steps += s;
        }
        StringBuilder parts = new StringBuilder();
        for (StepTimes.Bound b : StepTimes.Bound.values()) {
            parts.append(String.format(Locale.ROOT, "%s%s %.0f %%", parts.isEmpty() ? "" : ", ", b.name().toLowerCase(Locale.ROOT),
                100.0 * t.stepsBoundBy[b.ordinal()] / Math.max(1, steps)));
        }
        if (r.isTimed()) {
            line("  work bound by          %s of the ticks", parts);
        }
    }

    private void ticks() {
        if (r.steps() == null) {
            return;
        }
        line("");
        if (r.isTimed()) {
            line("Work by tick; step t is tick t - 1");
            out.append(StepTable.text(r.steps().rows(), r.image(), MOST_ROWS));
        }
        if (r.steps().isFull()) {
            line("  the trace ends after step %d, where it is full (--trace-events)", r.steps().last().step());
        }
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** @return the results as JSON, schema {@code axongrid.run/1} with one inference, so that it can be priced again */
    public static String json(CoreletResult r) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.run/1").put("kind", "corelet").put("model", r.image().name()).put("chip", r.image().chip().name())
            .put("input", r.input() == null ? null : r.input().getFileName().toString()).put("input_spikes", r.inputSpikes())
            .put("images", 1).put("ticks", r.ticks()).put("threads", r.threads()).put("cores", r.image().cores().size())
            .put("chips", r.image().chips()).put("neurons", r.neurons());
        RunJson.counters(root.putObject("counters"), r.counters());
        ObjectNode energy = root.putObject("energy");
        RunJson.energy(energy, r.energy());
        energy.put("static_of_cores_in_use_j", r.staticOfCoresJ());
        ObjectNode time = root.putObject("time");
        time.put("profile", r.timing().profile().name()).put("total_s", r.times().totalPs * 1e-12)
            .put("tick_s", r.timing().timing().periodPs() * 1e-12).put("longest_tick_work_s", r.times().longestPs * 1e-12)
            .put("overruns", r.times().overruns);
        if (r.timing().timing().network() != null) {
            time.put("late_packets", r.late());
        }
        ObjectNode bound = time.putObject("steps_bound_by");
        for (StepTimes.Bound b : StepTimes.Bound.values()) {
            bound.put(b.name().toLowerCase(Locale.ROOT), r.times().stepsBoundBy[b.ordinal()]);
        }
        time.put("network_cycle_s", r.timing().quantumPs() * 1e-12);
        ObjectNode rounding = time.putObject("rounding_s");
        r.timing().rounding().forEach(x -> rounding.put(x.what(), x.errorPs() * 1e-12));
        ArrayNode notTimed = time.putArray("not_timed");
        r.timing().notTimed().forEach(notTimed::add);
        ArrayNode outputs = root.putArray("outputs_tick_pin");
        for (int i = 0; i < r.outputs().size(); i += 4) {
            outputs.addArray().add(r.outputs().getInt(i)).add(r.outputs().getInt(i + 1));
        }
        ObjectNode host = root.putObject("host");
        host.put("seconds", r.seconds()).put("core_ticks_per_s", (double) r.ticks() * r.image().cores().size() / r.seconds())
            .put("java", System.getProperty("java.version"));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    /** @return spikes as CSV: tick, core, neuron */
    public static String spikesCsv(CoreletResult r) {
        return csv("tick,core,neuron", r.spikes(), 3);
    }

    /** @return output events as CSV: tick, pin, core, neuron */
    public static String outputsCsv(CoreletResult r) {
        return csv("tick,pin,core,neuron", r.outputs(), 4);
    }

    private static String csv(String header, IntArrayList values, int columns) {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 0; i < values.size(); i++) {
            text.append(values.getInt(i)).append((i + 1) % columns == 0 ? '\n' : ',');
        }
        return text.toString();
    }
}
