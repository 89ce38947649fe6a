package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.onnx.GraphBuilder;

/** Says a flat graph's stateless nodes as ONNX operations, whose importer folds them; neurons stay for the caller. */
final class NirOperations {
    private final FlatGraph graph;
    private final Map<String, String> tensor = new HashMap<>();
    private final Map<String, int[]> shape = new HashMap<>();
    private final Map<String, String> pathOf = new HashMap<>();
    private GraphBuilder builder;
    private int made;

    NirOperations(FlatGraph graph) {
        this.graph = graph;
    }

    /** @return the network of all populations, without what their neurons do */
    Network network(String name, List<String> notes) {
        String input = graph.ports(NirType.INPUT).get(0);
        String output = graph.ports(NirType.OUTPUT).get(0);
        builder = new GraphBuilder("input", graph.shape(input));
        List<String> problems = new ArrayList<>();
        for (String path : graph.order()) {
            try {
                if (path.equals(input)) {
                    put(path, "input", graph.shape(path));
                } else if (graph.sources(path).stream().anyMatch(s -> !tensor.containsKey(s)) || graph.sources(path).isEmpty()) {
                    problems.add("'" + NirReader.clean(path) + "': nothing arrives there");
                } else {
                    node(path, graph.nodes().get(path));
                }
            } catch (InvalidInputException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(NirReader.listed(problems));
        }
        if (tensor.get(output).equals("input")) {
            throw new InvalidInputException("the output is the input, there is nothing to run");
        }
        return builder.build(name, tensor.get(output), notes);
    }

    /** @return by name of a population in the network: the node that it stands for */
    Map<String, String> pathOf() {
        return pathOf;
    }

    private void put(String path, String name, int[] dims) {
        tensor.put(path, name);
        shape.put(path, dims);
    }

    private void node(String path, NirNode node) {
        String in = in(path);
        int[] dims = shape.get(graph.sources(path).get(0));
        switch (node.type()) {
            case INPUT, OUTPUT, DELAY -> put(path, in, dims);
            case AFFINE, LINEAR -> dense(path, node, flat(path, in, dims, node.field("weight").dims()));
            case SCALE -> {
                String factor = constant(batched(dims), node.field("scale").reals());
                put(path, op("Mul", path, List.of(in, factor), Map.of()), dims);
            }
            case CONV1D, CONV2D -> convolution(path, node, in);
            case SUM_POOL2D, AVG_POOL2D -> pool(path, node, in);
            case FLATTEN -> {
                int[] to = graph.shape(path);
                long[] target = new long[to.length + 1];
                Arrays.setAll(target, i -> i == 0 ? -1 : to[i - 1]);
                put(path, Arrays.equals(to, dims) ? in : to.length == 1 ? op("Flatten", path, List.of(in), Map.of("axis", 1L))
                    : op("Reshape", path, List.of(in), Map.of("shape", target)), to);
            }
            default -> {
                String out = "neurons " + made++;
                pathOf.put(out, path);
                builder.neurons(out, in, out);
                put(path, out, dims);
            }
        }
    }

    /** What arrives by several edges is summed. */
    private String in(String path) {
        List<String> sources = graph.sources(path).stream().map(tensor::get).toList();
        if (sources.size() == 1) {
            return sources.get(0);
        }
        int[] first = shape.get(graph.sources(path).get(0));
        for (String source : graph.sources(path)) {
            if (!Arrays.equals(first, shape.get(source))) {
                throw new InvalidInputException("'" + NirReader.clean(path) + "': sums " + Arrays.toString(first) + " and "
                    + Arrays.toString(shape.get(source)));
            }
        }
        return op("Sum", path, sources, Map.of());
    }

    private String op(String op, String path, List<String> inputs, Map<String, ?> attributes) {
        String out = "value " + made++;
        builder.add(op, path, inputs, out, attributes);
        return out;
    }

    private String constant(int[] dims, double[] values) {
        String name = "constant " + made++;
        builder.constant(name, dims, values);
        return name;
    }

    private static int[] batched(int[] dims) {
        int[] out = new int[dims.length + 1];
        out[0] = 1;
        System.arraycopy(dims, 0, out, 1, dims.length);
        return out;
    }

    /** A dense layer on a map of the right size reads it in memory order. */
    private String flat(String path, String in, int[] dims, int[] weight) {
        if (weight.length != 2) {
            throw new InvalidInputException("'" + NirReader.clean(path) + "': weight of " + weight.length + " axes, a matrix is supported");
        }
        return dims.length == 1 ? in : op("Flatten", path, List.of(in), Map.of("axis", 1L));
    }

    private void dense(String path, NirNode node, String in) {
        HdfData weight = node.field("weight");
        List<String> inputs = new ArrayList<>(List.of(in, constant(weight.dims(), weight.reals())));
        if (node.field("bias") != null) {
            inputs.add(constant(new int[] {weight.dims()[0]}, node.field("bias").reals()));
        }
        put(path, op("Gemm", path, inputs, Map.of("transB", 1L)), new int[] {weight.dims()[0]});
    }

    private void convolution(String path, NirNode node, String in) {
        String at = "'" + NirReader.clean(path) + "'";
        NirWindows.Geometry g = NirWindows.ofConvolution(at, node);
        HdfData weight = node.field("weight");
        List<String> inputs = List.of(in, constant(weight.dims(), weight.reals()),
            constant(new int[] {node.field("bias").size()}, node.field("bias").reals()));
        put(path, op("Conv", path, inputs, Map.of("strides", longs(g.stride()), "dilations", longs(g.dilation()), "pads", pads(g),
            "group", (long) NirWindows.groups(at, node))), graph.shape(path));
    }

    private void pool(String path, NirNode node, String in) {
        NirWindows.Geometry g = NirWindows.ofPool("'" + NirReader.clean(path) + "'", node);
        String mean = op("AveragePool", path, List.of(in), Map.of("kernel_shape", longs(g.kernel()), "strides", longs(g.stride()), "pads", pads(g),
            "count_include_pad", 1L));
        String area = node.type() == NirType.AVG_POOL2D ? null : constant(new int[0], new double[] {(double) g.kernel()[0] * g.kernel()[1]});
        put(path, area == null ? mean : op("Mul", path, List.of(mean, area), Map.of()), graph.shape(path));
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static long[] pads(NirWindows.Geometry g) {
        int n = g.before().length;
        long[] pads = new long[2 * n];
        for (int i = 0; i < n; i++) {
            pads[i] = g.before()[i];
            pads[n + i] = g.after()[i];
        }
        return pads;
    }
}
