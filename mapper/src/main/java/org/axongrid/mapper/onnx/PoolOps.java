package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Average pooling: put in front of the next linear operation where that is exact, else made a kernel of its own; one with a border where windows are cut.
 */
final class PoolOps {
    private final GraphInterpreter graph;

    PoolOps(GraphInterpreter graph) {
        this.graph = graph;
    }

    /** AveragePool. */
    Value average(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        int spatial = in.dims().length - 1;
        if (spatial != 1 && spatial != 2 || node.integers("kernel_shape") == null) {
            throw new Refusal(node, "needs a kernel_shape and a map [N, C, L] or [N, C, H, W], got [N, "
                + Text.dims(in.dims()).substring(1));
        }
        int[] kernel = Window.pair(node, "kernel_shape", spatial);
        int[] dilation = Window.pair(node, "dilations", spatial);
        if (dilation[0] != 1 || dilation[1] != 1) {
            throw new Refusal(node, "dilated pooling is not supported");
        }
        Shape map = map(node, in);
        Window w = Window.of(node, spatial, kernel[0], kernel[1], in instanceof Reading r ? r.padding() : Padding.NONE, map);
        int[] dims = in.dims().clone();
        dims[dims.length - 1] = w.outW();
        if (spatial == 2) {
            dims[1] = w.outH();
        }
        Value.elements(dims);
        int[] rows = counts(node, w, true, map.height());
        int[] columns = counts(node, w, false, map.width());
        boolean whole = w.padding().none() && Arrays.stream(rows).allMatch(n -> n == w.kernelH()) && Arrays.stream(columns).allMatch(n -> n == w.kernelW());
        if (whole) {
            Pool pool = new Pool(w.kernelH(), w.kernelW(), w.strideH(), w.strideW());
            return pooled(node, in, p -> pool, dims);
        }
        LinearSum sum = in instanceof LinearSum s ? s : Activations.pointwise((Reading) in, node, 0, map.channels(), true);
        Shape out = new Shape(map.channels(), w.outH(), w.outW());
        return sum.then(cut(w, map.channels(), rows, columns), new double[map.channels()], out, dims, node);
    }

    /** How many positions a window's sum is divided by, in one direction: those inside of the map, and of the padding if it counts. */
    static int[] counts(OnnxNode node, Window w, boolean rows, int extent) {
        boolean include = node.integer("count_include_pad", 0) != 0;
        int before = rows ? w.padding().top() : w.padding().left();
        Padding counted = include ? w.padding() : w.ahead();
        int from = -(rows ? counted.top() : counted.left());
        int to = extent + (rows ? counted.bottom() : counted.right());
        int[] out = new int[rows ? w.outH() : w.outW()];
        for (int i = 0; i < out.length; i++) {
            int start = i * (rows ? w.strideH() : w.strideW()) - before;
            out[i] = Math.min(start + (rows ? w.kernelH() : w.kernelW()), to) - Math.max(start, from);
            if (out[i] < 1) {
                throw new Refusal(node, "has windows that lie in the padding altogether");
            }
        }
        return out;
    }

    /** Windows that are cut at the border divide by less than their area: a kernel with a border. */
    private static Kernel cut(Window w, int channels, int[] rows, int[] columns) {
        int[] rowClass = Border.classify(Arrays.stream(rows).boxed().toList());
        int[] columnClass = Border.classify(Arrays.stream(columns).boxed().toList());
        int columnClasses = Border.classes(columnClass);
        double[][] kernels = new double[Border.classes(rowClass) * columnClasses][];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < columns.length; x++) {
                int at = rowClass[y] * columnClasses + columnClass[x];
                kernels[at] = kernels[at] != null ? kernels[at] : Kernel.depthwise(w, channels, 1.0 / (rows[y] * columns[x])).kernel();
            }
        }
        return Kernel.depthwise(w, channels, 0).with(kernels[0], kernels.length == 1 ? null : new Border(rowClass, columnClass, kernels));
    }

    /** @return the map that windows are laid over; refused if it was reshaped */
    static Shape map(OnnxNode node, Value.Signal in) {
        if (in instanceof Reading r) {
            Shape map = r.map();
            if (!r.fits(map)) {
                throw new Refusal(node, "reads a map reshaped to " + Text.dims(in.dims()));
            }
            return map;
        }
        Shape s = ((LinearSum) in).shape();
        int[] d = in.dims();
        if (d.length < 2 || d[0] != s.channels() || d[d.length - 1] != s.width() || (d.length == 3 ? d[1] : 1) != s.height() || d.length > 3) {
            throw new Refusal(node, "reads a map reshaped to " + Text.dims(d));
        }
        return s;
    }

    /** Mean over the whole map. */
    Value global(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        if (in.dims().length < 2) {
            throw new Refusal(node, "needs a map, got [N, " + Text.dims(in.dims()).substring(1));
        }
        int[] dims = new int[in.dims().length];
        Arrays.fill(dims, 1);
        dims[0] = in.dims()[0];
        return whole(node, in, dims);
    }

    /** ReduceMean over spatial axes. */
    Value reduceMean(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        int rank = in.dims().length + 1;
        long[] axes = node.input(1).isEmpty() ? node.integers("axes") : graph.constant(node, 1).longs();
        if (axes == null || axes.length == 0) {
            throw new Refusal(node, "without axes it averages over the batch, too");
        }
        boolean[] reduced = new boolean[rank];
        for (long a : axes) {
            reduced[Extents.axis(node, a, rank)] = true;
        }
        if (reduced[0] || reduced[1]) {
            throw new Refusal(node, "only spatial axes can be averaged, got axes " + Text.dims(axes));
        }
        boolean keep = node.integer("keepdims", 1) != 0;
        int[] dims = in.dims().clone();
        List<Integer> kept = new ArrayList<>();
        boolean all = true;
        for (int i = 0; i < dims.length; i++) {
            boolean gone = reduced[i + 1];
            all &= i == 0 || gone;
            dims[i] = gone ? 1 : dims[i];
            if (keep || !gone) {
                kept.add(dims[i]);
            }
        }
        Value.Signal out;
        if (all) {
            out = whole(node, in, dims);
        } else {
            Shape map = in instanceof Reading r ? r.map() : ((LinearSum) in).shape();
            if (in.dims().length != 3 || in instanceof Reading r && (!r.fits(map) || !r.padding().none())) {
                throw new Refusal(node, "averages some axes of [N, " + Text.dims(in.dims()).substring(1));
            }
            Pool pool = reduced[2] ? new Pool(map.height(), 1, map.height(), 1) : new Pool(1, map.width(), 1, map.width());
            out = pooled(node, in, p -> pool, dims);
        }
        return out.as(kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private Value.Signal whole(OnnxNode node, Value.Signal in, int[] dims) {
        if (in instanceof Reading r) {
            if (!r.padding().none()) {
                throw new Refusal(node, "averages a zero-padded map");
            }
            r.map();
            return pooled(node, in, p -> new Pool(p.height(), p.width(), p.height(), p.width()), dims);
        }
        Shape s = ((LinearSum) in).shape();
        return pooled(node, in, p -> new Pool(s.height(), s.width(), s.height(), s.width()), dims);
    }

    /** Pools windows that lie inside the map. {@code pool} gets null for a sum. */
    private static Value.Signal pooled(OnnxNode node, Value.Signal in, Function<Part, Pool> pool, int[] dims) {
        if (in instanceof LinearSum sum) {
            return pooledSum(node, sum, pool.apply(null), dims);
        }
        Reading r = (Reading) in;
        List<Part> parts = new ArrayList<>();
        for (Part p : r.parts()) {
            Pool composed = Part.compose(p.pool(), pool.apply(p));
            if (composed == null) {
                return pooledSum(node, Activations.sum(r, node), pool.apply(p), dims);
            }
            if (!p.channelwise()) {
                throw new Refusal(node, "its input is scaled or shifted differently from position to position");
            }
            parts.add(new Part(p.source(), composed, p.scale(), p.shift()));
        }
        return new Reading(List.copyOf(parts), dims, Padding.NONE);
    }

    private static LinearSum pooledSum(OnnxNode node, LinearSum sum, Pool pool, int[] dims) {
        Shape s = sum.shape();
        if (dims.length > 1 && !(sum.dims().length == 3 ? sum.dims()[1] == s.height() && sum.dims()[2] == s.width()
            : sum.dims()[1] == s.positions())) {
            throw new Refusal(node, "reads a map reshaped to " + Text.dims(sum.dims()));
        }
        Shape out = new Shape(s.channels(), pool.outHeight(s.height()), pool.outWidth(s.width()));
        Window w = new Window(pool.kernelH(), pool.kernelW(), pool.strideH(), pool.strideW(), 1, 1, Padding.NONE, Padding.NONE, out.height(), out.width());
        Kernel average = Kernel.depthwise(w, s.channels(), 1.0 / pool.area());
        List<Term> terms = new ArrayList<>();
        for (Term t : sum.terms()) {
            Pool composed = t.kernel().isPointwise() && t.height() == s.height() && t.width() == s.width() ? Part.compose(t.pool(), pool) : null;
            terms.add(composed == null ? t.then(average, s, out) : t.pooled(composed));
        }
        return new LinearSum(node.label(), sum.name(), out, dims, List.copyOf(terms), sum.bias());
    }
}
