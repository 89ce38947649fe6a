package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that only look at a signal in another way, concatenate signals, or pick and pad positions. */
final class ViewOps {
    private static final int MOST_PARTS = 4096;

    private final GraphInterpreter graph;

    ViewOps(GraphInterpreter graph) {
        this.graph = graph;
    }

    private Value view(Value.Signal s, int[] dims) {
        if (s instanceof Reading r && r.plain() && r.dims().length < 3) {
            Source input = r.parts().get(0).source();
            int[] from = r.dims();
            if (dims.length == 3) {
                input.reshape(new Shape(dims[0], dims[1], dims[2]));
            } else if (dims.length == 2 && from.length == 1) {
                input.reshape(new Shape(dims[0], 1, dims[1]));
            } else if (dims.length == 1 && from.length == 2) {
                // [N, H, W] flattened at once: an image without a channel axis.
                input.reshape(new Shape(1, from[0], from[1]));
            }
        }
        return s.as(dims);
    }

    /** Shape: a known vector but for the batch size. */
    Value shape(OnnxNode node) {
        Value v = graph.value(node, 0);
        Value.Signal s = v instanceof Staged staged ? staged.base() : v instanceof Value.Signal signal ? signal : null;
        if (s == null || s instanceof Reading r && !r.padding().none()) {
            throw new Refusal(node, "of a padded or rounded intermediate value is not supported");
        }
        int[] dims = s.dims();
        double[] out = new double[dims.length + 1];
        out[0] = graph.batch();
        for (int i = 0; i < dims.length; i++) {
            out[i + 1] = dims[i];
        }
        int from = (int) Math.max(0, Math.min(out.length, fromEnd(node.integer("start", 0), out.length)));
        int to = (int) Math.max(from, Math.min(out.length, fromEnd(node.integer("end", out.length), out.length)));
        return ConstantFolding.integers(Arrays.copyOfRange(out, from, to));
    }

    private static long fromEnd(long v, int length) {
        return v < 0 ? v + length : v;
    }

    /** Flatten behind the batch axis. */
    Value flatten(OnnxNode node) {
        Value.Signal s = graph.signal(node, 0);
        long axis = node.integer("axis", 1);
        if (axis != 1 && axis != -s.dims().length) {
            throw new Refusal(node, "axis " + axis + ": only 1 keeps the batch axis apart");
        }
        return view(s, new int[] {Value.elements(s.dims())});
    }

    /** Reshape that keeps the batch axis. */
    Value reshape(OnnxNode node) {
        Value.Signal s = graph.signal(node, 0);
        long[] target = node.input(1).isEmpty() ? node.integers("shape") : graph.constant(node, 1).longs();
        int elements = Value.elements(s.dims());
        if (target == null || target.length < 2) {
            throw new Refusal(node, "a target shape of at least [N, features] is expected");
        }
        int[] out = new int[target.length - 1];
        int open = -1;
        long rest = 1;
        for (int i = 0; i < out.length; i++) {
            long d = target[i + 1];
            d = d == 0 && i < s.dims().length ? s.dims()[i] : d;
            if (d == -1 && open < 0) {
                open = i;
            } else if (d < 1 || d > elements) {
                throw refuse(node, s, target);
            } else {
                out[i] = (int) d;
                rest *= d;
                if (rest > elements) {
                    throw refuse(node, s, target);
                }
            }
        }
        if (open >= 0) {
            out[open] = (int) (elements / rest);
            rest *= out[open];
        }
        long batch = target[0];
        boolean batchKept = batch == Long.MIN_VALUE || batch == 0 || batch == -1 && open < 0 || batch == 1 || batch == graph.batch();
        if (rest != elements || !batchKept) {
            throw refuse(node, s, target);
        }
        return view(s, out);
    }

    private static Refusal refuse(OnnxNode node, Value.Signal s, long[] target) {
        return new Refusal(node, "cannot reshape [N, " + Text.dims(s.dims()).substring(1) + " to "
            + Text.dims(target).replace(Long.toString(Long.MIN_VALUE), "N") + " with the batch axis kept");
    }

    /** Squeeze and Unsqueeze of axes other than the batch. */
    Value squeeze(OnnxNode node) {
        Value.Signal s = graph.signal(node, 0);
        long[] axes = node.input(1).isEmpty() ? node.integers("axes") : graph.constant(node, 1).longs();
        boolean add = node.op().equals("Unsqueeze");
        int rank = s.dims().length + 1 + (add && axes != null ? axes.length : 0);
        for (int i = 0; axes != null && i < axes.length; i++) {
            if (Extents.axis(node, axes[i], rank) == 0) {
                throw new Refusal(node, "changes the batch axis");
            }
        }
        // 2 stands for a batch that is never squeezed away.
        int[] whole = Extents.batched(2, s.dims());
        return view(s, Extents.unbatched(add ? Extents.unsqueezed(whole, axes) : Extents.squeezed(whole, axes)));
    }

    /** Transpose that does not change the order in memory, and the one that brings a channels-last input to channels first. */
    Value transpose(OnnxNode node) {
        Value.Signal s = graph.signal(node, 0);
        int rank = s.dims().length + 1;
        int[] perm = Extents.permutation(node, rank);
        int[] whole = Extents.batched(2, s.dims());
        int[] dims = new int[rank];
        boolean ordered = true;
        int last = -1;
        for (int i = 0; i < rank; i++) {
            dims[i] = whole[perm[i]];
            if (dims[i] != 1) {
                ordered &= perm[i] > last;
                last = perm[i];
            }
        }
        if (ordered && perm[0] == 0) {
            return s.as(Extents.unbatched(dims));
        }
        if (s instanceof Reading r && r.plain() && Arrays.equals(perm, new int[] {0, 3, 1, 2})
            && r.parts().get(0).source().reshape(new Shape(dims[1], dims[2], dims[3]))) {
            return s.as(Extents.unbatched(dims));
        }
        throw new Refusal(node, "changes the order of elements; only channels-first networks are supported");
    }

    /** Concat along the channels; of sums it is a sum into more channels. */
    Value concat(OnnxNode node) {
        List<Value.Signal> signals = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int[] dims = null;
        boolean sums = false;
        for (int i = 0; i < node.inputs().size(); i++) {
            Value.Signal s = graph.linear(node, i);
            if (Extents.axis(node, node.integer("axis", 0), s.dims().length + 1) != 1 || s instanceof Reading r && !r.padding().none()) {
                throw new Refusal(node, "only axis 1 (channels) can be joined");
            }
            signals.add(s);
            sums |= s instanceof LinearSum;
            if (s instanceof Reading r) {
                parts.addAll(r.parts());
            }
            int[] own = s.dims().clone();
            if (dims != null) {
                int sum = dims[0] + own[0];
                own[0] = dims[0];
                if (!Arrays.equals(own, dims)) {
                    throw new Refusal(node, "joins " + Text.dims(s.dims()) + " to " + Text.dims(dims));
                }
                own[0] = sum;
            }
            dims = own;
            Value.elements(dims);
            if (parts.size() > MOST_PARTS) {
                throw new Refusal(node, "joins more than " + MOST_PARTS + " populations");
            }
        }
        return sums ? joined(node, signals, dims) : new Reading(List.copyOf(parts), dims, Padding.NONE);
    }

    private static LinearSum joined(OnnxNode node, List<Value.Signal> signals, int[] dims) {
        LinearSum all = null;
        int first = 0;
        for (Value.Signal s : signals) {
            LinearSum sum = Activations.sum(s, node);
            if (sum.shape().channels() != sum.dims()[0]) {
                throw new Refusal(node, "joins flattened sums, whose order of elements is another; join in front of the flattening");
            }
            LinearSum wide = sum.among(first, dims[0], dims);
            first += sum.shape().channels();
            if (all != null && !all.shape().equals(wide.shape())) {
                throw new Refusal(node, "joins maps of different sizes");
            }
            all = all == null ? wide : all.plus(wide, node);
        }
        return all;
    }

    /** Pad with zeros: in front of a convolution or pooling; extra channels of a shortcut. */
    Value pad(OnnxNode node) {
        Value v = graph.value(node, 0);
        long[] pads = node.input(1).isEmpty() ? node.integers("pads") : graph.constant(node, 1).longs();
        if (pads == null || pads.length % 2 != 0) {
            throw new Refusal(node, "pads are missing or odd in number");
        }
        if (Arrays.stream(pads).allMatch(p -> p == 0)) {
            return v;
        }
        double fill = node.input(2).isEmpty() ? node.real("value", 0) : graph.constant(node, 2).data()[0];
        if (!node.string("mode", "constant").equals("constant") || fill != 0) {
            throw new Refusal(node, "only constant padding with 0 is supported");
        }
        if (!(graph.signal(node, v) instanceof Reading r)) {
            throw new Refusal(node, "pads an un-activated sum");
        }
        int rank = r.dims().length + 1;
        long[] axes = node.input(3).isEmpty() ? null : graph.constant(node, 3).longs();
        int n = pads.length / 2;
        if (axes == null ? n != rank : axes.length != n) {
            throw new Refusal(node, "pads " + Text.dims(pads) + " for " + rank + " axes");
        }
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int i = 0; i < n; i++) {
            int axis = axes == null ? i : Extents.axis(node, axes[i], rank);
            before[axis] = small(node, pads[i]);
            after[axis] = small(node, pads[n + i]);
        }
        int channels = before[1] + after[1];
        boolean spatial = Arrays.stream(before).skip(2).sum() + Arrays.stream(after).skip(2).sum() > 0;
        if (before[0] + after[0] > 0 || rank > 4 || rank < 3 || channels > 0 && (spatial || !r.fits(r.map()))) {
            throw new Refusal(node, "pads " + Text.dims(pads) + " of the batch, or of channels and positions at once");
        }
        if (channels > 0) {
            LinearSum wide = Activations.pointwise(r, node, before[1], r.dims()[0] + channels, false);
            int[] dims = r.dims().clone();
            dims[0] += channels;
            return wide.as(dims);
        }
        Padding own = rank == 4 ? new Padding(before[2], before[3], after[2], after[3]) : new Padding(0, before[2], 0, after[2]);
        return new Reading(r.parts(), r.dims(), r.padding().plus(own));
    }

    private static int small(OnnxNode node, long pad) {
        if (pad < 0 || pad > 1 << 20) {
            throw new Refusal(node, "padding by " + pad + " is not supported");
        }
        return (int) pad;
    }

    /** Slice of everything, or of every n-th position. */
    Value slice(OnnxNode node) {
        Value.Signal s = graph.signal(node, 0);
        int[] dims = s.dims().clone();
        Slices slices = Slices.of(node, graph.constants(node), dims.length + 1);
        int[] step = new int[dims.length];
        boolean all = true;
        for (int i = 0; i <= dims.length; i++) {
            int extent = i == 0 ? 2 : dims[i - 1];
            int[] range = slices.range(i, extent);
            if (i > 0) {
                step[i - 1] = range[1];
            }
            all &= range[1] == 1 && range[2] == extent;
            boolean strided = i > 1 && range[1] > 0 && range[0] == 0 && range[2] == (extent - 1) / range[1] + 1;
            if (!strided && (range[1] != 1 || range[2] != extent)) {
                throw new Refusal(node, "only whole axes and every n-th position of a map can be taken");
            }
            if (i > 0) {
                dims[i - 1] = range[2];
            }
        }
        if (all) {
            return s;
        }
        if (!(s instanceof Reading r) || !r.padding().none() || !r.fits(r.map()) || r.parts().stream().anyMatch(p -> !p.channelwise())) {
            throw new Refusal(node, "takes positions of an un-activated sum");
        }
        Pool pool = new Pool(1, 1, dims.length == 3 ? step[1] : 1, step[dims.length - 1]);
        List<Part> parts = new ArrayList<>();
        for (Part p : r.parts()) {
            parts.add(new Part(p.source(), Part.compose(p.pool(), pool), p.scale(), p.shift()));
        }
        return new Reading(List.copyOf(parts), dims, Padding.NONE);
    }
}
