package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;

/**
 * Puts a graph of ONNX operations together in memory, so that other formats get the importer's folding of pooling, scaling, padding and sums. Beside
 * ONNX's operations there are neurons: populations of which the importer only needs to know that nothing can be folded across them.
 */
public final class GraphBuilder {
    /** The domain of neurons. */
    static final String NEURONS = "org.axongrid.neurons";
    private static final int DOUBLE = 11;

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, OnnxTensor> constants = new LinkedHashMap<>();
    private final OnnxPort input;

    /**
     * @param input tensor name of the input
     * @param shape its extents without the batch: features, channels and length, or channels, rows and columns
     */
    public GraphBuilder(String input, int[] shape) {
        long[] dims = new long[shape.length + 1];
        dims[0] = 1;
        for (int i = 0; i < shape.length; i++) {
            dims[i + 1] = shape[i];
        }
        this.input = new OnnxPort(input, dims, DOUBLE);
    }

    /**
     * Adds an operation.
     *
     * @param op         of ONNX's default domain
     * @param name       for messages
     * @param inputs     tensor names
     * @param output     tensor name
     * @param attributes values are {@code Long} or {@code long[]}
     */
    public void add(String op, String name, List<String> inputs, String output, Map<String, ?> attributes) {
        Map<String, OnnxAttribute> encoded = new LinkedHashMap<>();
        attributes.forEach((key, value) -> encoded.put(key, new OnnxAttribute(key, 0, value instanceof Long i ? i : 0, "", null, new float[0],
            value instanceof long[] list ? list : new long[0])));
        nodes.add(new OnnxNode(name, op, "", List.copyOf(inputs), List.of(output), encoded));
    }

    /**
     * Adds neurons.
     *
     * @param name   of the population; names should differ, else the network's get a number behind them
     * @param input  tensor name
     * @param output tensor name
     */
    public void neurons(String name, String input, String output) {
        nodes.add(new OnnxNode(name, "Neurons", NEURONS, List.of(input), List.of(output), Map.of()));
    }

    /** Adds a constant. */
    public void constant(String name, int[] dims, double[] values) {
        constants.put(name, new OnnxTensor("", name, Arrays.stream(dims).asLongStream().toArray(), DOUBLE, null, values, null));
    }

    /**
     * @param name   the network's name
     * @param output tensor name of the readout's current
     * @param notes  receives remarks
     * @return the network; populations of neurons have rectifiers for activations
     * @throws InvalidInputException if it cannot be expressed, all causes in one message
     */
    public Network build(String name, String output, List<String> notes) {
        OnnxGraph graph = new OnnxGraph(name, nodes, constants, List.of(input), List.of(new OnnxPort(output, null, DOUBLE)));
        try {
            GraphInterpreter interpreter = new GraphInterpreter(graph, notes, true, null);
            List<Source> sources = interpreter.run();
            if (!interpreter.problems().isEmpty()) {
                throw new InvalidInputException("cannot be imported: " + OnnxImporter.listed(interpreter.problems()));
            }
            return NetworkBuilder.of(name, sources, null, notes);
        } catch (Refusal | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidInputException("cannot be imported: " + e.getMessage(), e);
        }
    }
}
