package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Average pooling: put in front of the next linear operation where that is exact, else made a kernel of its own. Max pooling: a population
 * of its own.
 */
final class PoolOps {
    private final GraphInterpreter graph;

    PoolOps(GraphInterpreter graph) {
        this.graph = graph;
    }

    /** AveragePool. */
    Value average(OnnxNode node) {
        Value.Signal in = graph.signal(node, 0);
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
        Shape map = in instanceof Reading r ? r.map() : ((LinearSum) in).shape();
        Padding ahead = in instanceof Reading r ? r.padding() : Padding.NONE;
        Window w = Window.of(node, spatial, kernel[0], kernel[1], ahead, map);
        if (node.integer("ceil_mode", 0) != 0) {
            needWhole(node, map.height() + w.padding().top() + w.padding().bottom(), w.kernelH(), w.strideH());
            needWhole(node, map.width() + w.padding().left() + w.padding().right(), w.kernelW(), w.strideW());
        }
        if (!w.padding().none()) {
            boolean own = !w.padding().equals(ahead);
            if (own && node.integer("count_include_pad", 0) == 0) {
                throw new Refusal(node, "padding with count_include_pad = 0 divides border windows by less than the area, which shared weights"
                    + " cannot express; pool without padding or with count_include_pad = 1");
            }
            return padded(node, in, map, w);
        }
        Pool pool = new Pool(w.kernelH(), w.kernelW(), w.strideH(), w.strideW());
        int[] dims = in.dims().clone();
        dims[dims.length - 1] = w.outW();
        if (spatial == 2) {
            dims[1] = w.outH();
        }
        if (in instanceof Reading r && !r.fits(map)) {
            throw new Refusal(node, "reads a map reshaped to " + Text.dims(in.dims()));
        }
        return pooled(node, in, p -> pool, dims);
    }

    /** MaxPool: a population of its own, of the windows of one activated map; padding never is the largest. */
    Value max(OnnxNode node, Activations activations) {
        if (!(graph.signal(node, 0) instanceof Reading r)) {
            throw new Refusal(node, "pools an un-activated sum; put the activation in front of it");
        }
        int spatial = r.dims().length - 1;
        if (spatial != 1 && spatial != 2 || node.integers("kernel_shape") == null) {
            throw new Refusal(node, "needs a kernel_shape and a map [N, C, L] or [N, C, H, W], got [N, " + Text.dims(r.dims()).substring(1));
        }
        Shape map = r.map();
        Part p = r.parts().get(0);
        if (!r.plain() || !r.fits(map) || p.source().isInput()) {
            throw new Refusal(node, "is supported directly behind the activation of one population");
        }
        int[] kernel = Window.pair(node, "kernel_shape", spatial);
        Window w = Window.of(node, spatial, kernel[0], kernel[1], Padding.NONE, map);
        if (node.integer("ceil_mode", 0) != 0) {
            needWhole(node, map.height() + w.padding().top() + w.padding().bottom(), w.kernelH(), w.strideH());
            needWhole(node, map.width() + w.padding().left() + w.padding().right(), w.kernelW(), w.strideW());
        }
        int c = map.channels();
        double[] ones = new double[Math.multiplyExact(w.kernelH() * w.kernelW(), c)];
        Arrays.fill(ones, 1);
        int[] dims = spatial == 2 ? new int[] {c, w.outH(), w.outW()} : new int[] {c, w.outW()};
        Value.elements(dims);
        Term windows = new Term(p.source(), Pool.NONE, w.kernelH(), w.kernelW(), w.strideH(), w.strideW(), w.padding().top(), w.padding().left(),
            w.dilationH(), w.dilationW(), c, c, ones);
        String name = node.name().isEmpty() ? node.outputs().get(0) : node.name();
        return Reading.of(activations.maxPool(name, new Shape(c, w.outH(), w.outW()), windows), dims);
    }

    private static void needWhole(OnnxNode node, int extent, int kernel, int stride) {
        if ((extent - kernel) % stride != 0) {
            throw new Refusal(node, "ceil_mode adds a partial window here (" + extent + " positions, kernel " + kernel + ", stride " + stride
                + "), which shared weights cannot express; export with ceil_mode = 0");
        }
    }

    /** Mean over the whole map. */
    Value global(OnnxNode node) {
        Value.Signal in = graph.signal(node, 0);
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
        Value.Signal in = graph.signal(node, 0);
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
        sum.claim(node);
        List<Term> terms = new ArrayList<>();
        for (Term t : sum.terms()) {
            Pool composed = t.pointwise() && t.pool().outHeight(t.source().shape().height()) == s.height()
                && t.pool().outWidth(t.source().shape().width()) == s.width() ? Part.compose(t.pool(), pool) : null;
            terms.add(composed == null ? t.averaged(pool) : t.pooled(composed));
        }
        return new LinearSum(node.label(), sum.name(), out, dims, List.copyOf(terms), sum.bias(), new LinearSum.Use());
    }

    /** Windows that include padding zeros: a depthwise kernel of equal weights with that padding. */
    private static Value padded(OnnxNode node, Value.Signal in, Shape map, Window w) {
        if (!(in instanceof Reading r)) {
            throw new Refusal(node, "padded pooling of the un-activated result of " + ((LinearSum) in).origin() + " is not supported");
        }
        if (!r.fits(map) || r.parts().size() != 1 || r.parts().get(0).shift() != null || !r.parts().get(0).channelwise()) {
            throw new Refusal(node, "padded pooling is supported only of one population's un-shifted map");
        }
        Part p = r.parts().get(0);
        int c = map.channels();
        int taps = w.kernelH() * w.kernelW();
        double[] kernel = new double[Math.multiplyExact(taps, c)];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = p.scaleAt(i % c * map.positions()) / taps;
        }
        Term t = new Term(p.source(), p.pool(), w.kernelH(), w.kernelW(), w.strideH(), w.strideW(), w.padding().top(), w.padding().left(), 1,
            1, c, c, kernel);
        int[] dims = r.dims().length == 3 ? new int[] {c, w.outH(), w.outW()} : new int[] {c, w.outW()};
        Value.elements(dims);
        return LinearSum.of(node, new Shape(c, w.outH(), w.outW()), dims, List.of(t), new double[c]);
    }
}
