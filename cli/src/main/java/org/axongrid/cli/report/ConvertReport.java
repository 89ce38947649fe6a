package org.axongrid.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.axongrid.cli.output.NpzWriter;
import org.axongrid.cli.output.Text;
import org.axongrid.cli.pipeline.ConvertedModel;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.Phase;
import org.axongrid.mapper.schedule.Schedule;

/** A converted model: what became of each layer, as a table for people, as CSV and JSON; and its integers as CSV and NPZ. */
public final class ConvertReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ConvertReport() { }

    /**
     * @param m       the model
     * @param explain whether each layer gets a line
     * @return the text
     */
    public static String text(ConvertedModel m, boolean explain) {
        StringBuilder out = new StringBuilder();
        Network network = m.spiking().network();
        Schedule schedule = m.spiking().schedule();
        int depth = network.depths()[network.populations().size() - 1];
        line(out, "%s by %s for T = %d: %d chip steps, %s", network.name(), m.spiking().method(), m.steps(), schedule.chipSteps(m.steps(), depth),
            schedule.order().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        for (Phase phase : schedule.phases()) {
            line(out, "  phase %s: %s steps%s%s", phase.name(), phase.steps() == Phase.OPEN ? "T" : phase.steps(), phase.gated() ? ", masked" : "",
                phase.end() == Phase.End.NONE ? "" : ", then " + phase.end().name().toLowerCase(Locale.ROOT));
        }
        m.notes().forEach(note -> line(out, "note: %s", note));
        if (explain) {
            explain(out, m);
        }
        return out.toString();
    }

    private static void explain(StringBuilder out, ConvertedModel m) {
        line(out, "%d-bit weights, registers of %s; bounds for T = %d, in units of the layer", m.quantised().weightBits(), m.chip(), m.steps());
        line(out, "%-16s %-19s %-15s %-17s %5s %6s %6s %9s %8s %-17s %-14s", "layer", "scale", "threshold", "weights", "max", "lost", "zero %",
            "error <=", "typical", "input of a step", "potential <=");
        for (LayerExplanation l : m.layers()) {
            line(out, "%-16s %-19s %-15s %-17s %5d %6.1f %6s %9.1f %8.1f %-17s %-14s", l.name().length() > 16 ? l.name().substring(0, 16) : l.name(),
                range("%.2e", l.rounding().scaleMin(), l.rounding().scaleMax()),
                l.rounding().thresholdMax() == 0 ? "-" : range("%.0f", l.rounding().thresholdMin(), l.rounding().thresholdMax()),
                l.weightMin() == 0 && l.weightMax() == 0 ? "analog" : String.format(Locale.ROOT, "%.3f..%.3f", l.weightMin(), l.weightMax()),
                l.rounding().maxWeight(), l.bitsLost(), Text.percent(l.rounding().zeroed()), l.errorBound(), l.errorTypical(),
                l.inputMin() + ".." + l.inputMax() + (l.canWrap() ? " !" : ""), l.potentialMax() + (l.canSaturate() ? " !" : ""));
        }
        line(out, "lost: bits of the weight field that the quietest channel leaves unused. error: of a potential after T steps, at worst and typically;");
        line(out, "compare it with the threshold. !: more than the register holds (accumulator %d, membrane %d); it then wraps or saturates and is counted.",
            m.layers().get(0).inputLimit(), m.layers().get(0).potentialLimit());
    }

    private static String range(String format, double min, double max) {
        String from = String.format(Locale.ROOT, format, min);
        String to = String.format(Locale.ROOT, format, max);
        return from.equals(to) ? from : from + ".." + to;
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /** @return a row a layer */
    public static String layersCsv(ConvertedModel m) {
        StringBuilder out = new StringBuilder("layer,scale_min,scale_max,threshold_min,threshold_max,weight_min,weight_max,integer_weight_max,"
            + "bits_lost,weights_rounded_to_zero,weight_rms_error,error_bound,error_typical,input_min,input_max,input_limit,potential_max,"
            + "potential_limit\n");
        for (LayerExplanation l : m.layers()) {
            line(out, "%s,%s,%s,%d,%d,%s,%s,%d,%s,%s,%s,%s,%s,%d,%d,%d,%d,%d", l.name().replace(',', ';'), l.rounding().scaleMin(),
                l.rounding().scaleMax(), l.rounding().thresholdMin(), l.rounding().thresholdMax(), l.weightMin(), l.weightMax(),
                l.rounding().maxWeight(), l.bitsLost(), l.rounding().zeroed(), l.rounding().rmsError(), l.errorBound(), l.errorTypical(), l.inputMin(),
                l.inputMax(), l.inputLimit(), l.potentialMax(), l.potentialLimit());
        }
        return out.toString();
    }

    /** @return a row a weight that spikes come through */
    public static String weightsCsv(ConvertedModel m) {
        StringBuilder out = new StringBuilder("from,to,output_channel,input_channel,row,column,weight\n");
        Network network = m.quantised().network();
        for (int i = 0; i < network.projections().size(); i++) {
            Projection p = network.projections().get(i);
            if (m.quantised().kernels().get(i) == null) {
                continue;
            }
            String ends = name(network, p.source()) + "," + name(network, p.target()) + ",";
            int[] weights = outputsFirst(p, m.quantised().kernels().get(i));
            int at = 0;
            for (int o = 0; o < p.targetShape().channels(); o++) {
                int first = o / p.outPerGroup() * p.inPerGroup();
                for (int c = 0; c < p.inPerGroup(); c++) {
                    for (int tap = 0; tap < p.kernelH() * p.kernelW(); tap++) {
                        out.append(ends).append(o).append(',').append(first + c).append(',').append(tap / p.kernelW()).append(',')
                            .append(tap % p.kernelW()).append(',').append(weights[at++]).append('\n');
                    }
                }
            }
        }
        return out.toString();
    }

    private static String name(Network network, int p) {
        return network.populations().get(p).name().replace(',', ';');
    }

    /** A kernel as [output][input of its group][row][column]. */
    private static int[] outputsFirst(Projection p, int[] kernel) {
        int[] out = new int[kernel.length];
        int at = 0;
        for (int o = 0; o < p.targetShape().channels(); o++) {
            for (int c = 0; c < p.inPerGroup(); c++) {
                for (int y = 0; y < p.kernelH(); y++) {
                    for (int x = 0; x < p.kernelW(); x++) {
                        out[at++] = kernel[p.row(y, x, o / p.outPerGroup() * p.inPerGroup() + c) + o % p.outPerGroup()];
                    }
                }
            }
        }
        return out;
    }

    /**
     * @return all integers as a NumPy archive: {@code FROM__TO__weight} [output][input of its group][row][column] for each projection that spikes
     *         come through, and for each population {@code __theta}, {@code __v0}, {@code __payload} (a value a channel, or a value a neuron with
     *         channels last), {@code __bias} and {@code __scale} by channel
     */
    public static byte[] npz(ConvertedModel m) {
        QuantisedNetwork net = m.quantised();
        NpzWriter out = new NpzWriter();
        for (int i = 0; i < net.network().projections().size(); i++) {
            Projection p = net.network().projections().get(i);
            if (net.kernels().get(i) != null) {
                out.add("p" + i + "__" + entry(net.network(), p.source()) + "__" + entry(net.network(), p.target()) + "__weight",
                    outputsFirst(p, net.kernels().get(i)), p.targetShape().channels(), p.inPerGroup(), p.kernelH(), p.kernelW());
            }
        }
        for (int p = 1; p < net.network().populations().size(); p++) {
            String name = entry(net.network(), p);
            add(out, name + "__theta", net.threshold()[p]);
            add(out, name + "__v0", net.initialV()[p]);
            add(out, name + "__payload", net.payload()[p]);
            add(out, name + "__bias", net.bias()[p]);
            out.add(name + "__scale", net.scale()[p], net.scale()[p].length);
        }
        return out.finish();
    }

    private static void add(NpzWriter out, String name, int[] values) {
        if (values != null) {
            out.add(name, values, values.length);
        }
    }

    private static String entry(Network network, int p) {
        Population of = network.populations().get(p);
        return of.name().replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** @return the layers as JSON, schema {@code axongrid.convert/1} */
    public static String json(ConvertedModel m) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "axongrid.convert/1").put("model", m.spiking().network().name()).put("method", m.spiking().method())
            .put("steps", m.steps()).put("chip", m.chip()).put("weight_bits", m.quantised().weightBits());
        var notes = root.putArray("notes");
        m.notes().forEach(notes::add);
        var layers = root.putArray("layers");
        for (LayerExplanation l : m.layers()) {
            layers.addObject().put("layer", l.name()).put("scale_min", l.rounding().scaleMin()).put("scale_max", l.rounding().scaleMax())
                .put("threshold_min", l.rounding().thresholdMin()).put("threshold_max", l.rounding().thresholdMax())
                .put("weight_min", l.weightMin()).put("weight_max", l.weightMax()).put("integer_weight_max", l.rounding().maxWeight())
                .put("bits_lost", l.bitsLost()).put("weights_rounded_to_zero", l.rounding().zeroed())
                .put("weight_rms_error", l.rounding().rmsError()).put("error_bound", l.errorBound()).put("error_typical", l.errorTypical())
                .put("input_min", l.inputMin()).put("input_max", l.inputMax()).put("input_limit", l.inputLimit())
                .put("potential_max", l.potentialMax()).put("potential_limit", l.potentialLimit()).put("can_wrap", l.canWrap())
                .put("can_saturate", l.canSaturate());
        }
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
