package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import org.axongrid.mapper.network.Shape;

/**
 * Computes nodes on one image, in double precision: what {@link ConstantFolding} can, and what networks have in front of their first activation. Batch axis
 * first, of extent 1; maps are channels first.
 */
final class HostOps {
    /** Operations of a host in front of the first activation. Rectifiers and roundings are not among them: those are neurons. */
    private static final Set<String> OPERATIONS = Set.of("Identity", "Dropout", "Cast", "Add", "Sum", "Sub", "Mul", "Div", "Neg", "Sqrt", "Abs", "Exp", "Log",
        "Pow", "Reciprocal", "BatchNormalization", "Conv", "Gemm", "MatMul", "AveragePool", "MaxPool", "GlobalAveragePool", "GlobalMaxPool", "ReduceMean",
        "ReduceMax", "ReduceMin", "ReduceSum", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Concat", "Gather", "Pad", "Slice", "Constant");

    private final ConstantFolding folding = new ConstantFolding();
    private final double batch;

    /** @param batch the batch size that the model was exported with, NaN if it is open; a host has one image at a time */
    HostOps(double batch) {
        this.batch = batch;
    }

    /** @return whether a node is for a host */
    static boolean has(OnnxNode node) {
        return Operations.standard(node) && OPERATIONS.contains(node.op()) && node.outputs().size() >= 1;
    }

    /**
     * @param node   a node
     * @param inputs its inputs, {@code null} for those left out
     * @return its first output
     * @throws Refusal if it cannot be computed
     */
    Value.Constant apply(OnnxNode node, List<Value.Constant> inputs) {
        if (inputs.isEmpty() || inputs.get(0) == null) {
            throw new Refusal(node, "has no input");
        }
        Value.Constant x = inputs.get(0);
        boolean weighted = List.of("Conv", "Gemm", "MatMul", "BatchNormalization").contains(node.op());
        if (weighted && inputs.stream().anyMatch(c -> c != null && c.integer())) {
            throw new Refusal(node, "holds integers, floating-point weights are expected");
        }
        return switch (node.op()) {
            case "Conv" -> conv(node, inputs);
            case "Gemm" -> gemm(node, inputs);
            case "MatMul" -> product(node, x, need(node, inputs, 1));
            case "BatchNormalization" -> batchNorm(node, inputs);
            case "AveragePool", "MaxPool" -> pool(node, x);
            case "GlobalAveragePool", "GlobalMaxPool" -> reduce(node, x, from(2, x.dims().length), true);
            case "ReduceMean", "ReduceMax", "ReduceMin", "ReduceSum" -> reduce(node, x, axes(node, inputs), node.integer("keepdims", 1) != 0);
            case "Pad" -> pad(node, inputs);
            case "Reshape" -> folding.fold(node, List.of(x, oneImage(need(node, inputs, 1))));
            default -> {
                Value.Constant out = folding.fold(node, inputs);
                if (out == null) {
                    throw new Refusal(Operations.unsupported(node));
                }
                yield out;
            }
        };
    }

    /** A target shape that names the exported batch size names one image. */
    private Value.Constant oneImage(Value.Constant target) {
        double[] dims = target.data().clone();
        if (dims.length > 0 && (dims[0] == batch || Double.isNaN(dims[0]))) {
            dims[0] = 1;
        }
        return new Value.Constant(target.name(), true, false, target.dims(), dims);
    }

    private static Value.Constant made(int[] dims, double[] data) {
        return new Value.Constant("", false, false, dims, data);
    }

    private static Value.Constant need(OnnxNode node, List<Value.Constant> inputs, int index) {
        if (index >= inputs.size() || inputs.get(index) == null) {
            throw new Refusal(node, "input " + index + " is missing");
        }
        return inputs.get(index);
    }

    private static double[] floats(OnnxNode node, List<Value.Constant> inputs, int index, int length) {
        if (index >= inputs.size() || inputs.get(index) == null) {
            return new double[length];
        }
        if (inputs.get(index).data().length != length) {
            throw new Refusal(node, "input " + index + " has " + inputs.get(index).data().length + " values, not " + length);
        }
        return inputs.get(index).data();
    }

    private static Shape map(OnnxNode node, Value.Constant x) {
        int[] d = x.dims();
        if (d.length != 3 && d.length != 4 || d[0] != 1) {
            throw new Refusal(node, "needs a map [N, C, L] or [N, C, H, W], got " + Text.dims(d));
        }
        return new Shape(d[1], d.length == 4 ? d[2] : 1, d[d.length - 1]);
    }

    private static int[] dims(Value.Constant like, int channels, Window w) {
        int[] out = like.dims().length == 4 ? new int[] {1, channels, w.outH(), w.outW()} : new int[] {1, channels, w.outW()};
        Value.elements(out);
        return out;
    }

    private static Value.Constant conv(OnnxNode node, List<Value.Constant> inputs) {
        Value.Constant x = inputs.get(0);
        Value.Constant w = need(node, inputs, 1);
        Shape map = map(node, x);
        if (w.dims().length != x.dims().length) {
            throw new Refusal(node, "weights " + Text.dims(w.dims()) + " on an input of " + Text.dims(x.dims()));
        }
        int kernelH = w.dims().length == 4 ? w.dims()[2] : 1;
        int kernelW = w.dims()[w.dims().length - 1];
        int out = w.dims()[0];
        int perGroup = w.dims()[1];
        int groups = (int) node.integer("group", 1);
        if (groups < 1 || out % groups != 0 || perGroup * groups != map.channels()) {
            throw new Refusal(node, "weights " + Text.dims(w.dims()) + " in " + groups + " groups do not fit " + map.channels() + " input channels");
        }
        Window at = Window.of(node, x.dims().length - 2, kernelH, kernelW, Padding.NONE, map);
        double[] bias = floats(node, inputs, 2, out);
        int[] dims = dims(x, out, at);
        double[] y = new double[out * at.outH() * at.outW()];
        for (int o = 0; o < out; o++) {
            Arrays.fill(y, o * at.outH() * at.outW(), (o + 1) * at.outH() * at.outW(), bias[o]);
            for (int i = 0; i < perGroup; i++) {
                int plane = (o / (out / groups) * perGroup + i) * map.positions();
                for (int k = 0; k < kernelH * kernelW; k++) {
                    double weight = w.data()[(o * perGroup + i) * kernelH * kernelW + k];
                    int top = k / kernelW * at.dilationH() - at.padding().top();
                    int left = k % kernelW * at.dilationW() - at.padding().left();
                    for (int r = 0; r < at.outH(); r++) {
                        int row = r * at.strideH() + top;
                        for (int c = 0; row >= 0 && row < map.height() && c < at.outW(); c++) {
                            int column = c * at.strideW() + left;
                            if (column >= 0 && column < map.width()) {
                                y[(o * at.outH() + r) * at.outW() + c] += weight * x.data()[plane + row * map.width() + column];
                            }
                        }
                    }
                }
            }
        }
        return made(dims, y);
    }

    private static Value.Constant pool(OnnxNode node, Value.Constant x) {
        Shape map = map(node, x);
        boolean largest = node.op().equals("MaxPool");
        if (node.integers("kernel_shape") == null) {
            throw new Refusal(node, "has no kernel_shape");
        }
        int[] kernel = Window.pair(node, "kernel_shape", x.dims().length - 2);
        Window w = Window.of(node, x.dims().length - 2, kernel[0], kernel[1], Padding.NONE, map);
        int[] rows = largest ? null : PoolOps.counts(node, w, true, map.height());
        int[] columns = largest ? null : PoolOps.counts(node, w, false, map.width());
        double[] y = new double[map.channels() * w.outH() * w.outW()];
        for (int i = 0; i < y.length; i++) {
            int r = i / w.outW() % w.outH();
            int c = i % w.outW();
            double value = largest ? Double.NEGATIVE_INFINITY : 0;
            for (int k = 0; k < w.kernelH() * w.kernelW(); k++) {
                int row = r * w.strideH() + k / w.kernelW() * w.dilationH() - w.padding().top();
                int column = c * w.strideW() + k % w.kernelW() * w.dilationW() - w.padding().left();
                if (row >= 0 && row < map.height() && column >= 0 && column < map.width()) {
                    double v = x.data()[(i / w.outW() / w.outH() * map.height() + row) * map.width() + column];
                    value = largest ? Math.max(value, v) : value + v;
                }
            }
            if (Double.isInfinite(value)) {
                throw new Refusal(node, "has windows that lie in the padding altogether");
            }
            y[i] = largest ? value : value / (rows[r] * columns[c]);
        }
        return made(dims(x, map.channels(), w), y);
    }

    private static Value.Constant gemm(OnnxNode node, List<Value.Constant> inputs) {
        Value.Constant a = inputs.get(0);
        Value.Constant b = need(node, inputs, 1);
        if (node.integer("transA", 0) != 0 || a.dims().length != 2 || b.dims().length != 2) {
            throw new Refusal(node, "is no product of an image's features and weights");
        }
        boolean transposed = node.integer("transB", 0) != 0;
        double[] y = product(node, a.data(), 1, b, transposed);
        double alpha = node.real("alpha", 1);
        double beta = node.real("beta", 1);
        double[] c = inputs.size() > 2 && inputs.get(2) != null && inputs.get(2).data().length == 1 ? filled(y.length, inputs.get(2).data()[0])
            : floats(node, inputs, 2, y.length);
        for (int i = 0; i < y.length; i++) {
            y[i] = alpha * y[i] + beta * c[i];
        }
        return made(new int[] {1, y.length}, y);
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    private static Value.Constant product(OnnxNode node, Value.Constant a, Value.Constant b) {
        if (b.dims().length != 2 || a.dims().length < 1) {
            throw new Refusal(node, "weights of shape " + Text.dims(b.dims()) + ", a matrix is expected");
        }
        int[] dims = a.dims().clone();
        int rows = 1;
        for (int i = 0; i < dims.length - 1; i++) {
            rows *= dims[i];
        }
        dims[dims.length - 1] = b.dims()[1];
        Value.elements(dims);
        return made(dims, product(node, a.data(), rows, b, false));
    }

    private static double[] product(OnnxNode node, double[] a, int rows, Value.Constant b, boolean transposed) {
        int features = b.dims()[transposed ? 1 : 0];
        int out = b.dims()[transposed ? 0 : 1];
        if ((long) features * rows != a.length) {
            throw new Refusal(node, "weights " + Text.dims(b.dims()) + " do not fit " + a.length / rows + " features");
        }
        double[] y = new double[Math.multiplyExact(rows, out)];
        for (int r = 0; r < rows; r++) {
            for (int f = 0; f < features; f++) {
                for (int o = 0; o < out; o++) {
                    y[r * out + o] += a[r * features + f] * b.data()[transposed ? o * features + f : f * out + o];
                }
            }
        }
        return y;
    }

    private static Value.Constant batchNorm(OnnxNode node, List<Value.Constant> inputs) {
        Value.Constant x = inputs.get(0);
        int channels = x.dims().length < 2 ? 0 : x.dims()[1];
        if (node.integer("training_mode", 0) != 0 || node.integer("spatial", 1) != 1 || channels == 0) {
            throw new Refusal(node, "is in training mode, or not by channel");
        }
        double epsilon = node.attributes().containsKey("epsilon") ? node.real("epsilon", 0) : 1e-5f;
        double[][] v = new double[4][];
        for (int i = 0; i < 4; i++) {
            need(node, inputs, i + 1);
            v[i] = floats(node, inputs, i + 1, channels);
        }
        double[] y = new double[x.data().length];
        for (int i = 0; i < y.length; i++) {
            int c = i / (y.length / channels);
            y[i] = (x.data()[i] - v[2][c]) * v[0][c] / Math.sqrt(v[3][c] + epsilon) + v[1][c];
        }
        return made(x.dims(), y);
    }

    private static long[] from(int first, int rank) {
        long[] out = new long[Math.max(0, rank - first)];
        Arrays.setAll(out, i -> first + i);
        return out;
    }

    private static long[] axes(OnnxNode node, List<Value.Constant> inputs) {
        long[] axes = ConstantFolding.axes(node, inputs);
        return axes == null ? from(1, inputs.get(0).dims().length) : axes;
    }

    private static Value.Constant reduce(OnnxNode node, Value.Constant x, long[] axes, boolean keep) {
        int rank = x.dims().length;
        boolean[] gone = new boolean[rank];
        for (long a : axes) {
            gone[Extents.axis(node, a, rank)] = true;
        }
        int[] small = x.dims().clone();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            small[i] = gone[i] ? 1 : small[i];
            if (keep || !gone[i]) {
                kept.add(small[i]);
            }
        }
        boolean sum = node.op().equals("ReduceSum");
        boolean mean = sum || node.op().equals("ReduceMean") || node.op().equals("GlobalAveragePool");
        DoubleBinaryOperator f = mean ? Double::sum : node.op().equals("ReduceMin") ? Math::min : Math::max;
        double[] y = new double[Value.elements(small)];
        Arrays.fill(y, mean ? 0 : node.op().equals("ReduceMin") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        int[] strides = Extents.broadcastStrides(small, rank);
        for (int i = 0; i < x.data().length; i++) {
            int at = Extents.at(i, x.dims(), strides);
            y[at] = f.applyAsDouble(y[at], x.data()[i]);
        }
        if (mean && !sum) {
            double share = (double) y.length / x.data().length;
            Arrays.setAll(y, i -> y[i] * share);
        }
        return made(kept.stream().mapToInt(Integer::intValue).toArray(), y);
    }

    /** Padding by a constant, or by what is inside: reflected, or the edge repeated, or from the other side. */
    private static Value.Constant pad(OnnxNode node, List<Value.Constant> inputs) {
        Value.Constant x = inputs.get(0);
        int rank = x.dims().length;
        long[] pads = inputs.size() > 1 && inputs.get(1) != null ? inputs.get(1).longs() : node.integers("pads");
        long[] axes = inputs.size() > 3 && inputs.get(3) != null ? inputs.get(3).longs() : from(0, rank);
        double fill = inputs.size() > 2 && inputs.get(2) != null ? inputs.get(2).data()[0] : node.real("value", 0);
        String mode = node.string("mode", "constant");
        if (pads == null || pads.length != 2 * axes.length || !Set.of("constant", "reflect", "edge", "wrap").contains(mode)) {
            throw new Refusal(node, "pads are missing or do not match the axes, or the mode is unknown");
        }
        int[] before = new int[rank];
        int[] dims = x.dims().clone();
        for (int i = 0; i < axes.length; i++) {
            int axis = Extents.axis(node, axes[i], rank);
            if (Math.abs(pads[i]) > 1 << 20 || Math.abs(pads[axes.length + i]) > 1 << 20) {
                throw new Refusal(node, "padding by " + Text.dims(pads));
            }
            before[axis] = (int) pads[i];
            dims[axis] += (int) (pads[i] + pads[axes.length + i]);
        }
        double[] y = new double[Value.elements(dims)];
        int[] strides = Extents.strides(x.dims());
        int[] own = Extents.strides(dims);
        for (int i = 0; i < y.length; i++) {
            int from = 0;
            for (int a = 0; a < rank && from >= 0; a++) {
                int at = inside(mode, i / own[a] % dims[a] - before[a], x.dims()[a]);
                from = at < 0 ? -1 : from + at * strides[a];
            }
            y[i] = from < 0 ? fill : x.data()[from];
        }
        return made(dims, y);
    }

    private static int inside(String mode, int at, int extent) {
        if (at >= 0 && at < extent) {
            return at;
        }
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(at, extent - 1));
            case "wrap" -> Math.floorMod(at, extent);
            case "reflect" -> {
                int period = Math.max(1, 2 * (extent - 1));
                int m = Math.floorMod(at, period);
                yield m < extent ? m : period - m;
            }
            default -> -1;
        };
    }
}
