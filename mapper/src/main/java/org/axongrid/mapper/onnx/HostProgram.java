package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes that a host can compute from an image, in order, and the constants that they read. A node belongs here if everything it reads does: behind the
 * first activation there is none.
 */
final class HostProgram {
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, Value.Constant> constants = new HashMap<>();
    private final Map<String, int[]> dims = new HashMap<>();
    private final Map<String, Value.Constant> zero = new HashMap<>();
    private final String input;
    private final double batch;

    /**
     * @param input     the graph's input
     * @param inputDims its extents without the batch axis
     * @param batch     batch size of the export, NaN if it is open
     */
    HostProgram(String input, int[] inputDims, double batch) {
        this.input = input;
        this.batch = batch;
        int[] batched = Extents.batched(1, inputDims);
        zero.put(input, new Value.Constant(input, false, false, batched, new double[Value.elements(batched)]));
        dims.put(input, batched);
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    Map<String, Value.Constant> constants() {
        return constants;
    }

    /** @return whether a host can compute a tensor from the image */
    boolean has(String tensor) {
        return dims.containsKey(tensor);
    }

    /** @return a tensor's extents with the batch axis */
    int[] dims(String tensor) {
        return dims.get(tensor);
    }

    /** @return the graph's input */
    String input() {
        return input;
    }

    /**
     * Takes a node if a host can compute it.
     *
     * @param node   a node
     * @param inputs its constant inputs, {@code null} where one is not constant or left out
     */
    void offer(OnnxNode node, List<Value.Constant> inputs) {
        boolean image = false;
        for (int i = 0; i < node.inputs().size(); i++) {
            String name = node.input(i);
            boolean ours = dims.containsKey(name);
            if (!ours && !name.isEmpty() && inputs.get(i) == null) {
                return;
            }
            image |= ours;
        }
        if (!image || !HostOps.has(node)) {
            return;
        }
        Map<String, Value.Constant> read = new HashMap<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            if (inputs.get(i) != null) {
                read.put(node.input(i), inputs.get(i));
            }
        }
        try {
            // An image of zeros says what extents come out.
            Value.Constant out = new HostOps(batch).apply(node, arguments(node, read, zero));
            String name = node.outputs().get(0);
            boolean finite = Arrays.stream(out.data()).allMatch(v -> Math.abs(v) < Double.POSITIVE_INFINITY);
            if (finite && out.dims().length > 0 && out.dims()[0] == 1 && out.data().length > 0) {
                dims.put(name, out.dims());
                zero.put(name, out);
                nodes.add(node);
                constants.putAll(read);
            }
        } catch (Refusal | ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // Not for a host; whoever interprets it for the chip says what is wrong with it.
            return;
        }
    }

    private static List<Value.Constant> arguments(OnnxNode node, Map<String, Value.Constant> constants, Map<String, Value.Constant> values) {
        List<Value.Constant> out = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Value.Constant v = values.get(node.input(i));
            out.add(v == null ? constants.get(node.input(i)) : v);
        }
        return out;
    }

    /** @return all tensors that the nodes compute from an image */
    static Map<String, Value.Constant> run(List<OnnxNode> nodes, Map<String, Value.Constant> constants, String input, Value.Constant image, double batch) {
        Map<String, Value.Constant> values = new HashMap<>();
        values.put(input, image);
        HostOps ops = new HostOps(batch);
        for (OnnxNode n : nodes) {
            values.put(n.outputs().get(0), ops.apply(n, arguments(n, constants, values)));
        }
        return values;
    }
}
