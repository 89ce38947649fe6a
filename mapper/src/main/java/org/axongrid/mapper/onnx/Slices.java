package org.axongrid.mapper.onnx;

import java.util.List;

/**
 * The ranges of a Slice node.
 *
 * @param starts by entry
 * @param ends   by entry
 * @param axes   by entry
 * @param steps  by entry
 */
record Slices(long[] starts, long[] ends, int[] axes, long[] steps) {

    /**
     * @param node   a Slice: inputs since opset 10, attributes before
     * @param inputs the node's constant inputs, null where not given
     * @param rank   axes of the sliced tensor
     */
    static Slices of(OnnxNode node, List<Value.Constant> inputs, int rank) {
        long[] starts = pick(node, inputs, 1, "starts");
        long[] ends = pick(node, inputs, 2, "ends");
        long[] axes = pick(node, inputs, 3, "axes");
        long[] steps = pick(node, inputs, 4, "steps");
        if (starts == null || ends == null || starts.length != ends.length || axes != null && axes.length != starts.length
            || steps != null && steps.length != starts.length || starts.length > rank) {
            throw new Refusal(node, "starts, ends, axes and steps do not match");
        }
        int[] at = new int[starts.length];
        long[] by = new long[starts.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = Extents.axis(node, axes == null ? i : axes[i], rank);
            by[i] = steps == null ? 1 : steps[i];
            if (by[i] <= 0 || starts[i] == Long.MIN_VALUE) {
                throw new Refusal(node, "a step of " + by[i] + " or an unknown start is not supported");
            }
        }
        return new Slices(starts, ends, at, by);
    }

    private static long[] pick(OnnxNode node, List<Value.Constant> inputs, int index, String attribute) {
        return index < inputs.size() && inputs.get(index) != null ? inputs.get(index).longs() : node.integers(attribute);
    }

    /** @return first index, step and count along {@code axis} of {@code extent} */
    int[] range(int axis, int extent) {
        for (int i = 0; i < axes.length; i++) {
            if (axes[i] == axis) {
                long from = clamp(starts[i], extent);
                long to = clamp(ends[i], extent);
                long step = Math.min(steps[i], Integer.MAX_VALUE);
                long count = to <= from ? 0 : (to - from - 1) / step + 1;
                return new int[] {(int) from, (int) step, (int) count};
            }
        }
        return new int[] {0, 1, extent};
    }

    private static long clamp(long v, int extent) {
        long at = v < 0 ? v + extent : v;
        return Math.max(0, Math.min(at, extent));
    }
}
