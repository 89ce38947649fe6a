package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Shape;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a graph's nodes in topological order and finds out what each tensor means; nodes that cannot be imported are collected and
 * do not stop it, so that the user hears of all of them at once.
 */
final class GraphInterpreter {
    private final GraphOrder order;
    private final OnnxGraph graph;
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> notes;
    private final Activations activations = new Activations(problems::add, this);
    private final ConstantFolding folding = new ConstantFolding();
    private final LinearOps linear = new LinearOps(this);
    private final MaxOps maxima = new MaxOps(this, activations);
    private final PoolOps pooling = new PoolOps(this);
    private final ElementOps elements = new ElementOps(this);
    private final ViewOps views = new ViewOps(this);
    private final boolean built;
    private final Set<String> hosted;
    private HostProgram host;
    private String wanted;
    private double batch = Double.NaN;

    /**
     * @param graph the graph
     * @param notes receives remarks on what was left out without effect
     */
    GraphInterpreter(OnnxGraph graph, List<String> notes) {
        this(graph, notes, false, null);
    }

    /**
     * @param graph the graph
     * @param notes receives remarks on what was left out without effect
     * @param built  whether the graph was put together by {@link GraphBuilder}, so that it may have neurons
     * @param hosted tensors that the host computes; {@code null} if it computes nothing
     */
    GraphInterpreter(OnnxGraph graph, List<String> notes, boolean built, Set<String> hosted) {
        this.built = built;
        this.hosted = hosted;
        this.graph = graph;
        this.notes = notes;
        this.order = GraphOrder.of(graph);
    }

    /**
     * Interprets all nodes.
     *
     * @return the populations in topological order, the readout last; of no use if there are problems
     */
    List<Source> run() {
        OnnxPort in = order.input();
        try {
            values.put(in.name(), input(in));
        } catch (Refusal e) {
            problems.add(e.getMessage());
            values.put(in.name(), Value.UNKNOWN);
        }
        if (hosted != null && values.get(in.name()) instanceof Reading r) {
            host = new HostProgram(in.name(), r.dims(), batch);
        }
        for (OnnxNode node : order.nodes()) {
            Value out;
            try {
                out = isHosted(node) ? fromHost(node) : interpret(node);
            } catch (Refusal e) {
                wanted = couldBeHosted(node);
                if (wanted != null) {
                    return List.of();
                }
                String message = e.getMessage();
                problems.add(message.startsWith(node.label()) ? message : node.label() + ": " + message);
                out = Value.UNKNOWN;
            }
            values.put(node.outputs().get(0), out);
        }
        OnnxNode end = new OnnxNode("", "Output", "", List.of(order.output()), List.of(order.output()), Map.of());
        Value last = values.get(order.output());
        if (problems.isEmpty()) {
            try {
                activations.readout(Activations.sum(linear(end, last), end));
            } catch (Refusal e) {
                wanted = couldBeHosted(end);
                problems.add(e.getMessage());
            }
        }
        return activations.made();
    }

    private boolean isHosted(OnnxNode node) {
        if (host == null || node.outputs().isEmpty()) {
            return false;
        }
        host.offer(node, constants(node));
        return hosted.contains(node.outputs().get(0));
    }

    private Value fromHost(OnnxNode node) {
        int[] dims = Extents.unbatched(host.dims(node.outputs().get(0)));
        return Reading.of(activations.input(shape(dims)), dims);
    }

    /**
     * What the node reads comes first, then its own result, then what is further ahead.
     *
     * @return a tensor which, if the host computes it, may make a node possible that is refused; {@code null} if there is none
     */
    private String couldBeHosted(OnnxNode node) {
        if (host == null) {
            return null;
        }
        Deque<String> open = new ArrayDeque<>(node.inputs());
        open.addAll(node.outputs());
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String tensor = open.remove();
            if (!seen.add(tensor) || hosted.contains(tensor) || tensor.equals(host.input())) {
                continue;
            }
            if (host.has(tensor) && host.dims(tensor).length >= 2 && host.dims(tensor).length <= 4) {
                return tensor;
            }
            order.nodes().stream().filter(n -> n != node && n.outputs().contains(tensor)).forEach(n -> open.addAll(n.inputs()));
        }
        return null;
    }

    /** @return a tensor that has to be added to those that the host computes, before it is tried again; {@code null} if that would not help */
    String wanted() {
        return wanted;
    }

    /** @return what the host can compute */
    HostProgram host() {
        return host;
    }

    /** @return the tensors that the host computes, in the order of the input populations behind the first */
    List<String> hostedInOrder() {
        return order.nodes().stream().map(n -> n.outputs().isEmpty() ? "" : n.outputs().get(0)).filter(hosted::contains).toList();
    }

    private static Shape shape(int[] extents) {
        return switch (extents.length) {
            case 1 -> Shape.dense(extents[0]);
            case 2 -> new Shape(extents[0], 1, extents[1]);
            default -> new Shape(extents[0], extents[1], extents[2]);
        };
    }

    /** @return why the graph cannot be imported, one entry per node; empty if it can */
    Set<String> problems() {
        return problems;
    }

    private Value input(OnnxPort in) {
        long[] dims = in.dims();
        String name = "input " + Text.quote(in.name());
        if (dims == null || dims.length < 2 || dims.length > 4) {
            throw new Refusal(name + ": a shape [N, F], [N, C, L] or [N, C, H, W] is expected, got "
                + (dims == null ? "none" : Text.dims(dims)));
        }
        int[] extents = new int[dims.length - 1];
        for (int i = 0; i < extents.length; i++) {
            if (dims[i + 1] < 1 || dims[i + 1] > Value.MOST_ELEMENTS) {
                throw new Refusal(name + ": extent " + (i + 1) + " of " + Text.dims(dims)
                    + " is open or unusable; only the batch size may be dynamic");
            }
            extents[i] = (int) dims[i + 1];
        }
        Value.elements(extents);
        batch = dims[0] > 0 ? dims[0] : Double.NaN;
        return Reading.of(activations.input(shape(extents)), extents);
    }

    private Value interpret(OnnxNode node) {
        if (node.outputs().isEmpty() || node.outputs().get(0).isEmpty()) {
            throw new Refusal(node, "has no output");
        }
        if (node.domain().equals(GraphBuilder.NEURONS) && built) {
            return neuron(node);
        }
        if (!Operations.standard(node)) {
            throw new Refusal(Operations.unsupported(node));
        }
        if (node.op().equals("Constant")) {
            return attributeConstant(node);
        }
        if (Operations.BINARY.contains(node.op()) && node.inputs().size() != 2) {
            throw new Refusal(node, node.inputs().size() + " inputs, two are expected");
        }
        boolean unknown = false;
        boolean known = !node.inputs().isEmpty();
        for (int i = 0; i < node.inputs().size(); i++) {
            if (!node.input(i).isEmpty()) {
                boolean constant = isConstant(node, i);
                unknown |= !constant && value(node, i) == Value.UNKNOWN;
                known &= constant;
            }
        }
        if (known) {
            Value.Constant folded = folding.fold(node, constants(node));
            if (folded != null) {
                return folded;
            }
        }
        if (!Operations.KNOWN.contains(node.op())) {
            return replacement(node);
        }
        if (unknown) {
            return Value.UNKNOWN;
        }
        if (node.inputs().isEmpty()) {
            throw new Refusal(node, "has no input");
        }
        return apply(node);
    }

    /** An unsupported operation is reported, so that the interpretation can go on behind it. */
    private Value replacement(OnnxNode node) {
        if ((node.op().equals("Softmax") || node.op().equals("LogSoftmax")) && order.isOutput(node)) {
            notes.add(node.label() + " at the output was dropped: it does not change which class is largest");
            return value(node, 0);
        }
        problems.add(Operations.unsupported(node));
        return Value.UNKNOWN;
    }

    private Value apply(OnnxNode node) {
        return switch (node.op()) {
            case "Identity", "Dropout" -> value(node, 0);
            case "Cast" -> cast(node);
            case "Add", "Sum" -> elements.add(node);
            case "Sub" -> elements.subtract(node);
            case "Mul", "Div" -> elements.scale(node);
            case "Neg" -> elements.negate(node);
            case "Clip", "Relu", "Min", "Max" -> elements.clip(node);
            case "Floor" -> elements.floor(node);
            case "BatchNormalization" -> elements.batchNorm(node);
            case "Conv" -> linear.conv(node);
            case "Gemm" -> linear.gemm(node);
            case "MatMul" -> linear.matmul(node);
            case "AveragePool" -> pooling.average(node);
            case "MaxPool", "GlobalMaxPool", "ReduceMax" -> maxima.max(node);
            case "GlobalAveragePool" -> pooling.global(node);
            case "ReduceMean" -> pooling.reduceMean(node);
            case "Shape" -> views.shape(node);
            case "Flatten" -> views.flatten(node);
            case "Reshape" -> views.reshape(node);
            case "Squeeze", "Unsqueeze" -> views.squeeze(node);
            case "Transpose" -> views.transpose(node);
            case "Concat" -> views.concat(node);
            case "Pad" -> views.pad(node);
            case "Slice" -> views.slice(node);
            default -> throw new Refusal(node, "cannot be applied to the network's signals");
        };
    }

    /** Neurons of another format: a population, whatever it computes. */
    private Value neuron(OnnxNode node) {
        if (value(node, 0) == Value.UNKNOWN) {
            return Value.UNKNOWN;
        }
        Value.Signal in = linear(node, 0);
        LinearSum sum = Activations.sum(in, node);
        return Reading.of(activations.neurons(node.name(), sum), in.dims());
    }

    private Value cast(OnnxNode node) {
        long to = node.integer("to", 0);
        if (to != 1 && to != 10 && to != 11 && to != 16) {
            throw new Refusal(node, "casts a signal to a type that is not floating-point");
        }
        return value(node, 0);
    }

    private static Value attributeConstant(OnnxNode node) {
        String name = node.outputs().get(0);
        for (OnnxAttribute a : node.attributes().values()) {
            switch (a.name()) {
                case "value":
                    if (a.tensor() != null) {
                        return decoded(name, a.tensor(), false);
                    }
                    break;
                case "value_float":
                    return new Value.Constant(name, false, false, new int[0], new double[] {a.f()});
                case "value_int":
                    return new Value.Constant(name, true, false, new int[0], new double[] {a.i()});
                case "value_ints":
                    return new Value.Constant(name, true, false, new int[] {a.ints().length},
                        Arrays.stream(a.ints()).asDoubleStream().toArray());
                case "value_floats":
                    double[] wide = new double[a.floats().length];
                    Arrays.setAll(wide, i -> a.floats()[i]);
                    return new Value.Constant(name, false, false, new int[] {wide.length}, wide);
                default:
                    break;
            }
        }
        throw new Refusal(node, "has no value of a supported kind");
    }

    private static Value.Constant decoded(String name, OnnxTensor tensor, boolean declared) {
        double[] data = tensor.values();
        int[] dims = Arrays.stream(tensor.dims()).mapToInt(Math::toIntExact).toArray();
        return new Value.Constant(name, !tensor.floating(), declared, dims, data);
    }

    /** @return the batch size the model was exported with, NaN if it is open */
    double batch() {
        return batch;
    }

    /** @return whether input {@code index} is known; unlike {@link #value} this does not decode an initializer */
    private boolean isConstant(OnnxNode node, int index) {
        Value v = values.get(node.input(index));
        return v == null ? graph.initializers().containsKey(node.input(index)) : v instanceof Value.Constant;
    }

    /** @return what input {@code index} means */
    Value value(OnnxNode node, int index) {
        String name = node.input(index);
        Value v = values.get(name);
        if (v != null) {
            return v;
        }
        OnnxTensor tensor = graph.initializers().get(name);
        if (tensor == null) {
            throw new Refusal(node, name.isEmpty() ? "input " + index + " is missing" : "tensor " + Text.quote(name) + " is not defined");
        }
        Value.Constant c = decoded(name, tensor, true);
        if (c.data().length <= 1 << 16) {
            values.put(name, c);
        }
        return c;
    }

    /** @return input {@code index} as a signal */
    Value.Signal signal(OnnxNode node, int index) {
        return activations.signal(value(node, index), node);
    }

    /** @return a value as a signal */
    Value.Signal signal(OnnxNode node, Value value) {
        return activations.signal(value, node);
    }

    /** @return input {@code index} as a signal that is linear in populations */
    Value.Signal linear(OnnxNode node, int index) {
        return linear(node, value(node, index));
    }

    /** @return a value as a signal that is linear in populations */
    Value.Signal linear(OnnxNode node, Value value) {
        Value.Signal s = activations.signal(value, node);
        if (s instanceof Maxed m) {
            throw new Refusal(node, "reads the un-activated result of " + m.windows().get(m.windows().size() - 1).label()
                + ": a maximum of sums needs an activation behind it, or in front of it");
        }
        return s;
    }

    /** @return input {@code index}, which must be known */
    Value.Constant constant(OnnxNode node, int index) {
        if (value(node, index) instanceof Value.Constant c) {
            if (c.data().length == 0) {
                throw new Refusal(node, "tensor " + Text.quote(c.name()) + " is empty");
            }
            return c;
        }
        throw new Refusal(node, "input " + index + " (" + Text.quote(node.input(index))
            + ") is computed at run time, a constant is expected");
    }

    /** @return the known inputs, null where one is a signal or left out */
    List<Value.Constant> constants(OnnxNode node) {
        List<Value.Constant> out = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            out.add(!node.input(i).isEmpty() && isConstant(node, i) ? (Value.Constant) value(node, i) : null);
        }
        return out;
    }

    /** @return input {@code index} as weights: known, floating-point and finite */
    Value.Constant weights(OnnxNode node, int index) {
        Value.Constant c = constant(node, index);
        if (c.integer()) {
            throw new Refusal(node, "tensor " + Text.quote(c.name()) + " holds integers, floating-point weights are expected");
        }
        for (int i = 0; i < c.data().length; i++) {
            if (Double.isNaN(c.data()[i]) || Double.isInfinite(c.data()[i])) {
                throw new Refusal(node, "tensor " + Text.quote(c.name()) + " holds " + c.data()[i] + " at " + position(i, c.dims()));
            }
        }
        return c;
    }

    private static String position(int flat, int[] dims) {
        int[] strides = Extents.strides(dims);
        int[] at = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            at[i] = flat / strides[i] % dims[i];
        }
        return Text.dims(at);
    }
}
