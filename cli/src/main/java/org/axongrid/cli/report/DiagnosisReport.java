package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.pipeline.DiagnosisResult;
import org.axongrid.mapper.diagnose.Diagnosis;
import org.axongrid.mapper.diagnose.Hint;
import org.axongrid.mapper.diagnose.LayerFidelity;
import org.axongrid.mapper.diagnose.Stage;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.schedule.NeuronRule;

/** Where accuracy went, as text for people, as CSV by layer, and as JSON with the schema {@code axongrid.diagnose/1}. */
public final class DiagnosisReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private DiagnosisReport() { }

    /** @return the text */
    public static String text(DiagnosisResult r) {
        StringBuilder out = new StringBuilder();
        Diagnosis d = r.diagnosis();
        line(out, "%s by %s, T = %d, on %s images of %s; %d-bit weights, registers of %s", r.network().name(), r.options().method().name(),
            r.options().steps(), Text.count(d.images()), r.data(), r.options().weightBits(), r.chip());
        r.notes().forEach(note -> line(out, "note: %s", note));
        line(out, "");
        line(out, "%-24s %10s %8s %6s %6s  %s", "stage", "accuracy %", "change", "lost", "won", "first layer to differ");
        for (Stage stage : Stage.values()) {
            stage(out, d, stage);
        }
        chip(out, r);
        line(out, "");
        line(out, "%-18s %8s  %26s  %26s %6s %7s %6s %6s %6s %6s %7s", "layer", "neurons", "error %: levels float int", "added %: levels float int", "corr",
            "bias %", "sat %", "clip %", "dead %", "mask %", "uneven %");
        for (LayerFidelity l : d.layers()) {
            layer(out, l);
        }
        line(out, "error: root mean square of what the layer says less the trained activation, relative to the latter's; added: less the stage before.");
        line(out, "corr, bias: of the integer network. sat: at its highest rate. clip: trained activation above that. dead: never spikes, though trained to.");
        line(out, "uneven: counts in the float SNN that are not those of the same input spread evenly.");
        line(out, "");
        line(out, "%s", verdict(r));
        return out.toString();
    }

    private static void stage(StringBuilder out, Diagnosis d, Stage stage) {
        int s = stage.ordinal();
        String accuracy = Text.percent((double) d.right().get(s) / d.images());
        if (s == 0) {
            line(out, "%-24s %10s", stage.title(), accuracy);
            return;
        }
        LayerFidelity first = d.firstLayer(stage);
        line(out, "%-24s %10s %8s %6d %6d  %s (%.1f %%)%s", stage.title(), accuracy,
            String.format(Locale.ROOT, "%+.2f", 100.0 * (d.right().get(s) - d.right().get(s - 1)) / d.images()), d.lost().get(s), d.won().get(s),
            first.name(), 100 * first.added(stage), d.loses(stage) ? "  <- loses" : "");
    }

    private static void chip(StringBuilder out, DiagnosisResult r) {
        DiagnosisResult.OnChip chip = r.onChip();
        if (chip != null) {
            line(out, "%-24s %10s %8s  %s", "chip " + r.chip(), Text.percent((double) chip.right() / r.diagnosis().images()),
                String.format(Locale.ROOT, "%+.2f",
                    100.0 * (chip.right() - r.diagnosis().right().get(Stage.INTEGER.ordinal())) / r.diagnosis().images()),
                chip.exact() ? "= integer SNN: every readout; every neuron and step of the first images"
                    : "DIFFERS: " + (chip.difference() != null ? chip.difference() : chip.different() + " readouts"));
        }
    }

    private static void layer(StringBuilder out, LayerFidelity l) {
        line(out, "%-18s %8d  %10s %7s %7s  %10s %7s %7s %6s %7s %6s %6s %6s %6s %7s", l.name().length() > 18 ? l.name().substring(0, 18) : l.name(),
            l.neurons(), percent(l.error(Stage.LEVELS)), percent(l.error(Stage.FLOAT)), percent(l.error(Stage.INTEGER)),
            percent(l.added(Stage.LEVELS)), percent(l.added(Stage.FLOAT)), percent(l.added(Stage.INTEGER)),
            number("%.3f", l.correlation().get(Stage.INTEGER.ordinal())), percent(l.bias().get(Stage.INTEGER.ordinal())), percent(l.saturated()),
            percent(l.clipped()), percent(l.dead()), percent(l.masked()), percent(l.uneven()));
    }

    private static String percent(double fraction) {
        return number("%.1f", 100 * fraction);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static String verdict(DiagnosisResult r) {
        if (r.onChip() != null && !r.onChip().exact()) {
            return "The chip is not the integer network: that is a fault of the emulator, which its conformance vectors should have found.";
        }
        Stage stage = r.diagnosis().firstLoss();
        if (stage == null) {
            return "No stage loses more than chance explains on these images.";
        }
        return String.format(Locale.ROOT, "First loss: %s, from layer %s on. Hint: %s.", stage.title(), r.diagnosis().firstLayer(stage).name(),
            hint(r, stage));
    }

    private static String hint(DiagnosisResult r, Stage stage) {
        String layer = r.diagnosis().firstLayer(stage).name();
        NeuronRule rule = NeuronRule.SOFT;
        int p = 0;
        for (Population of : r.network().populations()) {
            rule = of.name().equals(layer) ? r.rules().get(p) : rule;
            p++;
        }
        return Hint.of(r.diagnosis(), stage, r.options().steps(), rule, r.rounding());
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /** @return a row a layer and stage */
    public static String csv(DiagnosisResult r) {
        StringBuilder out = new StringBuilder("layer,neurons,stage,error,added,correlation,bias,trained_mean,saturated,clipped,dead,masked,uneven\n");
        for (LayerFidelity l : r.diagnosis().layers()) {
            for (Stage stage : Stage.values()) {
                int s = stage.ordinal();
                out.append(l.name().replace(',', ';')).append(',').append(l.neurons()).append(',').append(stage.name().toLowerCase(Locale.ROOT));
                for (double value : new double[] {l.error().get(s), l.added().get(s), l.correlation().get(s), l.bias().get(s), l.trainedMean(),
                    l.saturated(), l.clipped(), l.dead(), l.masked(), l.uneven()}) {
                    out.append(',').append(Double.isNaN(value) ? "" : value);
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    /** @return the document */
    public static String json(DiagnosisResult r) {
        Diagnosis d = r.diagnosis();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.diagnose/1").put("model", r.network().name()).put("data", r.data()).put("images", d.images())
            .put("method", r.options().method().name()).put("steps", r.options().steps()).put("chip", r.chip())
            .put("weight_bits", r.options().weightBits()).put("seed", r.options().seed());
        var stages = root.putArray("stages");
        for (Stage stage : Stage.values()) {
            int s = stage.ordinal();
            ObjectNode node = stages.addObject().put("stage", stage.name().toLowerCase(Locale.ROOT)).put("right", d.right().get(s))
                .put("accuracy", (double) d.right().get(s) / d.images());
            if (s > 0) {
                node.put("lost", d.lost().get(s)).put("won", d.won().get(s)).put("loses", d.loses(stage)).put("first_layer", d.firstLayer(stage).name());
            }
        }
        if (r.onChip() != null) {
            stages.addObject().put("stage", "chip").put("right", r.onChip().right()).put("accuracy", (double) r.onChip().right() / d.images())
                .put("equals_integer", r.onChip().exact());
        }
        root.put("membrane_saturations", d.saturations()).put("accumulator_wraps", d.wraps()).put("verdict", verdict(r));
        var layers = root.putArray("layers");
        for (LayerFidelity l : d.layers()) {
            ObjectNode node = layers.addObject().put("layer", l.name()).put("neurons", l.neurons()).put("trained_mean", l.trainedMean());
            for (Stage stage : Stage.values()) {
                int s = stage.ordinal();
                ObjectNode of = node.putObject(stage.name().toLowerCase(Locale.ROOT));
                put(of, "error", l.error().get(s));
                put(of, "added", l.added().get(s));
                put(of, "correlation", l.correlation().get(s));
                put(of, "bias", l.bias().get(s));
            }
            put(node, "saturated", l.saturated());
            put(node, "clipped", l.clipped());
            put(node, "dead", l.dead());
            put(node, "masked", l.masked());
            put(node, "uneven", l.uneven());
        }
        r.notes().forEach(root.putArray("notes")::add);
        root.putObject("host").put("wall_s", r.seconds()).put("java", System.getProperty("java.version"));
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }

    /** What is not known is left out. */
    private static void put(ObjectNode node, String name, double value) {
        if (!Double.isNaN(value)) {
            node.put(name, value);
        }
    }
}
