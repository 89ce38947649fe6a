package org.axongrid.mapper.nir;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;

/**
 * Where the windows of a convolution or pooling go, by PyTorch's arithmetic: {@code out = floor((in + before + after - dilation (kernel - 1) - 1) /
 * stride) + 1} for each axis.
 */
final class NirWindows {
    private static final int MOST = 1 << 20;

    private NirWindows() { }

    /**
     * @param stride   by axis
     * @param dilation by axis
     * @param before   zeros before the map, by axis
     * @param after    zeros behind it
     * @param kernel   window, by axis
     */
    record Geometry(int[] stride, int[] dilation, int[] before, int[] after, int[] kernel) {
        /** @return the map's extents behind the windows */
        int[] out(String at, int[] map) {
            int[] out = new int[map.length];
            for (int i = 0; i < map.length; i++) {
                long span = dilation[i] * (kernel[i] - 1L) + 1;
                long room = (long) map[i] + before[i] + after[i] - span;
                if (room < 0) {
                    throw new InvalidInputException(at + ": a window of " + span + " on a map of " + map[i] + " with padding " + before[i] + " and "
                        + after[i]);
                }
                out[i] = Math.toIntExact(room / stride[i] + 1);
            }
            return out;
        }
    }

    /** @return a convolution's geometry; {@code same} padding puts the odd zero behind, as PyTorch does */
    static Geometry ofConvolution(String at, NirNode node) {
        int spatial = node.type() == NirType.CONV1D ? 1 : 2;
        int[] w = node.field("weight").dims();
        if (w.length != spatial + 2) {
            throw new InvalidInputException(at + ": weight has the shape " + Arrays.toString(w) + ", " + (spatial + 2) + " extents are expected");
        }
        int[] kernel = Arrays.copyOfRange(w, 2, w.length);
        int[] stride = axes(at, node, "stride", spatial, 1);
        int[] dilation = axes(at, node, "dilation", spatial, 1);
        HdfData padding = node.field("padding");
        if (padding.numeric()) {
            int[] pads = axes(at, node, "padding", spatial, 0);
            return new Geometry(stride, dilation, pads, pads, kernel);
        }
        int[] before = new int[spatial];
        int[] after = new int[spatial];
        for (int i = 0; padding.text(0).equals("same") && i < spatial; i++) {
            if (stride[i] != 1) {
                throw new InvalidInputException(at + ": padding 'same' needs a stride of 1, got " + stride[i]);
            }
            int total = Math.multiplyExact(dilation[i], kernel[i] - 1);
            before[i] = total / 2;
            after[i] = total - before[i];
        }
        return new Geometry(stride, dilation, before, after, kernel);
    }

    /** @return a pooling's geometry */
    static Geometry ofPool(String at, NirNode node) {
        int[] pads = axes(at, node, "padding", 2, 0);
        return new Geometry(axes(at, node, "stride", 2, 1), new int[] {1, 1}, pads, pads, axes(at, node, "kernel_size", 2, 1));
    }

    /** @return groups of channels */
    static int groups(String at, NirNode node) {
        HdfData data = node.field("groups");
        double value = data.numeric() && data.size() == 1 ? data.real(0) : Double.NaN;
        if (!(value >= 1 && value <= MOST) || value != Math.rint(value)) {
            throw new InvalidInputException(at + ": groups is " + value + ", a whole number from 1 on is expected");
        }
        return (int) value;
    }

    /** @return what a convolution sends; without {@code in} its own {@code input_shape} says the map */
    static int[] convolution(String at, NirNode node, int[] in) {
        Geometry geometry = ofConvolution(at, node);
        int spatial = geometry.kernel().length;
        int[] w = node.field("weight").dims();
        int groups = groups(at, node);
        if (w[0] % groups != 0) {
            throw new InvalidInputException(at + ": " + groups + " groups do not divide " + w[0] + " outputs");
        }
        if (node.field("bias").size() != w[0]) {
            throw new InvalidInputException(at + ": " + node.field("bias").size() + " biases for " + w[0] + " outputs");
        }
        int[] map = in == null ? axes(at, node, "input_shape", spatial, 1) : Arrays.copyOfRange(in, Math.min(1, in.length), in.length);
        if (in != null && (in.length != spatial + 1 || in[0] != w[1] * groups)) {
            throw new InvalidInputException(at + ": weight " + Arrays.toString(w) + " in " + groups + " groups on a map of " + Arrays.toString(in)
                + "; " + w[1] * groups + " channels and " + spatial + " further axes are expected");
        }
        return withChannels(w[0], geometry.out(at, map));
    }

    /** @return what a pooling sends */
    static int[] pool(String at, NirNode node, int[] in) {
        if (in.length != 3) {
            throw new InvalidInputException(at + ": pools a map of " + Arrays.toString(in) + ", channels, rows and columns are expected");
        }
        return withChannels(in[0], ofPool(at, node).out(at, new int[] {in[1], in[2]}));
    }

    private static int[] withChannels(int channels, int[] map) {
        int[] shape = new int[map.length + 1];
        shape[0] = channels;
        System.arraycopy(map, 0, shape, 1, map.length);
        return shape;
    }

    /** @return one value by axis; a single one is meant for all */
    private static int[] axes(String at, NirNode node, String field, int spatial, int least) {
        HdfData data = node.field(field);
        if (data == null || !data.numeric() || data.size() != spatial && data.size() != 1) {
            throw new InvalidInputException(at + ": " + field + " is " + (data == null ? "missing" : data.toString()) + ", " + spatial
                + " numbers are expected");
        }
        int[] out = new int[spatial];
        for (int i = 0; i < spatial; i++) {
            double v = data.real(data.size() == 1 ? 0 : i);
            if (v != Math.rint(v) || v < least || v > MOST) {
                throw new InvalidInputException(at + ": " + field + " is " + v + ", " + least + " to 2^20 is possible");
            }
            out[i] = (int) v;
        }
        return out;
    }
}
