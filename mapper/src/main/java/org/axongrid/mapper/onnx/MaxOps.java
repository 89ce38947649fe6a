package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Shape;

/** Max pooling: a population of its own, of the windows of an activated map. */
final class MaxOps {
    private final GraphInterpreter graph;
    private final Activations activations;

    MaxOps(GraphInterpreter graph, Activations activations) {
        this.graph = graph;
        this.activations = activations;
    }

    /** MaxPool, GlobalMaxPool and ReduceMax over positions; padding never is the largest. */
    Value max(OnnxNode node) {
        return max(node, graph.signal(node, 0));
    }

    /** @return the windows of a signal, whose activation may come later */
    private Value.Signal max(OnnxNode node, Value.Signal in) {
        int[] dims = in.dims();
        Shape map = map(node, in);
        Window w = window(node, dims, map, in instanceof Reading r ? r.padding() : Padding.NONE);
        int[] out = outDims(node, dims, w);
        if (in instanceof LinearSum sum) {
            return new Maxed(sum, List.of(node), List.of(dims), out);
        }
        if (in instanceof Maxed m) {
            return m.then(node, out);
        }
        return pooled(node, (Reading) in, map, w).as(out);
    }

    /**
     * @param activated what the activation made of all positions
     * @param maxed     the windows behind it
     * @return the largest values
     */
    Value.Signal behind(Value.Signal activated, Maxed maxed) {
        Value.Signal v = activated;
        for (int i = 0; i < maxed.windows().size(); i++) {
            v = max(maxed.windows().get(i), v.as(maxed.maps().get(i)));
        }
        return v.as(maxed.dims());
    }

    private static Shape map(OnnxNode node, Value.Signal in) {
        int[] d = in.dims();
        if (d.length != 2 && d.length != 3) {
            throw new Refusal(node, "needs a map [N, C, L] or [N, C, H, W], got [N, " + Text.dims(d).substring(1));
        }
        if (in instanceof Reading r) {
            Shape map = r.map();
            if (!r.fits(map)) {
                throw new Refusal(node, "reads a map reshaped to " + Text.dims(d));
            }
            return map;
        }
        Shape of = in instanceof LinearSum s ? s.shape() : null;
        Shape map = new Shape(d[0], d.length == 3 ? d[1] : 1, d[d.length - 1]);
        if (of != null && !of.equals(map)) {
            throw new Refusal(node, "reads a map reshaped to " + Text.dims(d));
        }
        return map;
    }

    private static Window window(OnnxNode node, int[] dims, Shape map, Padding ahead) {
        if (node.op().equals("MaxPool")) {
            if (node.integers("kernel_shape") == null) {
                throw new Refusal(node, "has no kernel_shape");
            }
            int[] kernel = Window.pair(node, "kernel_shape", dims.length - 1);
            return Window.of(node, dims.length - 1, kernel[0], kernel[1], ahead, map);
        }
        if (!ahead.none()) {
            throw new Refusal(node, "reads a zero-padded map");
        }
        return new Window(map.height(), map.width(), map.height(), map.width(), 1, 1, Padding.NONE, Padding.NONE, 1, 1);
    }

    private int[] outDims(OnnxNode node, int[] dims, Window w) {
        int[] out = dims.length == 3 ? new int[] {dims[0], w.outH(), w.outW()} : new int[] {dims[0], w.outW()};
        Value.elements(out);
        if (!node.op().equals("ReduceMax")) {
            return out;
        }
        long[] axes = node.input(1).isEmpty() ? node.integers("axes") : graph.constant(node, 1).longs();
        boolean[] reduced = new boolean[dims.length + 1];
        for (long a : axes == null ? new long[0] : axes) {
            reduced[Extents.axis(node, a, reduced.length)] = true;
        }
        for (int i = 0; i < reduced.length; i++) {
            if (reduced[i] != i > 1) {
                throw new Refusal(node, "the largest of all positions is supported, got axes " + (axes == null ? "none" : Text.dims(axes)));
            }
        }
        return node.integer("keepdims", 1) != 0 ? out : new int[] {dims[0]};
    }

    private Reading pooled(OnnxNode node, Reading r, Shape map, Window w) {
        String name = node.name().isEmpty() ? node.outputs().get(0) : node.name();
        List<Part> parts = new ArrayList<>();
        for (Part p : r.parts()) {
            if (!p.pool().equals(Pool.NONE) || p.source().isInput() || !p.channelwise()) {
                throw new Refusal(node, "is supported directly behind the activation of populations");
            }
            for (int c = 0; c < p.channels(); c++) {
                if (!(p.scaleAt(c * map.positions()) > 0)) {
                    throw new Refusal(node, "reads values multiplied by " + (float) p.scaleAt(c * map.positions())
                        + ", which is not positive: the largest of them is not that of the activations");
                }
            }
            // Activations are not negative, so zeros from a Pad node never are larger than what is beside them.
            if (!r.padding().none() && p.shift() != null) {
                throw new Refusal(node, "pads a shifted map with zeros");
            }
            int c = p.channels();
            Shape shape = new Shape(c, w.outH(), w.outW());
            Term windows = new Term(p.source(), Pool.NONE, Kernel.depthwise(w, c, 1));
            needMembers(node, windows.kernel(), map, shape);
            parts.add(new Part(activations.maxPool(name, shape, windows), Pool.NONE, p.scale() == null || p.scale().length == c ? p.scale() : null,
                p.shift() == null || p.shift().length == c ? p.shift() : null));
        }
        return new Reading(List.copyOf(parts), w.outH() == 1 && r.dims().length == 2 ? new int[] {map.channels(), w.outW()}
            : new int[] {map.channels(), w.outH(), w.outW()}, Padding.NONE);
    }

    private static void needMembers(OnnxNode node, Kernel k, Shape map, Shape target) {
        boolean[] rows = new boolean[target.height()];
        boolean[] columns = new boolean[target.width()];
        for (int y = 0; y < rows.length; y++) {
            for (int i = 0; i < k.kernelH(); i++) {
                rows[y] |= k.row(y, i) >= 0 && k.row(y, i) < map.height();
            }
        }
        for (int x = 0; x < columns.length; x++) {
            for (int i = 0; i < k.kernelW(); i++) {
                columns[x] |= k.column(x, i) >= 0 && k.column(x, i) < map.width();
            }
        }
        for (boolean[] some : Arrays.asList(rows, columns)) {
            for (boolean b : some) {
                if (!b) {
                    throw new Refusal(node, "has windows that lie in the padding altogether");
                }
            }
        }
    }
}
