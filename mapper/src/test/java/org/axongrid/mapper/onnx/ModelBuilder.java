package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds small ONNX models for tests, node by node. Input {@code x}, output {@code y} unless said otherwise. */
final class ModelBuilder {
    /** A node as built. */
    record Node(String op, String domain, String name, List<String> inputs, String output, Map<String, Object> attributes) {
    }

    /** A tensor as built. */
    record Tensor(int[] dims, double[] data) {
    }

    private final WireWriter graph = new WireWriter();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final int[] inputDims;
    private long opset = 13;
    private String output = "y";

    ModelBuilder(int... inputDims) {
        this.inputDims = inputDims;
    }

    int[] inputDims() {
        return inputDims;
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<String, Tensor> tensors() {
        return tensors;
    }

    String output() {
        return output;
    }

    ModelBuilder output(String name) {
        output = name;
        return this;
    }

    ModelBuilder opset(long version) {
        opset = version;
        return this;
    }

    /** Adds a float initializer. */
    ModelBuilder floats(String name, int[] dims, double... values) {
        double[] rounded = Arrays.stream(values).map(v -> (float) v).toArray();
        tensors.put(name, new Tensor(dims, rounded));
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            raw.putFloat((float) v);
        }
        graph.message(5, tensor(name, 1, dims).bytes(9, raw.array()));
        return this;
    }

    ModelBuilder scalar(String name, double value) {
        return floats(name, new int[0], value);
    }

    /** Adds an int64 initializer. */
    ModelBuilder longs(String name, long... values) {
        tensors.put(name, new Tensor(new int[] {values.length}, Arrays.stream(values).asDoubleStream().toArray()));
        graph.message(5, tensor(name, 7, values.length).packed(7, values));
        return this;
    }

    /** Adds random float weights from a seeded generator. */
    ModelBuilder random(Random random, String name, int... dims) {
        int n = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        return floats(name, dims, random.doubles(n, -1, 1).toArray());
    }

    ModelBuilder initializer(WireWriter tensor) {
        graph.message(5, tensor);
        return this;
    }

    static WireWriter tensor(String name, int type, int... dims) {
        WireWriter t = new WireWriter();
        for (int d : dims) {
            t.varint(1, d);
        }
        return t.varint(2, type).string(8, name);
    }

    /** Adds a node; attributes as name, value pairs: Long, Integer, Float, String, long[]. */
    ModelBuilder node(String op, String inputs, String output, Object... attributes) {
        return custom("", op, inputs, output, attributes);
    }

    ModelBuilder custom(String domain, String op, String inputs, String out, Object... attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put((String) attributes[i], attributes[i + 1]);
        }
        List<String> in = inputs.isEmpty() ? List.of() : Arrays.asList(inputs.split(",", -1));
        Node node = new Node(op, domain, "n_" + out, in, out, map);
        nodes.add(node);
        graph.message(1, encoded(node));
        return this;
    }

    private static WireWriter encoded(Node node) {
        WireWriter w = new WireWriter();
        node.inputs().forEach(i -> w.string(1, i));
        w.string(2, node.output()).string(3, node.name()).string(4, node.op());
        node.attributes().forEach((name, value) -> {
            WireWriter a = new WireWriter().string(1, name);
            if (value instanceof Integer i) {
                a.varint(3, i);
            } else if (value instanceof Float f) {
                a.fixed32(2, f);
            } else if (value instanceof String s) {
                a.string(4, s);
            } else if (value instanceof WireWriter t) {
                a.message(5, t);
            } else {
                for (long v : (long[]) value) {
                    a.varint(8, v);
                }
            }
            w.message(5, a);
        });
        return node.domain().isEmpty() ? w : w.string(7, node.domain());
    }

    /** Adds a QCFS in the clamp-first spelling. */
    ModelBuilder qcfs(String in, String out, double lambda, int levels) {
        String p = out + "_";
        return scalar(out + ".lambda", lambda).scalar(p + "L", levels).scalar(p + "half", 0.5).scalar(p + "0", 0).scalar(p + "1", 1)
            .node("Div", in + "," + out + ".lambda", p + "a").node("Clip", p + "a," + p + "0," + p + "1", p + "b")
            .node("Mul", p + "b," + p + "L", p + "c").node("Add", p + "c," + p + "half", p + "d").node("Floor", p + "d", p + "e")
            .node("Div", p + "e," + p + "L", p + "f").node("Mul", p + "f," + out + ".lambda", out);
    }

    byte[] bytes() {
        WireWriter whole = new WireWriter().bytes(2, new byte[0]);
        WireWriter g = new WireWriter().string(2, "test").message(11, port("x", inputDims)).message(12, port(output));
        // Message fields may be split: the graph's parts are concatenated.
        byte[] a = g.toBytes();
        byte[] b = graph.toBytes();
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return whole.varint(1, 7).bytes(7, both).message(8, new WireWriter().varint(2, opset)).toBytes();
    }

    /** A port with a dynamic batch. */
    static WireWriter port(String name, int... dims) {
        WireWriter shape = new WireWriter().message(1, new WireWriter().string(2, "N"));
        for (int d : dims) {
            shape.message(1, new WireWriter().varint(1, d));
        }
        return new WireWriter().string(1, name)
            .message(2, new WireWriter().message(1, new WireWriter().varint(1, 1).message(2, shape)));
    }

    Path write(Path folder) {
        return write(folder, "model.onnx", bytes());
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Network read(Path folder) {
        return OnnxImporter.read(write(folder));
    }

    String refusal(Path folder) {
        return refusalOf(write(folder));
    }

    /** @return the message of a refusal: one line that is ours */
    static String refusalOf(Path model) {
        try {
            OnnxImporter.read(model);
        } catch (InvalidInputException e) {
            if (e.getMessage().contains(OnnxImporter.UNEXPECTED) || e.getMessage().lines().count() != 1) {
                throw new AssertionError(e.getMessage(), e);
            }
            return e.getMessage();
        }
        throw new AssertionError("was accepted");
    }
}
