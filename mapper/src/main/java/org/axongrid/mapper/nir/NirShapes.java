package org.axongrid.mapper.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;

/**
 * Finds the shape that each node of a graph sends, without batch and time: from its own parameters where they say it, else from what arrives. Works
 * along edges, so that cycles and any order of names are fine. Convolutions follow PyTorch's arithmetic, both axes and groups.
 */
public final class NirShapes {
    private static final int ELEMENTS_MAX = 1 << 28;

    private final NirGraph graph;
    private final String place;
    private final int[] given;
    private final Map<String, int[]> out = new TreeMap<>();
    private final Map<String, NirShapes> inner = new TreeMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    private NirShapes(NirGraph graph, String place, int[] given) {
        this.graph = graph;
        this.place = place;
        this.given = given;
    }

    /**
     * @param graph a graph
     * @return its shapes
     * @throws InvalidInputException if shapes contradict each other or cannot be found; all such nodes are named
     */
    public static NirShapes of(NirGraph graph) {
        NirShapes shapes = new NirShapes(graph, "", null);
        shapes.run();
        if (!shapes.problems.isEmpty()) {
            throw new InvalidInputException(NirReader.listed(new ArrayList<>(shapes.problems)));
        }
        return shapes;
    }

    /** @return the shape that a node sends; of an Output what it receives */
    public int[] of(String node) {
        return out.get(node).clone();
    }

    /** @return the shapes within a nested graph */
    public NirShapes within(String node) {
        return inner.get(node);
    }

    /** @return what is odd but harmless, such as an Output whose shape differs from what arrives in rank only */
    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    private void run() {
        Map<String, List<String>> targets = new TreeMap<>();
        graph.edges().forEach(e -> targets.computeIfAbsent(e.from(), k -> new ArrayList<>()).add(e.to()));
        Deque<String> open = new ArrayDeque<>(graph.nodes().keySet());
        Map<String, int[]> in = new TreeMap<>();
        while (!open.isEmpty()) {
            String name = open.poll();
            if (out.containsKey(name)) {
                continue;
            }
            int[] shape;
            try {
                shape = shape(name, graph.nodes().get(name), in.get(name));
            } catch (InvalidInputException e) {
                problems.add(e.getMessage());
                shape = new int[0];
            } catch (ArithmeticException e) {
                problems.add(at(name) + ": extents are too large");
                shape = new int[0];
            }
            if (shape == null) {
                continue;
            }
            out.put(name, shape);
            for (String target : targets.getOrDefault(name, List.of())) {
                if (in.putIfAbsent(target, shape) == null) {
                    open.add(target);
                }
            }
        }
        for (String name : graph.nodes().keySet()) {
            if (!out.containsKey(name)) {
                problems.add(at(name) + ": its shape cannot be found, nothing arrives there");
            }
        }
        if (problems.isEmpty()) {
            for (NirGraph.Edge edge : new LinkedHashSet<>(graph.edges())) {
                check(edge);
            }
        }
    }

    private String at(String name) {
        NirNode node = graph.nodes().get(name);
        return (node == null ? "" : node.type().fileName() + " ") + "'" + NirReader.clean(place + name) + "'";
    }

    /** What arrives must be what a node takes; where only ranks differ, as with an Output of (1) behind (1, 1, 1), that is a remark. */
    private void check(NirGraph.Edge edge) {
        int[] wanted;
        try {
            wanted = wanted(edge.to());
        } catch (InvalidInputException e) {
            problems.add(e.getMessage());
            return;
        }
        int[] arrives = out.get(edge.from());
        if (wanted == null || Arrays.equals(wanted, arrives)) {
            return;
        }
        String text = at(edge.to()) + " takes " + Arrays.toString(wanted) + ", " + at(edge.from()) + " sends " + Arrays.toString(arrives);
        if (size(wanted) == size(arrives) && (rest(wanted) == rest(arrives) || graph.nodes().get(edge.to()).type() == NirType.OUTPUT)) {
            warnings.add(text);
        } else {
            problems.add(text);
        }
    }

    private static long size(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    /** The extents other than 1, as a number to compare. */
    private static int rest(int[] shape) {
        return Arrays.hashCode(Arrays.stream(shape).filter(d -> d != 1).toArray());
    }

    /** @return what a node takes by its parameters, null if that follows from what arrives */
    private int[] wanted(String name) {
        NirNode node = graph.nodes().get(name);
        return switch (node.type()) {
            case OUTPUT, SCALE, DELAY, I, LI, IF, LIF, CUBA_LI, CUBA_LIF, THRESHOLD -> out.get(name);
            case AFFINE, LINEAR -> {
                int[] w = node.field("weight").dims();
                int[] features = Arrays.copyOf(w, w.length - 1);
                features[features.length - 1] = w[w.length - 1];
                yield features;
            }
            case GRAPH -> inner.get(name).port(NirType.INPUT);
            default -> null;
        };
    }

    private int[] shape(String name, NirNode node, int[] in) {
        return switch (node.type()) {
            case INPUT -> given != null ? given : extents(name, node.field("shape"));
            case OUTPUT -> extents(name, node.field("shape"));
            case SCALE -> parameter(name, node, "scale");
            case DELAY -> parameter(name, node, "delay");
            case I, LI, IF, LIF, CUBA_LI, CUBA_LIF -> neurons(name, node);
            case THRESHOLD -> parameter(name, node, "threshold");
            case AFFINE, LINEAR -> dense(name, node);
            case CONV1D, CONV2D -> in == null && node.field("input_shape") == null ? null : NirWindows.convolution(at(name), node, in);
            case SUM_POOL2D, AVG_POOL2D -> in == null ? null : NirWindows.pool(at(name), node, in);
            case FLATTEN -> in == null && node.field("input_type") == null ? null : flatten(name, node, in);
            case GRAPH -> graph(name, node, in);
        };
    }

    private int[] parameter(String name, NirNode node, String field) {
        int[] dims = node.field(field).dims();
        size(dims);
        return dims;
    }

    private int[] neurons(String name, NirNode node) {
        int[] shape = null;
        for (Map.Entry<String, HdfData> e : node.fields().entrySet()) {
            int[] dims = e.getValue().dims();
            if (shape != null && !Arrays.equals(shape, dims)) {
                throw new InvalidInputException(at(name) + ": " + e.getKey() + " has the shape " + Arrays.toString(dims) + ", another field "
                    + Arrays.toString(shape));
            }
            shape = dims;
        }
        return shape;
    }

    private int[] dense(String name, NirNode node) {
        int[] w = node.field("weight").dims();
        if (w.length < 2) {
            throw new InvalidInputException(at(name) + ": weight has the shape " + Arrays.toString(w) + ", a matrix is expected");
        }
        int[] shape = Arrays.copyOf(w, w.length - 1);
        HdfData bias = node.field("bias");
        if (bias != null && bias.size() != shape[shape.length - 1] && bias.size() != size(shape)) {
            throw new InvalidInputException(at(name) + ": " + bias.size() + " biases for " + shape[shape.length - 1] + " outputs");
        }
        return shape;
    }

    private int[] flatten(String name, NirNode node, int[] in) {
        int[] shape = in != null ? in : extents(name, node.field("input_type"));
        int from = axis(name, node, "start_dim", shape.length);
        int to = axis(name, node, "end_dim", shape.length);
        if (from > to) {
            throw new InvalidInputException(at(name) + ": flattens axes " + from + " to " + to + " of " + Arrays.toString(shape));
        }
        int[] flat = new int[shape.length - (to - from)];
        System.arraycopy(shape, 0, flat, 0, from);
        flat[from] = Math.toIntExact(size(Arrays.copyOfRange(shape, from, to + 1)));
        System.arraycopy(shape, to + 1, flat, from + 1, shape.length - to - 1);
        return flat;
    }

    private int axis(String name, NirNode node, String field, int rank) {
        HdfData data = node.field(field);
        double value = data.numeric() && data.size() == 1 ? data.real(0) : Double.NaN;
        if (value != Math.rint(value) || value < -rank || value >= rank) {
            throw new InvalidInputException(at(name) + ": " + field + " " + value + " for " + rank + " axes");
        }
        return (int) (value < 0 ? value + rank : value);
    }

    private int[] graph(String name, NirNode node, int[] in) {
        NirShapes own = new NirShapes(node.graph(), place + name + "/", null);
        own.run();
        inner.put(name, own);
        problems.addAll(own.problems);
        warnings.addAll(own.warnings);
        if (!own.problems.isEmpty()) {
            return new int[0];
        }
        int[] port = own.port(NirType.OUTPUT);
        if (port == null || own.port(NirType.INPUT) == null) {
            throw new InvalidInputException(at(name) + ": a nested graph needs one Input and one Output");
        }
        return port;
    }

    /** @return the shape of the one node of that type, null if there is not just one */
    private int[] port(NirType type) {
        List<String> found = graph.nodes().entrySet().stream().filter(e -> e.getValue().type() == type).map(Map.Entry::getKey).toList();
        return found.size() == 1 ? out.get(found.get(0)) : null;
    }

    private int[] extents(String name, HdfData data) {
        if (data.rank() > 1 || data.size() == 0 || data.size() > 8) {
            throw new InvalidInputException(at(name) + ": " + data + " is no shape");
        }
        int[] shape = new int[data.size()];
        long n = 1;
        for (int i = 0; i < shape.length; i++) {
            double d = data.real(i);
            n = d >= 1 && d <= ELEMENTS_MAX ? n * (long) d : Long.MAX_VALUE;
            if (d != Math.rint(d) || n > ELEMENTS_MAX || n < 1) {
                throw new InvalidInputException(at(name) + ": extent " + i + " is " + d + ", 1 to 2^28 in all are possible");
            }
            shape[i] = (int) d;
        }
        return shape;
    }
}
