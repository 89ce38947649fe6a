package org.axongrid.mapper.onnx;

import java.util.Arrays;

/**
 * Weighted windows over a map: {@link org.axongrid.mapper.network.Projection}'s geometry and kernel layout, with weights that may differ at the
 * border of the target.
 *
 * @param inChannels  channels of the map it reads
 * @param outChannels channels of the target
 * @param kernel      weights, {@code [ky][kx][inChannel][outChannelOfItsGroup]}; with a border those of its classes 0
 * @param border      what differs at the border, {@code null} for nothing
 */
record Kernel(int kernelH, int kernelW, int strideH, int strideW, int padTop, int padLeft, int dilationH, int dilationW, int groups, int inChannels,
              int outChannels, double[] kernel, Border border) {
    /** Checks the length, so that a slip shows where it is made. */
    Kernel {
        if (kernel.length != (long) kernelH * kernelW * inChannels * (outChannels / groups)) {
            throw new IllegalArgumentException(kernel.length + " weights for a kernel of " + kernelH + "x" + kernelW + ", " + inChannels + " to "
                + outChannels + " channels in " + groups + " groups");
        }
    }

    /** @return a kernel of one tap */
    static Kernel pointwise(int groups, int inChannels, int outChannels, double[] kernel) {
        return new Kernel(1, 1, 1, 1, 0, 0, 1, 1, groups, inChannels, outChannels, kernel, null);
    }

    /** @return a depthwise kernel of a window, all of whose taps weigh {@code weight} */
    static Kernel depthwise(Window w, int channels, double weight) {
        double[] kernel = new double[Math.multiplyExact(Math.multiplyExact(w.kernelH(), w.kernelW()), channels)];
        Arrays.fill(kernel, weight);
        return of(w, channels, channels, channels, kernel);
    }

    /** @return a kernel in a window's places */
    static Kernel of(Window w, int groups, int inChannels, int outChannels, double[] kernel) {
        return new Kernel(w.kernelH(), w.kernelW(), w.strideH(), w.strideW(), w.padding().top(), w.padding().left(), w.dilationH(), w.dilationW(), groups,
            inChannels, outChannels, kernel, null);
    }

    /** @return whether one cell goes to the target cell at the same place */
    boolean isPointwise() {
        return kernelH == 1 && kernelW == 1 && strideH == 1 && strideW == 1 && padTop == 0 && padLeft == 0 && border == null;
    }

    /** @return target channels of a group: the length of a row of weights */
    int rowLength() {
        return outChannels / groups;
    }

    /** @return the row of the map that tap {@code ky} of target row {@code y} reads; may lie outside */
    long row(int y, int ky) {
        return (long) y * strideH - padTop + (long) ky * dilationH;
    }

    /** @return the column of the map that tap {@code kx} of target column {@code x} reads; may lie outside */
    long column(int x, int kx) {
        return (long) x * strideW - padLeft + (long) kx * dilationW;
    }

    /** @return rows from the first tap to the last */
    int spanH() {
        return Math.toIntExact((kernelH - 1L) * dilationH + 1);
    }

    /** @return columns from the first tap to the last */
    int spanW() {
        return Math.toIntExact((kernelW - 1L) * dilationW + 1);
    }

    /** @return the weights of a class of rows and a class of columns */
    double[] kernel(int rowClass, int columnClass) {
        return border == null ? kernel : border.kernel(rowClass, columnClass);
    }

    /** @return the same with other weights in the same places */
    Kernel with(double[] weights, Border newBorder) {
        return new Kernel(kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW, groups, inChannels, outChannels, weights, newBorder);
    }

    /** @return the same with every weight multiplied by its target channel's factor */
    Kernel scaled(double[] factor) {
        return with(scaled(kernel, factor), border == null ? null : border.each(k -> scaled(k, factor)));
    }

    private double[] scaled(double[] weights, double[] factor) {
        int length = rowLength();
        int inPerGroup = inChannels / groups;
        double[] out = new double[weights.length];
        for (int row = 0, at = 0; at < weights.length; row++) {
            int first = row % inChannels / inPerGroup * length;
            for (int k = 0; k < length; k++, at++) {
                out[at] = weights[at] * factor[first + k];
            }
        }
        return out;
    }

    /** @return the sum of two with the same places and groups */
    Kernel plus(Kernel other) {
        double[] sum = kernel.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.kernel[i];
        }
        return with(sum, null);
    }

    /** @return whether the weights of another are in the same places, so that the two can be added */
    boolean fits(Kernel o) {
        return border == null && o.border == null && kernelH == o.kernelH && kernelW == o.kernelW && strideH == o.strideH && strideW == o.strideW
            && padTop == o.padTop && padLeft == o.padLeft && dilationH == o.dilationH && dilationW == o.dilationW && groups == o.groups
            && inChannels == o.inChannels && outChannels == o.outChannels;
    }

    /** @return the same for a wider target: target channel o is there channel {@code first + o} of {@code channels} */
    Kernel among(int first, int channels) {
        Kernel full = groups == 1 ? this : widened(0, inChannels);
        return new Kernel(kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW, 1, inChannels, channels,
            among(full.kernel, first, channels), full.border == null ? null : full.border.each(k -> among(k, first, channels)));
    }

    private double[] among(double[] weights, int first, int channels) {
        double[] out = new double[Math.multiplyExact(weights.length / outChannels, channels)];
        for (int row = 0; row < weights.length / outChannels; row++) {
            System.arraycopy(weights, row * outChannels, out, row * channels + first, outChannels);
        }
        return out;
    }

    /** @return the same as part of a wider map: input channel c is there channel {@code first + c} of {@code channels} */
    Kernel widened(int first, int channels) {
        return new Kernel(kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW, 1, channels, outChannels, widened(kernel, first, channels),
            border == null ? null : border.each(k -> widened(k, first, channels)));
    }

    private double[] widened(double[] weights, int first, int channels) {
        int length = rowLength();
        int inPerGroup = inChannels / groups;
        double[] out = new double[Math.multiplyExact(Math.multiplyExact(kernelH * kernelW, channels), outChannels)];
        for (int t = 0; t < kernelH * kernelW; t++) {
            for (int c = 0; c < inChannels; c++) {
                System.arraycopy(weights, (t * inChannels + c) * length, out, (t * channels + first + c) * outChannels + c / inPerGroup * length, length);
            }
        }
        return out;
    }
}
