package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

import java.util.Arrays;

/**
 * One projection under construction; the fields are {@link Projection}'s.
 *
 * @param outChannels channels of the target
 * @param kernel      in {@link Projection}'s layout, but acting on averages: the pooling area is not divided out before
 *                    {@link #finishedKernel()}
 */
record Term(Source source, Pool pool, int kernelH, int kernelW, int strideH, int strideW, int padTop, int padLeft,
            int dilationH, int dilationW, int groups, int outChannels, double[] kernel) {

    /** @return the same with every weight multiplied by its target channel's factor */
    Term scaled(double[] factor) {
        int outPerGroup = outChannels / groups;
        int channels = source.shape().channels();
        int inPerGroup = channels / groups;
        double[] out = new double[kernel.length];
        for (int row = 0, at = 0; at < kernel.length; row++) {
            int first = row % channels / inPerGroup * outPerGroup;
            for (int k = 0; k < outPerGroup; k++, at++) {
                out[at] = kernel[at] * factor[first + k];
            }
        }
        return new Term(source, pool, kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW, groups, outChannels, out);
    }

    /** @return whether one pooled cell goes to the target cell at the same place */
    boolean pointwise() {
        return kernelH == 1 && kernelW == 1 && strideH == 1 && strideW == 1 && padTop == 0 && padLeft == 0;
    }

    /** @return the finished geometry */
    Projection projection(int from, int to, Shape target) {
        return new Projection(from, to, source.shape(), target, pool, kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH,
            dilationW, groups);
    }

    /** @return the kernel as the network wants it, divided by the pooling area; not to be changed */
    double[] finishedKernel() {
        int area = pool.area();
        return area == 1 ? kernel : Arrays.stream(kernel).map(w -> w / area).toArray();
    }

    /** @return the same behind another pool */
    Term pooled(Pool newPool) {
        return new Term(source, newPool, kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW, groups, outChannels,
            kernel);
    }

    /**
     * Averages windows of this term's results: a larger kernel with a larger stride.
     *
     * @param window windows that lie inside the map
     * @return the averaged term
     */
    Term averaged(Pool window) {
        long h = (window.kernelH() - 1L) * strideH + (kernelH - 1L) * dilationH + 1;
        long w = (window.kernelW() - 1L) * strideW + (kernelW - 1L) * dilationW + 1;
        int rowLength = outChannels / groups * source.shape().channels();
        if (h * w > Value.MOST_ELEMENTS || h * w * rowLength > Value.MOST_ELEMENTS) {
            throw new Refusal("average pooling of a weighted sum gives a kernel of " + h + "x" + w + ", which is too large");
        }
        double[] out = new double[(int) (h * w) * rowLength];
        for (int jy = 0; jy < window.kernelH(); jy++) {
            for (int jx = 0; jx < window.kernelW(); jx++) {
                for (int ky = 0; ky < kernelH; ky++) {
                    for (int kx = 0; kx < kernelW; kx++) {
                        int from = (ky * kernelW + kx) * rowLength;
                        int to = (int) ((jy * strideH + ky * dilationH) * w + jx * strideW + kx * dilationW) * rowLength;
                        for (int i = 0; i < rowLength; i++) {
                            out[to + i] += kernel[from + i] / window.area();
                        }
                    }
                }
            }
        }
        return new Term(source, pool, (int) h, (int) w, strideH * window.strideH(), strideW * window.strideW(), padTop, padLeft, 1, 1,
            groups, outChannels, out);
    }
}
