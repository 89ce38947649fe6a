package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A graph with all nested ones put in place, in an order in which everything comes before what reads it, as far as there is one. */
final class FlatGraph {
    private final Map<String, NirNode> nodes = new TreeMap<>();
    private final Map<String, int[]> shapes = new TreeMap<>();
    private final Set<NirGraph.Edge> edges = new LinkedHashSet<>();
    private final Map<String, List<String>> sources = new TreeMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<String> cyclic = new ArrayList<>();
    private boolean duplicates;

    /** @param graph a graph whose shapes are known */
    FlatGraph(NirGraph graph, NirShapes known) {
        add(graph, known, "");
        for (String name : nodes.keySet()) {
            sources.put(name, new ArrayList<>());
        }
        edges.forEach(e -> sources.get(e.to()).add(e.from()));
        sort();
    }

    private void add(NirGraph graph, NirShapes known, String prefix) {
        Map<String, String> entry = new TreeMap<>();
        Map<String, String> exit = new TreeMap<>();
        graph.nodes().forEach((name, node) -> {
            String path = prefix + name;
            entry.put(name, path);
            exit.put(name, path);
            if (node.graph() == null) {
                nodes.put(path, node);
                shapes.put(path, known.of(name));
                return;
            }
            add(node.graph(), known.within(name), path + "/");
            node.graph().nodes().forEach((inner, port) -> {
                if (port.type() == NirType.INPUT) {
                    entry.put(name, path + "/" + inner);
                } else if (port.type() == NirType.OUTPUT) {
                    exit.put(name, path + "/" + inner);
                }
            });
        });
        for (NirGraph.Edge e : graph.edges()) {
            duplicates |= !edges.add(new NirGraph.Edge(exit.get(e.from()), entry.get(e.to())));
        }
    }

    /** By depth, and by name where that leaves a choice. */
    private void sort() {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        nodes.keySet().forEach(n -> waiting.put(n, sources.get(n).size()));
        Set<String> done = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (String name : nodes.keySet()) {
                if (!done.contains(name) && done.containsAll(sources.get(name))) {
                    done.add(name);
                    more = true;
                }
            }
        }
        order.addAll(done);
        for (String name : nodes.keySet()) {
            if (!done.contains(name) && reaches(name, name)) {
                cyclic.add(name);
            }
        }
    }

    private boolean reaches(String from, String to) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (String before : sources.get(open.remove(open.size() - 1))) {
                if (before.equals(to)) {
                    return true;
                }
                if (seen.add(before)) {
                    open.add(before);
                }
            }
        }
        return false;
    }

    /** @return nodes by path; a nested graph's are {@code graph/node} */
    Map<String, NirNode> nodes() {
        return nodes;
    }

    /** @return the shape that a node sends */
    int[] shape(String path) {
        return shapes.get(path);
    }

    /** @return who sends to a node */
    List<String> sources(String path) {
        return sources.get(path);
    }

    /** @return paths, sources first; without those in cycles and behind them */
    List<String> order() {
        return order;
    }

    /** @return nodes that their own output comes back to */
    List<String> cyclic() {
        return cyclic;
    }

    /** @return whether an edge is in the file more than once */
    boolean duplicates() {
        return duplicates;
    }

    /** @return paths of that type which are the top graph's own */
    List<String> ports(NirType type) {
        return nodes.entrySet().stream().filter(e -> e.getValue().type() == type && e.getKey().indexOf('/') < 0).map(Map.Entry::getKey).toList();
    }
}
