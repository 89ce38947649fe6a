package org.axongrid.cli.sanafe;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a netlist: {@code g COUNT ATTRIBUTES} for a group, {@code n G.N ATTRIBUTES} for a neuron, {@code e G.N->G.N ATTRIBUTES} for a synapse,
 * {@code & G.N@TILE.CORE} for a place. Attributes are {@code key=value}, or a YAML mapping or list in one line.
 */
final class NetlistReader {
    private final NetworkDraft draft = new NetworkDraft();

    private NetlistReader() { }

    static NetworkDraft parse(String text, String place) {
        NetlistReader reader = new NetlistReader();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && content.charAt(0) != '#') {
                reader.line(content, Node.scalar(place + ": line " + number, content), place, number);
            }
        }
        return reader.draft;
    }

    private void line(String content, Node at, String place, int number) {
        String[] parts = content.split("\\s+", 3);
        if (parts.length < 2) {
            throw at.error("'" + Node.shown(content) + "' is no netlist line");
        }
        Node own = attributes(parts.length < 3 ? "" : parts[2], at, place, number);
        switch (parts[0]) {
            case "g" -> {
                int count = IndexRange.of(parts[1], NetworkDraft.MOST_NEURONS, at, "count").first();
                draft.addGroup(at, Integer.toString(draft.groups.size()), count, NetworkDraft.flat(own, NetworkDraft.NEURON, "group"));
            }
            case "n" -> draft.override(neuron(at, parts[1]), NetworkDraft.flat(own, NetworkDraft.NEURON, "neuron"));
            case "e" -> edge(parts[1], own, at);
            case "&" -> {
                String[] ends = two(parts[1], "@", at);
                int[] core = NetworkDraft.core(at, ends[1]);
                own.requireKnown(java.util.List.of(), "mapping");
                draft.mappings.add(new NetworkDraft.Mapping(at, neuron(at, ends[0]), core[0], core[1], null));
            }
            default -> throw at.error("'" + Node.shown(parts[0]) + "' starts no netlist line; known are g, n, e and &");
        }
    }

    private void edge(String ends, Node own, Node at) {
        String[] names = two(ends, "->", at);
        Map<String, Node> attributes = NetworkDraft.flat(own, EdgeTypes.SINGLE, "edge");
        int from = neuron(at, names[0]);
        int to = neuron(at, names[1]);
        Node weight = new Node(at.place(), null, null, attributes).need("weight", "edge");
        EdgeTypes.requireNoDelay(attributes);
        draft.addSynapse(at, from, to, weight.number("weight"));
    }

    private int neuron(Node at, String name) {
        IndexRange range = draft.neurons(at, name);
        if (name.indexOf('.') < 0 || range.first() != range.last()) {
            throw at.error("expected one neuron, found '" + Node.shown(name) + "'");
        }
        return range.first();
    }

    private static String[] two(String text, String separator, Node at) {
        int i = text.indexOf(separator);
        if (i < 0) {
            throw at.error("expected '" + separator + "' in '" + Node.shown(text) + "'");
        }
        return new String[] {text.substring(0, i), text.substring(i + separator.length())};
    }

    private static Node attributes(String text, Node at, String place, int number) {
        if (text.startsWith("{") || text.startsWith("[")) {
            return SourceText.yaml(text, place, number);
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("\\s+")) {
            String[] ends = two(pair, "=", at);
            if (entries.put(ends[0], Node.scalar(at.place(), ends[1])) != null) {
                throw at.error("'" + Node.shown(ends[0]) + "' is given twice");
            }
        }
        return new Node(at.place(), null, null, entries);
    }
}
