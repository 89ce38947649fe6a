package org.axongrid.mapper.onnx;

import java.util.Arrays;

/** Elementwise operations: residual additions, constants folded into neighbours, and the steps of the QCFS activation. */
final class ElementOps {
    private final GraphInterpreter graph;

    ElementOps(GraphInterpreter graph) {
        this.graph = graph;
    }

    /** Add and Sum of any number of inputs; the constants last, because they need a signal to act on. */
    Value add(OnnxNode node) {
        Value out = null;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < node.inputs().size(); i++) {
                Value v = graph.value(node, i);
                if (v instanceof Value.Constant == (pass == 1)) {
                    out = out == null ? v : add(node, out, v);
                }
            }
        }
        return out;
    }

    private Value add(OnnxNode node, Value x, Value y) {
        if (x instanceof Value.Remnant r && r.subtrahend() == y) {
            return r.minuend();
        }
        if (y instanceof Value.Remnant r && r.subtrahend() == x) {
            return r.minuend();
        }
        return y instanceof Value.Constant c ? affine(node, x, null, c, 1) : merge(node, x, y, 1);
    }

    /** Sub: of constants, of signals, or of a value from its own rounding (a straight-through estimator). */
    Value subtract(OnnxNode node) {
        Value x = graph.value(node, 0);
        Value y = graph.value(node, 1);
        if (y instanceof Value.Constant c) {
            return affine(node, x, null, c, -1);
        }
        if (x instanceof Value.Constant c) {
            return affine(node, affine(node, y, Value.scalar(-1), null, 1), null, c, 1);
        }
        if (x instanceof Staged s && s.kind() != Staged.Kind.AFFINE && base(y) == s.base()) {
            return new Value.Remnant(x, y);
        }
        return merge(node, x, y, -1);
    }

    private static Value base(Value v) {
        return v instanceof Staged s ? s.base() : v;
    }

    private Value merge(OnnxNode node, Value x, Value y, int sign) {
        LinearSum a = Activations.sum(graph.linear(node, x), node);
        LinearSum b = Activations.sum(graph.linear(node, y), node);
        if (!Arrays.equals(a.dims(), b.dims()) || !a.shape().equals(b.shape())) {
            throw new Refusal(node, "adds " + Text.dims(a.dims()) + " and " + Text.dims(b.dims()) + ", shapes must be equal");
        }
        return a.plus(sign == 1 ? b : b.affine(-1, 0), node);
    }

    /** Mul and Div by constants. */
    Value scale(OnnxNode node) {
        Value x = graph.value(node, 0);
        Value y = graph.value(node, 1);
        boolean divide = node.op().equals("Div");
        if (y instanceof Value.Constant c) {
            return affine(node, x, divide ? reciprocal(node, c) : c, null, 1);
        }
        if (x instanceof Value.Constant c && !divide) {
            return affine(node, y, c, null, 1);
        }
        throw new Refusal(node, (divide ? "divides by a signal" : "multiplies two signals (gating, attention)")
            + ": only constants can be folded");
    }

    private static Value.Constant reciprocal(OnnxNode node, Value.Constant c) {
        double[] out = new double[c.data().length];
        for (int i = 0; i < out.length; i++) {
            if (c.data()[i] == 0) {
                throw new Refusal(node, "divides by " + Text.quote(c.name()) + " which is 0; lambda must be positive");
            }
            out[i] = 1 / c.data()[i];
        }
        return new Value.Constant(c.name(), c.integer(), c.declared(), c.dims(), out);
    }

    /** {@code x * factor + sign * summand}; null for 1 and 0. Uniform constants stay pending: they may belong to an activation. */
    private Value affine(OnnxNode node, Value x, Value.Constant factor, Value.Constant summand, int sign) {
        Value.Constant c = factor != null ? factor : summand;
        if (x instanceof Value.Remnant || x instanceof Value.Constant) {
            throw new Refusal(node, x instanceof Value.Constant ? "not applied to a signal"
                : "the difference between a rounded value and itself is used on its own");
        }
        for (double d : c.data()) {
            if (Double.isNaN(d) || Double.isInfinite(d)) {
                throw new Refusal(node, "constant " + Text.quote(c.name()) + " is " + d);
            }
        }
        int[] dims = x instanceof Staged s ? s.base().dims() : ((Value.Signal) x).dims();
        needFit(node, c, dims);
        if (c.uniform()) {
            Staged s = x instanceof Staged already ? already : Staged.of((Value.Signal) x);
            double value = c.data()[0];
            return factor != null ? s.affine(value, 0, node).named(Activations.hint(c)) : s.affine(1, sign * value, node);
        }
        double[] values = spread(c, dims);
        if (x instanceof Staged s && s.kind() == Staged.Kind.FLOORED && factor != null) {
            for (int i = 0; i < values.length; i++) {
                if (!(values[i] > 0)) {
                    throw new Refusal(node, "lambda " + Text.quote(c.name()) + " is " + values[i]
                        + " at element " + i + ", must be positive");
                }
            }
        }
        if (factor == null && sign < 0) {
            Arrays.setAll(values, i -> -values[i]);
        }
        return affine(graph.signal(node, x), factor == null ? null : values, factor == null ? values : null, node);
    }

    private static Value.Signal affine(Value.Signal s, double[] factor, double[] summand, OnnxNode node) {
        return s instanceof Reading r ? r.affine(factor, summand) : s instanceof Maxed m ? m.affine(factor, summand, node)
            : ((LinearSum) s).affine(factor, summand);
    }

    /** A constant may repeat along the signal's axes but must not widen it, least of all along the batch. */
    private static void needFit(OnnxNode node, Value.Constant c, int[] dims) {
        int[] whole = Extents.batched(1, dims);
        int[] both = Extents.broadcast(whole, c.dims());
        if (both == null || !Arrays.equals(both, whole)) {
            throw new Refusal(node, "constant " + Text.quote(c.name()) + " of shape " + Text.dims(c.dims()) + " does not fit [N, "
                + Text.dims(dims).substring(1));
        }
    }

    /** @return the constant's values for each element of a signal, memory order */
    private static double[] spread(Value.Constant c, int[] dims) {
        int[] whole = Extents.batched(1, dims);
        int[] strides = Extents.broadcastStrides(c.dims(), whole.length);
        double[] out = new double[Value.elements(dims)];
        for (int i = 0; i < out.length; i++) {
            out[i] = c.data()[Extents.at(i, whole, strides)];
        }
        return out;
    }

    /** Clip (bounds as inputs or attributes), Relu, Min and Max. */
    Value clip(OnnxNode node) {
        double lo = Double.NEGATIVE_INFINITY;
        double hi = Double.POSITIVE_INFINITY;
        Value x = graph.value(node, 0);
        switch (node.op()) {
            case "Relu" -> lo = 0;
            case "Clip" -> {
                lo = node.input(1).isEmpty() ? node.real("min", lo) : bound(node, graph.constant(node, 1));
                hi = node.input(2).isEmpty() ? node.real("max", hi) : bound(node, graph.constant(node, 2));
            }
            default -> {
                boolean min = node.op().equals("Min");
                Value signal = null;
                for (int i = 0; i < node.inputs().size(); i++) {
                    Value v = graph.value(node, i);
                    if (v instanceof Value.Constant c) {
                        double b = bound(node, c);
                        lo = min ? lo : Math.max(lo, b);
                        hi = min ? Math.min(hi, b) : hi;
                    } else if (signal == null) {
                        signal = v;
                    } else {
                        throw new Refusal(node, "compares two signals; only constants are supported");
                    }
                }
                x = signal;
            }
        }
        if (Double.isNaN(lo) || Double.isNaN(hi) || lo > hi) {
            throw new Refusal(node, "bounds [" + lo + ", " + hi + "] are empty");
        }
        return staged(node, x).clip(lo, hi, node);
    }

    private static double bound(OnnxNode node, Value.Constant c) {
        if (!c.uniform()) {
            throw new Refusal(node, "bound " + Text.quote(c.name()) + " differs between channels; one clip for all is supported");
        }
        return c.data()[0];
    }

    /** Floor. */
    Value floor(OnnxNode node) {
        return staged(node, graph.value(node, 0)).floor(node);
    }

    private static Staged staged(OnnxNode node, Value x) {
        if (x instanceof Staged s) {
            return s;
        }
        if (x instanceof Value.Signal s) {
            return Staged.of(s);
        }
        throw new Refusal(node, "not applied to a signal");
    }

    /** BatchNormalization at inference: a factor and a summand per channel. */
    Value batchNorm(OnnxNode node) {
        if (node.integer("training_mode", 0) != 0) {
            throw new Refusal(node, "is in training mode; export the network after model.eval()");
        }
        if (node.integer("spatial", 1) != 1) {
            throw new Refusal(node, "spatial = 0 is not supported");
        }
        Value.Signal x = graph.signal(node, 0);
        if (x.dims().length == 0) {
            throw new Refusal(node, "input without a channel axis");
        }
        int channels = x.dims()[0];
        double[][] v = new double[4][];
        for (int i = 0; i < 4; i++) {
            Value.Constant c = graph.weights(node, i + 1);
            if (c.data().length != channels) {
                throw new Refusal(node, "tensor " + Text.quote(c.name()) + " has " + c.data().length + " values for "
                    + channels + " channels");
            }
            v[i] = c.data();
        }
        double epsilon = node.attributes().containsKey("epsilon") ? node.real("epsilon", 0) : 1e-5f;
        int n = Value.elements(x.dims());
        int plane = n / channels;
        double[] factor = new double[n];
        double[] summand = new double[n];
        for (int c = 0; c < channels; c++) {
            double variance = v[3][c] + epsilon;
            double f = v[0][c] / Math.sqrt(variance);
            if (!(variance > 0) || Double.isInfinite(f)) {
                throw new Refusal(node, "variance " + v[3][c] + " + epsilon " + epsilon + " of channel " + c + " is not positive");
            }
            Arrays.fill(factor, c * plane, (c + 1) * plane, f);
            Arrays.fill(summand, c * plane, (c + 1) * plane, v[1][c] - v[2][c] * f);
        }
        return affine(x, factor, summand, node);
    }

    /** Neg. */
    Value negate(OnnxNode node) {
        return affine(node, graph.value(node, 0), Value.scalar(-1), null, 1);
    }
}
