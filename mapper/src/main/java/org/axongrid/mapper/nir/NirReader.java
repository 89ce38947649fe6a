package org.axongrid.mapper.nir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.hdf.HdfReader;

/**
 * Reads NIR files of any version so far (0.1 to 1.0). Everything that is wrong with a file is said at once. Fields that older versions leave out
 * may be absent; fields that no version has are noted and left out.
 */
public final class NirReader {
    private static final String METADATA = "metadata";
    private static final int MOST_LISTED = 20;

    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private NirReader() { }

    /**
     * @param path a file
     * @return its content
     * @throws InvalidInputException if it is damaged or no NIR file; the message names the file and all places
     */
    public static NirFile read(Path path) {
        HdfGroup root = HdfReader.read(path);
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        try {
            return of(root);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param root a file's tree
     * @return its content
     * @throws InvalidInputException if it is not NIR
     */
    public static NirFile of(HdfGroup root) {
        HdfGroup top = root.group("node");
        if (top == null) {
            String other = root.group("layer") != null ? "; its layers look like lava-dl netx, whose files end in .net"
                : root.group("model_weights") != null ? "; it looks like a Keras model" : root.group("nodes") != null ? "; recorded data (NIRGraphData)?" : "";
            throw new InvalidInputException("no NIR graph: the group /node is missing" + other);
        }
        NirReader reader = new NirReader();
        HdfData version = root.data("version");
        boolean named = version != null && !version.numeric() && version.size() == 1;
        if (!named) {
            reader.notes.add("the file does not say its version");
        }
        NirNode node = reader.node(top, "/node");
        if (node != null && node.type() != NirType.GRAPH) {
            reader.problems.add("/node is of type " + node.type().fileName() + ", expected NIRGraph");
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidInputException(listed(reader.problems));
        }
        return new NirFile(named ? version.text(0) : "unknown", node.graph(), reader.notes);
    }

    /** @return all of them in one line, the first twenty in full */
    static String listed(List<String> problems) {
        String text = String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_LISTED)));
        return problems.size() > MOST_LISTED ? text + "; and " + (problems.size() - MOST_LISTED) + " more" : text;
    }

    private NirNode node(HdfGroup group, String at) {
        HdfData named = group.data("type");
        if (named == null || named.numeric() || named.size() != 1) {
            problems.add(at + ": no type");
            return null;
        }
        NirType type = NirType.of(named.text(0));
        if (type == null) {
            problems.add(at + ": unknown type '" + clean(named.text(0)) + "'");
            return null;
        }
        HdfGroup metadata = group.group(METADATA) == null ? HdfGroup.of(Map.of()) : group.group(METADATA);
        if (type == NirType.GRAPH) {
            NirGraph inner = graph(group, at, metadata);
            return inner == null ? null : NirNode.of(inner);
        }
        int before = problems.size();
        Map<String, HdfData> fields = new TreeMap<>();
        for (Map.Entry<String, HdfEntry> e : group.entries().entrySet()) {
            if (e.getKey().equals("type") || e.getKey().equals(METADATA) && e.getValue() instanceof HdfGroup) {
                continue;
            }
            if (!type.fields().contains(e.getKey())) {
                notes.add(at + ": " + type.fileName() + " has no field " + clean(e.getKey()) + "; it was left out");
            } else if (e.getValue() instanceof HdfData data) {
                fields.put(e.getKey(), data);
                checked(type, e.getKey(), data, at);
            } else {
                problems.add(at + "/" + e.getKey() + ": a group, expected a dataset");
            }
        }
        for (String field : type.required()) {
            if (!group.entries().containsKey(field)) {
                problems.add(at + ": " + type.fileName() + " without " + field);
            }
        }
        return problems.size() > before ? null : NirNode.of(type, fields, metadata);
    }

    private void checked(NirType type, String field, HdfData data, String at) {
        boolean word = field.equals("padding") && (type == NirType.CONV1D || type == NirType.CONV2D) && data.size() == 1;
        if (!data.numeric()) {
            if (!word || !data.text(0).equals("same") && !data.text(0).equals("valid")) {
                problems.add(at + "/" + field + ": text, expected numbers" + (word ? ", 'same' or 'valid'" : ""));
            }
            return;
        }
        if (data.size() == 0 && !(field.equals("shape") || field.equals("input_type"))) {
            problems.add(at + "/" + field + ": empty");
        }
        for (int i = 0; i < data.size(); i++) {
            if (!Double.isFinite(data.real(i))) {
                problems.add(at + "/" + field + ": value " + i + " is " + data.real(i));
                return;
            }
        }
    }

    private NirGraph graph(HdfGroup group, String at, HdfGroup metadata) {
        HdfGroup inner = group.group("nodes");
        HdfData edges = group.data("edges");
        int before = problems.size();
        if (inner == null) {
            problems.add(at + ": a graph without nodes");
            return null;
        }
        // A graph without edges has an empty dataset, of whatever type and extents.
        if (edges == null || edges.size() > 0 && (edges.numeric() || edges.rank() != 2 || edges.dims()[1] != 2)) {
            problems.add(at + "/edges: " + (edges == null ? "missing" : edges + ", expected pairs of names"));
        }
        Map<String, NirNode> nodes = new TreeMap<>();
        for (Map.Entry<String, HdfEntry> e : inner.entries().entrySet()) {
            String place = at + "/nodes/" + clean(e.getKey());
            NirNode node = e.getValue() instanceof HdfGroup g ? node(g, place) : null;
            if (!(e.getValue() instanceof HdfGroup)) {
                problems.add(place + ": a dataset, expected a node");
            }
            nodes.put(e.getKey(), node);
        }
        for (String key : group.entries().keySet()) {
            if (!List.of("type", "nodes", "edges", METADATA).contains(key)) {
                notes.add(at + ": NIRGraph has no field " + clean(key) + "; it was left out");
            }
        }
        List<NirGraph.Edge> pairs = edges == null || edges.numeric() || edges.rank() != 2 || edges.dims()[1] != 2 ? List.of() : pairs(edges);
        for (NirGraph.Edge edge : pairs) {
            for (String end : List.of(edge.from(), edge.to())) {
                if (!nodes.containsKey(end)) {
                    problems.add(at + ": edge " + clean(edge.toString()) + " names a node '" + clean(end) + "' that does not exist");
                }
            }
        }
        return problems.size() > before ? null : new NirGraph(new TreeMap<>(nodes), pairs, metadata);
    }

    private static List<NirGraph.Edge> pairs(HdfData edges) {
        List<NirGraph.Edge> out = new ArrayList<>();
        for (int i = 0; i < edges.size(); i += 2) {
            out.add(new NirGraph.Edge(edges.text(i), edges.text(i + 1)));
        }
        return out;
    }

    /** @return the text in one readable line */
    static String clean(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(80).forEach(c -> out.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c));
        return text.codePointCount(0, text.length()) > 80 ? out + "..." : out.toString();
    }
}
