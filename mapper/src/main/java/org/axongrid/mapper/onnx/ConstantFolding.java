package org.axongrid.mapper.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Computes nodes whose inputs are all known: the Shape - Gather - Concat chains of {@code view()}, transposed weights, scalars of the
 * activation. An unknown batch size is NaN and stays NaN through arithmetic.
 */
final class ConstantFolding {
    private long budget = 2L * Value.MOST_ELEMENTS;

    /**
     * @param node   a node
     * @param inputs its inputs, all known; null for those left out
     * @return its output, null if the operation cannot be computed here
     */
    Value.Constant fold(OnnxNode node, List<Value.Constant> inputs) {
        if (inputs.isEmpty() || inputs.get(0) == null) {
            return null;
        }
        Value.Constant x = inputs.get(0);
        return switch (node.op()) {
            case "Identity", "Dropout" -> x;
            case "Add", "Sum" -> pairwise(node, inputs, Double::sum);
            case "Sub" -> binary(node, x, need(node, inputs, 1), (a, b) -> a - b);
            case "Mul" -> binary(node, x, need(node, inputs, 1), (a, b) -> a * b);
            case "Div" -> binary(node, x, need(node, inputs, 1), x.integer() ? (a, b) -> truncate(a / b) : (a, b) -> a / b);
            case "Min" -> pairwise(node, inputs, Math::min);
            case "Max" -> pairwise(node, inputs, Math::max);
            case "Neg" -> unary(x, a -> -a);
            case "Floor" -> unary(x, Math::floor);
            case "Relu" -> unary(x, a -> Math.max(a, 0));
            case "Sqrt" -> unary(x, Math::sqrt);
            case "Reciprocal" -> unary(x, a -> 1 / a);
            case "Cast" -> cast(node, x);
            case "Shape" -> integers(Arrays.stream(x.dims()).asDoubleStream().toArray());
            case "ConstantOfShape" -> filled(node, x);
            case "Reshape" -> view(x, resolve(node, need(node, inputs, 1).longs(), x.data().length, x.dims()));
            case "Flatten" -> flatten(node, x);
            case "Unsqueeze" -> view(x, Extents.unsqueezed(x.dims(), axes(node, inputs)));
            case "Squeeze" -> view(x, Extents.squeezed(x.dims(), axes(node, inputs)));
            case "Transpose" -> transpose(node, x);
            case "Concat" -> concat(node, inputs);
            case "Gather" -> gather(node, x, need(node, inputs, 1));
            case "Slice" -> slice(node, inputs);
            default -> null;
        };
    }

    private static double truncate(double v) {
        return v < 0 ? Math.ceil(v) : Math.floor(v);
    }

    private Value.Constant made(boolean integer, int[] dims, double[] data) {
        return new Value.Constant("", integer, false, dims, data);
    }

    /** Charges computed tensors to one budget, so that a chain of doublings ends in a message. */
    private int charge(OnnxNode node, int[] dims) {
        long n = 1;
        for (int d : dims) {
            n *= d;
            if (n > budget) {
                throw new Refusal(node, "a computed constant of " + Text.dims(dims) + " values is too large");
            }
        }
        budget -= n;
        return (int) n;
    }

    static Value.Constant integers(double[] values) {
        return new Value.Constant("", true, false, new int[] {values.length}, values);
    }

    private Value.Constant view(Value.Constant x, int[] dims) {
        return new Value.Constant(x.name(), x.integer(), x.declared(), dims, x.data());
    }

    private Value.Constant unary(Value.Constant x, DoubleUnaryOperator f) {
        return made(x.integer(), x.dims(), Arrays.stream(x.data()).map(f).toArray());
    }

    private Value.Constant pairwise(OnnxNode node, List<Value.Constant> inputs, DoubleBinaryOperator f) {
        Value.Constant out = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            out = binary(node, out, inputs.get(i), f);
        }
        return out;
    }

    private Value.Constant binary(OnnxNode node, Value.Constant x, Value.Constant y, DoubleBinaryOperator f) {
        if (y == null) {
            throw new Refusal(node, "an input is missing");
        }
        int[] dims = Extents.broadcast(x.dims(), y.dims());
        if (dims == null) {
            throw new Refusal(node, "shapes " + Text.dims(x.dims()) + " and " + Text.dims(y.dims()) + " do not broadcast");
        }
        double[] out = new double[charge(node, dims)];
        int[] xs = Extents.broadcastStrides(x.dims(), dims.length);
        int[] ys = Extents.broadcastStrides(y.dims(), dims.length);
        for (int i = 0; i < out.length; i++) {
            out[i] = f.applyAsDouble(x.data()[Extents.at(i, dims, xs)], y.data()[Extents.at(i, dims, ys)]);
        }
        return made(x.integer(), dims, out);
    }

    private Value.Constant cast(OnnxNode node, Value.Constant x) {
        long to = node.integer("to", 1);
        boolean floating = to == 1 || to == 10 || to == 11 || to == 16;
        if (floating == !x.integer()) {
            return x;
        }
        return floating ? made(false, x.dims(), x.data())
            : made(true, x.dims(), Arrays.stream(x.data()).map(ConstantFolding::truncate).toArray());
    }

    private Value.Constant filled(OnnxNode node, Value.Constant shape) {
        OnnxAttribute value = node.attributes().get("value");
        double fill = 0;
        boolean integer = false;
        if (value != null && value.tensor() != null) {
            double[] one = value.tensor().values();
            if (one.length != 1) {
                throw new Refusal(node, "the value attribute has " + one.length + " values, not one");
            }
            fill = one[0];
            integer = !value.tensor().floating();
        }
        int[] dims = ints(node, shape);
        double[] out = new double[charge(node, dims)];
        Arrays.fill(out, fill);
        return made(integer, dims, out);
    }

    private static int[] ints(OnnxNode node, Value.Constant c) {
        int[] out = new int[c.data().length];
        for (int i = 0; i < out.length; i++) {
            double d = c.data()[i];
            if (!(d >= 0 && d <= Integer.MAX_VALUE)) {
                throw new Refusal(node, "extent " + d + " is not usable");
            }
            out[i] = (int) d;
        }
        return out;
    }

    private Value.Constant flatten(OnnxNode node, Value.Constant x) {
        int axis = Extents.axis(node, node.integer("axis", 1), x.dims().length + 1);
        int rows = 1;
        for (int i = 0; i < axis; i++) {
            rows *= x.dims()[i];
        }
        return view(x, new int[] {rows, rows == 0 ? 0 : x.data().length / rows});
    }

    private static int[] resolve(OnnxNode node, long[] target, int elements, int[] from) {
        int[] out = new int[target.length];
        int open = -1;
        long rest = 1;
        for (int i = 0; i < out.length; i++) {
            long d = target[i] == 0 && i < from.length && node.integer("allowzero", 0) == 0 ? from[i] : target[i];
            if (d == -1 && open < 0) {
                open = i;
                continue;
            }
            if (d < 0 || d > Integer.MAX_VALUE) {
                throw new Refusal(node, "cannot reshape to " + Text.dims(target));
            }
            out[i] = (int) d;
            rest *= Math.max(d, 1);
            if (rest > Integer.MAX_VALUE) {
                throw new Refusal(node, "cannot reshape to " + Text.dims(target));
            }
        }
        if (open >= 0) {
            out[open] = (int) (elements / rest);
            rest *= out[open];
        }
        if (rest != elements) {
            throw new Refusal(node, "cannot reshape " + elements + " values to " + Text.dims(target));
        }
        return out;
    }

    private Value.Constant transpose(OnnxNode node, Value.Constant x) {
        int rank = x.dims().length;
        int[] perm = Extents.permutation(node, rank);
        int[] strides = Extents.strides(x.dims());
        int[] dims = new int[rank];
        int[] from = new int[rank];
        for (int i = 0; i < rank; i++) {
            dims[i] = x.dims()[perm[i]];
            from[i] = strides[perm[i]];
        }
        double[] out = new double[charge(node, dims)];
        for (int i = 0; i < out.length; i++) {
            out[i] = x.data()[Extents.at(i, dims, from)];
        }
        return made(x.integer(), dims, out);
    }

    private Value.Constant concat(OnnxNode node, List<Value.Constant> inputs) {
        if (inputs.contains(null)) {
            throw new Refusal(node, "an input is missing");
        }
        int[] dims = inputs.get(0).dims().clone();
        int axis = Extents.axis(node, node.integer("axis", 0), dims.length);
        long along = 0;
        for (Value.Constant c : inputs) {
            int[] d = c.dims().clone();
            if (d.length != dims.length) {
                throw new Refusal(node, "ranks differ");
            }
            along += d[axis];
            d[axis] = dims[axis];
            if (!Arrays.equals(d, dims) || along > Integer.MAX_VALUE) {
                throw new Refusal(node, "shapes differ in more than the axis");
            }
        }
        int[] outDims = dims.clone();
        outDims[axis] = (int) along;
        double[] out = new double[charge(node, outDims)];
        int inner = 1;
        for (int i = axis + 1; i < dims.length; i++) {
            inner *= dims[i];
        }
        int at = 0;
        while (at < out.length) {
            int row = at / Math.max((int) along * inner, 1);
            for (Value.Constant c : inputs) {
                int n = c.dims()[axis] * inner;
                System.arraycopy(c.data(), row * n, out, at, n);
                at += n;
            }
        }
        return made(inputs.get(0).integer(), outDims, out);
    }

    private Value.Constant gather(OnnxNode node, Value.Constant x, Value.Constant index) {
        int axis = Extents.axis(node, node.integer("axis", 0), x.dims().length);
        int extent = x.dims()[axis];
        int inner = 1;
        int outer = 1;
        int[] dims = new int[x.dims().length - 1 + index.dims().length];
        for (int i = 0; i < dims.length; i++) {
            boolean in = i >= axis && i < axis + index.dims().length;
            dims[i] = in ? index.dims()[i - axis] : x.dims()[i < axis ? i : i + 1 - index.dims().length];
            outer *= i < axis ? dims[i] : 1;
            inner *= i >= axis + index.dims().length ? dims[i] : 1;
        }
        double[] out = new double[charge(node, dims)];
        int picked = index.data().length;
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < picked; i++) {
                int at = Extents.axis(node, (long) index.data()[i], extent);
                System.arraycopy(x.data(), (o * extent + at) * inner, out, (o * picked + i) * inner, inner);
            }
        }
        return made(x.integer(), dims, out);
    }

    private Value.Constant slice(OnnxNode node, List<Value.Constant> inputs) {
        Value.Constant x = inputs.get(0);
        int rank = x.dims().length;
        Slices s = Slices.of(node, inputs, rank);
        int[] strides = Extents.strides(x.dims());
        int[] dims = new int[rank];
        int first = 0;
        for (int i = 0; i < rank; i++) {
            int[] range = s.range(i, x.dims()[i]);
            dims[i] = range[2];
            first += range[2] == 0 ? 0 : range[0] * strides[i];
            strides[i] *= range[1];
        }
        double[] out = new double[charge(node, dims)];
        for (int i = 0; i < out.length; i++) {
            out[i] = x.data()[first + Extents.at(i, dims, strides)];
        }
        return made(x.integer(), dims, out);
    }

    /** @return the axes of Squeeze and Unsqueeze: an input since opset 13, an attribute before; null if not given */
    static long[] axes(OnnxNode node, List<Value.Constant> inputs) {
        return inputs.size() > 1 && inputs.get(1) != null ? inputs.get(1).longs() : node.integers("axes");
    }

    private static Value.Constant need(OnnxNode node, List<Value.Constant> inputs, int index) {
        if (index >= inputs.size() || inputs.get(index) == null) {
            throw new Refusal(node, "input " + index + " is missing");
        }
        return inputs.get(index);
    }
}
