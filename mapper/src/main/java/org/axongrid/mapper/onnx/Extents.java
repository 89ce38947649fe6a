package org.axongrid.mapper.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arithmetic on shapes. */
final class Extents {
    private Extents() {
    }

    /** @return the axis counted from the front; refused if out of range */
    static int axis(OnnxNode node, long axis, int rank) {
        long a = axis < 0 ? axis + rank : axis;
        if (a < 0 || a >= rank) {
            throw new Refusal(node, "index or axis " + axis + " is outside of " + rank);
        }
        return (int) a;
    }

    /** @return the common shape of two, null if they do not broadcast */
    static int[] broadcast(int[] x, int[] y) {
        int rank = Math.max(x.length, y.length);
        int[] out = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int a = i <= x.length ? x[x.length - i] : 1;
            int b = i <= y.length ? y[y.length - i] : 1;
            if (a != b && a != 1 && b != 1) {
                return null;
            }
            out[rank - i] = a == 1 ? b : a;
        }
        return out;
    }

    /** @return row-major strides */
    static int[] strides(int[] dims) {
        int[] out = new int[dims.length];
        int stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            out[i] = stride;
            stride *= dims[i];
        }
        return out;
    }

    /** @return strides that repeat extents of 1, for a shape widened to {@code rank} */
    static int[] broadcastStrides(int[] dims, int rank) {
        int[] own = strides(dims);
        int[] out = new int[rank];
        for (int i = 0; i < dims.length; i++) {
            out[rank - dims.length + i] = dims[i] == 1 ? 0 : own[i];
        }
        return out;
    }

    /** @return the offset under {@code strides} of the element with row-major index {@code flat} in {@code dims} */
    static int at(int flat, int[] dims, int[] strides) {
        int offset = 0;
        for (int i = dims.length - 1, rest = flat; i >= 0; i--) {
            offset += rest % dims[i] * strides[i];
            rest /= dims[i];
        }
        return offset;
    }

    /** @return the node's permutation; reversed axes by default */
    static int[] permutation(OnnxNode node, int rank) {
        long[] perm = node.integers("perm");
        int[] out = new int[rank];
        boolean[] seen = new boolean[rank];
        if (perm != null && perm.length != rank) {
            throw new Refusal(node, "perm has " + perm.length + " entries for " + rank + " axes");
        }
        for (int i = 0; i < rank; i++) {
            out[i] = perm == null ? rank - 1 - i : axis(node, perm[i], rank);
            if (seen[out[i]]) {
                throw new Refusal(node, "perm names an axis twice");
            }
            seen[out[i]] = true;
        }
        return out;
    }

    /** @return the shape with extents of 1 at {@code axes} of the result */
    static int[] unsqueezed(int[] dims, long[] axes) {
        int rank = dims.length + (axes == null ? 0 : axes.length);
        if (axes == null || rank > 8) {
            throw new Refusal("Unsqueeze needs its axes, and at most 8 dimensions are supported");
        }
        boolean[] added = marked(axes, rank, "Unsqueeze");
        int[] out = new int[rank];
        for (int i = 0, from = 0; i < rank; i++) {
            out[i] = added[i] || from >= dims.length ? 1 : dims[from++];
        }
        return out;
    }

    /** @return the shape without the extents of 1 at {@code axes}; all of them if null */
    static int[] squeezed(int[] dims, long[] axes) {
        boolean[] gone = axes == null ? null : marked(axes, dims.length, "Squeeze");
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < dims.length; i++) {
            boolean drop = gone == null ? dims[i] == 1 : gone[i];
            if (drop && dims[i] != 1) {
                throw new Refusal("Squeeze of axis " + i + " of " + Text.dims(dims) + ", which is not 1");
            }
            if (!drop) {
                out.add(dims[i]);
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean[] marked(long[] axes, int rank, String op) {
        boolean[] out = new boolean[rank];
        for (long axis : axes) {
            long a = axis < 0 ? axis + rank : axis;
            if (a < 0 || a >= rank || out[(int) a]) {
                throw new Refusal(op + ": axes " + Text.dims(axes) + " do not fit " + rank + " dimensions");
            }
            out[(int) a] = true;
        }
        return out;
    }

    /** @return {@code dims} with a leading batch axis */
    static int[] batched(int batch, int[] dims) {
        int[] out = new int[dims.length + 1];
        out[0] = batch;
        System.arraycopy(dims, 0, out, 1, dims.length);
        return out;
    }

    /** @return {@code dims} without its first */
    static int[] unbatched(int[] dims) {
        return Arrays.copyOfRange(dims, 1, dims.length);
    }
}
