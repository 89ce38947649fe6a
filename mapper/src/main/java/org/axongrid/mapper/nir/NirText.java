package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;

/** Shows a graph as text: nodes with shapes and parameters, edges, metadata. */
public final class NirText {
    private final List<String> lines = new ArrayList<>();

    private NirText() { }

    /**
     * @param file a file's content
     * @return lines
     */
    public static List<String> of(NirFile file) {
        NirText text = new NirText();
        NirShapes shapes = NirShapes.of(file.graph());
        text.lines.add("NIR graph, version " + NirReader.clean(file.version()) + ", " + file.graph().nodes().size() + " nodes, "
            + file.graph().edges().size() + " edges");
        text.graph(file.graph(), shapes, "  ");
        file.notes().forEach(n -> text.lines.add("note: " + n));
        shapes.warnings().forEach(n -> text.lines.add("note: " + n));
        return text.lines;
    }

    private void graph(NirGraph graph, NirShapes shapes, String indent) {
        metadata(graph.metadata(), indent, "");
        int width = graph.nodes().keySet().stream().mapToInt(n -> NirReader.clean(n).length()).max().orElse(0);
        for (Map.Entry<String, NirNode> e : graph.nodes().entrySet()) {
            NirNode node = e.getValue();
            StringBuilder line = new StringBuilder(indent).append(String.format("%-" + Math.max(1, width) + "s  %-9s  sends %-14s",
                NirReader.clean(e.getKey()), node.type().fileName(), Arrays.toString(shapes.of(e.getKey()))));
            node.fields().forEach((name, data) -> {
                if (!name.equals("shape") && !name.equals("input_type")) {
                    line.append("  ").append(name).append(' ').append(value(data));
                }
            });
            lines.add(line.toString().stripTrailing());
            if (node.graph() != null) {
                graph(node.graph(), shapes.within(e.getKey()), indent + "  ");
            } else {
                metadata(node.metadata(), indent + "  ", "");
            }
        }
        for (NirGraph.Edge edge : graph.edges()) {
            lines.add(indent + NirReader.clean(edge.from()) + " -> " + NirReader.clean(edge.to()));
        }
    }

    private void metadata(HdfGroup group, String indent, String prefix) {
        for (Map.Entry<String, HdfEntry> e : group.entries().entrySet()) {
            String name = prefix + NirReader.clean(e.getKey());
            if (e.getValue() instanceof HdfGroup inner) {
                metadata(inner, indent, name + "/");
            } else {
                lines.add(indent + "metadata " + name + " = " + value((HdfData) e.getValue()));
            }
        }
    }

    /** A few values in full, more by type, extents and range. */
    private static String value(HdfData data) {
        if (!data.numeric()) {
            return data.size() == 1 ? "'" + NirReader.clean(data.text(0)) + "'" : data.toString();
        }
        double[] values = data.reals();
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(0);
        if (values.length > 0 && low == high) {
            return number(low) + (data.rank() == 0 ? "" : " " + data);
        }
        return values.length <= 4 && data.rank() <= 1 ? Arrays.stream(values).mapToObj(NirText::number).toList().toString()
            : data + (values.length == 0 ? "" : " in " + number(low) + " .. " + number(high));
    }

    private static String number(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Float.toString((float) v);
    }
}
