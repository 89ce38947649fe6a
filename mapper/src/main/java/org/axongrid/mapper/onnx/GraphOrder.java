package org.axongrid.mapper.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The nodes that the output depends on, in an order in which every tensor is defined before it is read; the file's own order where that
 * does.
 *
 * @param input     the one input that is not an initializer
 * @param output    the one output's tensor name
 * @param nodes     ordered nodes
 * @param consumers readers of each tensor
 */
record GraphOrder(OnnxPort input, String output, List<OnnxNode> nodes, Map<String, List<OnnxNode>> consumers) {

    static GraphOrder of(OnnxGraph graph) {
        List<OnnxPort> inputs = graph.inputs().stream().filter(p -> !graph.initializers().containsKey(p.name())).toList();
        if (inputs.size() != 1 || graph.outputs().size() != 1) {
            throw new Refusal("the graph has " + inputs.size() + " inputs and " + graph.outputs().size()
                + " outputs; one of each is supported");
        }
        Map<String, Integer> producers = new HashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (String out : graph.nodes().get(i).outputs()) {
                boolean known = out.equals(inputs.get(0).name()) || graph.initializers().containsKey(out);
                if (!out.isEmpty() && (producers.put(out, i) != null || known)) {
                    throw new Refusal("tensor " + Text.quote(out) + " is defined twice");
                }
            }
        }
        String output = graph.outputs().get(0).name();
        if (!producers.containsKey(output)) {
            throw new Refusal("output " + Text.quote(output) + " is not computed by any node");
        }
        return new GraphOrder(inputs.get(0), output, sorted(graph, producers, needed(graph, producers, output)), readers(graph));
    }

    private static Set<Integer> needed(OnnxGraph graph, Map<String, Integer> producers, String output) {
        Set<Integer> seen = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(producers.get(output)));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (seen.add(at)) {
                for (String in : graph.nodes().get(at).inputs()) {
                    if (producers.containsKey(in)) {
                        open.push(producers.get(in));
                    }
                }
            }
        }
        return seen;
    }

    private static List<OnnxNode> sorted(OnnxGraph graph, Map<String, Integer> producers, Set<Integer> needed) {
        Map<Integer, Set<Integer>> after = new HashMap<>();
        Map<Integer, Integer> waiting = new HashMap<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int at : needed) {
            int count = 0;
            for (String in : graph.nodes().get(at).inputs()) {
                Integer from = producers.get(in);
                if (from != null && after.computeIfAbsent(from, k -> new HashSet<>()).add(at)) {
                    count++;
                }
            }
            waiting.put(at, count);
            if (count == 0) {
                ready.add(at);
            }
        }
        List<OnnxNode> out = new ArrayList<>();
        while (!ready.isEmpty()) {
            int at = ready.poll();
            out.add(graph.nodes().get(at));
            for (int next : after.getOrDefault(at, Set.of())) {
                if (waiting.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        if (out.size() != needed.size()) {
            throw new Refusal("the graph has a cycle; only feed-forward networks can be imported");
        }
        return List.copyOf(out);
    }

    private static Map<String, List<OnnxNode>> readers(OnnxGraph graph) {
        Map<String, List<OnnxNode>> out = new HashMap<>();
        for (OnnxNode node : graph.nodes()) {
            for (String in : node.inputs()) {
                out.computeIfAbsent(in, k -> new ArrayList<>()).add(node);
            }
        }
        return out;
    }

    /** @return the readers of the node's first output */
    List<OnnxNode> consumers(OnnxNode node) {
        return consumers.getOrDefault(node.outputs().get(0), List.of());
    }

    /** @return whether the node's first output is the graph's, and nothing else reads it */
    boolean isOutput(OnnxNode node) {
        return node.outputs().get(0).equals(output) && consumers(node).isEmpty();
    }
}
