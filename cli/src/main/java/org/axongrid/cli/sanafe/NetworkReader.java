package org.axongrid.cli.sanafe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.axongrid.emulator.sanafe.SanafeChip;
import org.axongrid.emulator.sanafe.SanafeNetwork;

/** Reads a network in YAML or as a netlist. */
public final class NetworkReader {
    private static final List<String> PLACE = List.of("core", "soma");

    private NetworkReader() { }

    /**
     * @param file network, told apart by its first lines: YAML starts with a key
     * @param chip where it is mapped to
     * @return the network; {@link org.axongrid.isa.InvalidInputException} with file, line and key for anything else
     */
    public static SanafeNetwork read(Path file, SanafeChip chip) {
        return NetworkBuilder.build(draft(SourceText.of(file), file.toString()), chip, file.toString());
    }

    static NetworkDraft draft(String text, String place) {
        boolean yaml = text.lines().map(String::strip).filter(l -> !l.isEmpty() && l.charAt(0) != '#').findFirst()
            .map(l -> !l.matches("[gne&]\\s.*")).orElse(true);
        return yaml ? yaml(SourceText.yaml(text, place, 1)) : NetlistReader.parse(text, place);
    }

    private static NetworkDraft yaml(Node root) {
        root.requireKnown(List.of("network", "mappings"), "top");
        NetworkDraft draft = new NetworkDraft();
        Node network = root.need("network", "top");
        network.requireKnown(List.of("name", "groups", "edges"), "network");
        for (Node group : network.need("groups", "network").list("groups")) {
            group(draft, group);
        }
        Node edges = network.mapping("network").get("edges");
        if (edges != null) {
            for (Node edge : edges.list("edges")) {
                edge.mapping("edge").forEach((ends, attributes) -> EdgeTypes.add(draft, ends, attributes));
            }
        }
        for (Node mapping : root.need("mappings", "top").list("mappings")) {
            mapping.mapping("mapping").forEach((name, place) -> map(draft, name, place));
        }
        return draft;
    }

    private static void group(NetworkDraft draft, Node group) {
        group.requireKnown(List.of("name", "attributes", "neurons"), "group");
        Node name = group.need("name", "group");
        Node common = group.mapping("group").get("attributes");
        List<Node> entries = group.need("neurons", "group").list("neurons");
        int size = 0;
        for (Node entry : entries) {
            if (entry.text() != null) {
                size = Math.max(size, range(entry, entry.text()).last() + 1);
            } else {
                for (String key : entry.mapping("neurons").keySet()) {
                    size = Math.max(size, range(entry, key).last() + 1);
                }
            }
        }
        if (name.text("name").indexOf('.') >= 0) {
            throw name.error("name: '" + Node.shown(name.text()) + "' has a point in it, which separates groups from neurons");
        }
        NetworkDraft.Group made = draft.addGroup(group, name.text("name"), size,
            common == null ? Map.of() : NetworkDraft.flat(common, NetworkDraft.NEURON, "group"));
        boolean[] there = new boolean[size];
        for (Node entry : entries) {
            if (entry.text() != null) {
                add(draft, made, there, entry, range(entry, entry.text()), Map.of());
            } else {
                entry.mapping("neurons").forEach((key, own) ->
                    add(draft, made, there, own, range(entry, key), NetworkDraft.flat(own, NetworkDraft.NEURON, "neuron")));
            }
        }
        for (int i = 0; i < size; i++) {
            if (!there[i]) {
                throw group.error("group '" + Node.shown(made.name()) + "': neuron " + i + " is missing");
            }
        }
    }

    private static IndexRange range(Node at, String text) {
        return IndexRange.of(text, NetworkDraft.MOST_NEURONS - 1, at, "neurons");
    }

    private static void add(NetworkDraft draft, NetworkDraft.Group group, boolean[] there, Node at, IndexRange range, Map<String, Node> own) {
        for (int i = range.first(); i <= range.last(); i++) {
            if (there[i]) {
                throw at.error("neuron " + Node.shown(group.name()) + "." + i + " is given twice");
            }
            there[i] = true;
            draft.override(group.first() + i, own);
        }
    }

    private static void map(NetworkDraft draft, String name, Node place) {
        IndexRange range = draft.neurons(place, name);
        place.requireKnown(PLACE, "mapping");
        Map<String, Node> given = place.mapping("mapping");
        Node core = new Node(place.place(), null, null, given).need("core", "mapping");
        int[] at = NetworkDraft.core(core, core.text("core"));
        for (int n = range.first(); n <= range.last(); n++) {
            draft.mappings.add(new NetworkDraft.Mapping(place, n, at[0], at[1], given.get("soma")));
            if (draft.mappings.size() > NetworkDraft.MOST_NEURONS) {
                throw place.error("more mappings than neurons");
            }
        }
    }
}
