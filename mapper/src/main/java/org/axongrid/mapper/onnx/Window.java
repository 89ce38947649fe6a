package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Shape;

/**
 * Where a convolution's or pooling's kernel goes: the node's attributes, checked, with automatic padding worked out.
 *
 * @param ahead   zeros around the map from Pad nodes in front
 * @param padding all zeros around the map, those included
 */
record Window(int kernelH, int kernelW, int strideH, int strideW, int dilationH, int dilationW, Padding ahead, Padding padding, int outH, int outW) {
    private static final int MOST = 1 << 20;

    /**
     * @param node    a Conv or pooling
     * @param spatial number of spatial axes, 1 or 2
     * @param kernelH rows of the kernel; 1 if there is one axis
     * @param kernelW columns of the kernel
     * @param ahead   padding that is already there
     * @param map     the map before padding
     */
    static Window of(OnnxNode node, int spatial, int kernelH, int kernelW, Padding ahead, Shape map) {
        int[] stride = pair(node, "strides", spatial);
        int[] dilation = pair(node, "dilations", spatial);
        int[] declared = node.integers("kernel_shape") == null ? null : pair(node, "kernel_shape", spatial);
        if (kernelH < 1 || kernelW < 1 || declared != null && (declared[0] != kernelH || declared[1] != kernelW)) {
            throw new Refusal(node, "kernel_shape " + Text.dims(node.integers("kernel_shape")) + " does not match the weights' " + kernelH
                + "x" + kernelW);
        }
        int height = map.height() + ahead.top() + ahead.bottom();
        int width = map.width() + ahead.left() + ahead.right();
        long spanH = (kernelH - 1L) * dilation[0] + 1;
        long spanW = (kernelW - 1L) * dilation[1] + 1;
        Padding own = padding(node, spatial, new long[] {height, width}, new long[] {spanH, spanW}, stride);
        return new Window(kernelH, kernelW, stride[0], stride[1], dilation[0], dilation[1], ahead, ahead.plus(own),
            outputs(node, height + own.top() + own.bottom(), spanH, stride[0], own.bottom()), outputs(node, width + own.left() + own.right(), spanW,
            stride[1], own.right()));
    }

    /** With {@code ceil_mode} a window that begins in the map or the padding in front of it counts, though it ends behind them (as PyTorch has it). */
    private static int outputs(OnnxNode node, long extent, long span, int stride, int after) {
        boolean ceil = node.integer("ceil_mode", 0) != 0;
        if (span > extent && !ceil) {
            throw new Refusal(node, "a kernel of " + span + " is larger than the padded map of " + extent);
        }
        long out = Math.floorDiv(extent - span + (ceil ? stride - 1 : 0), (long) stride) + 1;
        out -= ceil && (out - 1) * stride >= extent - after ? 1 : 0;
        if (out < 1) {
            throw new Refusal(node, "a kernel of " + span + " is larger than the padded map of " + extent);
        }
        return (int) out;
    }

    private static Padding padding(OnnxNode node, int spatial, long[] extent, long[] span, int[] stride) {
        String auto = node.string("auto_pad", "NOTSET");
        long[] pads = node.integers("pads");
        switch (auto) {
            case "NOTSET":
            case "":
                return pads == null ? Padding.NONE : of(node, pads, spatial);
            case "VALID":
                return Padding.NONE;
            case "SAME_UPPER":
            case "SAME_LOWER":
                int[] before = new int[2];
                int[] after = new int[2];
                for (int i = 0; i < 2; i++) {
                    long windows = (extent[i] + stride[i] - 1) / stride[i];
                    long total = Math.max(0, (windows - 1) * stride[i] + span[i] - extent[i]);
                    if (total > MOST) {
                        throw new Refusal(node, "automatic padding of " + total);
                    }
                    int less = (int) (total / 2);
                    int more = (int) total - less;
                    before[i] = auto.equals("SAME_UPPER") ? less : more;
                    after[i] = auto.equals("SAME_UPPER") ? more : less;
                }
                return new Padding(before[0], before[1], after[0], after[1]);
            default:
                throw new Refusal(node, "auto_pad " + Text.quote(auto) + " is unknown");
        }
    }

    private static Padding of(OnnxNode node, long[] pads, int spatial) {
        if (pads.length != 2 * spatial) {
            throw new Refusal(node, "pads " + Text.dims(pads) + " for " + spatial + " spatial axes");
        }
        for (long p : pads) {
            if (p < 0 || p > MOST) {
                throw new Refusal(node, "pads " + Text.dims(pads) + ": 0 to " + MOST + " is supported");
            }
        }
        return spatial == 1 ? new Padding(0, (int) pads[0], 0, (int) pads[1])
            : new Padding((int) pads[0], (int) pads[1], (int) pads[2], (int) pads[3]);
    }

    /** @return an attribute of one value per spatial axis as rows and columns, 1 by default */
    static int[] pair(OnnxNode node, String attribute, int spatial) {
        long[] v = node.integers(attribute);
        if (v == null) {
            return new int[] {1, 1};
        }
        if (v.length != spatial) {
            throw new Refusal(node, attribute + " " + Text.dims(v) + " for " + spatial + " spatial axes");
        }
        for (long x : v) {
            if (x < 1 || x > MOST) {
                throw new Refusal(node, attribute + " " + Text.dims(v) + ": 1 to " + MOST + " is supported");
            }
        }
        return spatial == 1 ? new int[] {1, (int) v[0]} : new int[] {(int) v[0], (int) v[1]};
    }
}
