package org.axongrid.cli.sanafe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.KeyedYaml;

/** A network as its file states it, before it meets a chip: groups, neurons with their attributes, synapses, places. */
final class NetworkDraft {
    /** Most neurons. */
    static final int MOST_NEURONS = 1 << 20;
    /** Most synapses. */
    static final int MOST_SYNAPSES = 1 << 24;

    /** Attributes of neurons that are read. */
    static final List<String> NEURON = List.of("threshold", "reset", "reset_mode", "leak_decay", "input_decay", "bias", "force_update", "spikes",
        "log_spikes", "log_potential", "log_v", "log_u", "soma_hw_name", "dendrite_hw_name", "synapse_hw_name", "connections_out");
    private static final List<String> SECTIONS = List.of("soma", "dendrite", "synapse");

    /** Neurons of a group by number: {@code first} is its first among all neurons. */
    record Group(String name, int first, int size) { }

    /** A neuron's place: tile, core in the tile, unit of its soma or {@code null}. */
    record Mapping(Node at, int neuron, int tile, int core, Node soma) { }

    final Map<String, Group> groups = new LinkedHashMap<>();
    final List<Map<String, Node>> attributes = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    final List<Mapping> mappings = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    int synapses;
    int[] source = new int[256];
    int[] target = new int[256];
    double[] weight = new double[256];

    Group addGroup(Node at, String name, int size, Map<String, Node> common) {
        if (names.size() + (long) size > MOST_NEURONS) {
            throw at.error("more than " + MOST_NEURONS + " neurons");
        }
        Group group = new Group(name, names.size(), size);
        if (groups.put(name, group) != null) {
            throw at.error("a second group '" + Node.shown(name) + "'");
        }
        for (int i = 0; i < size; i++) {
            names.add(name + "." + i);
            attributes.add(common);
        }
        return group;
    }

    /** Overrides attributes of a neuron. */
    void override(int neuron, Map<String, Node> own) {
        if (!own.isEmpty()) {
            Map<String, Node> all = new LinkedHashMap<>(attributes.get(neuron));
            all.putAll(own);
            attributes.set(neuron, all);
        }
    }

    void addSynapse(Node at, int from, int to, double w) {
        if (synapses == source.length) {
            if (synapses >= MOST_SYNAPSES) {
                throw at.error("more than " + MOST_SYNAPSES + " synapses");
            }
            source = Arrays.copyOf(source, 2 * synapses);
            target = Arrays.copyOf(target, 2 * synapses);
            weight = Arrays.copyOf(weight, 2 * synapses);
        }
        source[synapses] = from;
        target[synapses] = to;
        weight[synapses++] = w;
    }

    Group group(Node at, String name) {
        Group found = groups.get(name);
        if (found == null) {
            throw at.error("no group '" + Node.shown(name) + "'" + KeyedYaml.nearest(Node.shown(name), groups.keySet()));
        }
        return found;
    }

    /** @return first and last neuron of {@code group}, {@code group.n} or {@code group.a..b} */
    IndexRange neurons(Node at, String text) {
        int dot = text.indexOf('.');
        Group group = group(at, dot < 0 ? text : text.substring(0, dot));
        IndexRange range = dot < 0 ? new IndexRange(0, group.size - 1) : IndexRange.of(text.substring(dot + 1), group.size - 1, at, "neuron");
        return new IndexRange(group.first + range.first(), group.first + range.last());
    }

    /** @return tile and core in {@code t.c} */
    static int[] core(Node at, String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2) {
            throw at.error("core: expected tile.core, found '" + Node.shown(text) + "'");
        }
        return new int[] {IndexRange.of(parts[0], Integer.MAX_VALUE, at, "tile").first(), IndexRange.of(parts[1], Integer.MAX_VALUE, at,
            "core").first()};
    }

    /** @return a neuron's attributes with those nested under soma, dendrite and synapse lifted out; all of them known */
    static Map<String, Node> flat(Node node, List<String> known, String what) {
        Map<String, Node> all = new LinkedHashMap<>();
        node.mapping(what).forEach((key, value) -> {
            if (SECTIONS.contains(key)) {
                all.putAll(value.mapping(key));
            } else {
                all.put(key, value);
            }
        });
        Node.requireKnown(all, known, what);
        return all;
    }
}
