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
            if (by[i] == 0 || starts[i] == Long.MIN_VALUE) {
                throw new Refusal(node, by[i] == 0 ? "a step of 0" : "an unknown start is not supported");
            }
        }
        return new Slices(starts, ends, at, by);
    }

    private static long[] pick(OnnxNode node, List<Value.Constant> inputs, int index, String attribute) {
        return index < inputs.size() && inputs.get(index) != null ? inputs.get(index).longs() : node.integers(attribute);
    }

    /** @return first index, step (negative: backwards) and count along {@code axis} of {@code extent} */
    int[] range(int axis, int extent) {
        for (int i = 0; i < axes.length; i++) {
            if (axes[i] == axis) {
                long step = Math.max(-Integer.MAX_VALUE, Math.min(steps[i], Integer.MAX_VALUE));
                // Backwards a range begins at the last index at most, and may end in front of the first.
                long from = step > 0 ? clamp(starts[i], extent, 0, extent) : clamp(starts[i], extent, -1, extent - 1);
                long to = step > 0 ? clamp(ends[i], extent, 0, extent) : clamp(ends[i], extent, -1, extent - 1);
                long way = step > 0 ? to - from : from - to;
                long count = way <= 0 ? 0 : (way - 1) / Math.abs(step) + 1;
                return new int[] {(int) from, count > 1 ? (int) step : 1, (int) count};
            }
        }
        return new int[] {0, 1, extent};
    }

    private static long clamp(long v, int extent, long least, long most) {
        long at = v < 0 ? v + extent : v;
        return Math.max(least, Math.min(at, most));
    }
}
