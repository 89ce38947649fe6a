package org.axongrid.mapper.network;

import java.util.Arrays;

/**
 * The geometry of one bundle of synapses from one population to another: optional average pooling, then a two-dimensional convolution
 * (cross-correlation, as in ONNX {@code Conv}). Weights are kept apart, so that the float and the integer network share it.
 *
 * <p>Everything linear is a case of it: a dense layer has a kernel as large as its whole (pooled) input map and one output position; a
 * residual identity shortcut is a depthwise 1x1 kernel.
 *
 * <p>Kernel layout, {@link #kernelSize()} values: {@code row(ky, kx, ci) + k} with {@code k = 0 .. outChannelsPerGroup-1}, that is
 * {@code [ky][kx][inChannel][outChannelOfItsGroup]}; a row's values go to consecutive target channels, starting at
 * {@link #firstOutChannel(int)}.
 *
 * @param source    index of the source population in its network
 * @param target    index of the target population
 * @param sourceShape shape of the source
 * @param targetShape shape of the target
 * @param pool      average pooling of the source, {@link Pool#NONE} if none
 * @param kernelH   kernel rows
 * @param kernelW   kernel columns
 * @param strideH   output stride, rows
 * @param strideW   output stride, columns
 * @param padTop    zero rows above the (pooled) map; rows below follow from the target's height
 * @param padLeft   zero columns left of it
 * @param dilationH distance of kernel rows
 * @param dilationW distance of kernel columns
 * @param groups    channel groups; divides the channels of both sides
 */
public record Projection(int source, int target, Shape sourceShape, Shape targetShape, Pool pool,
                         int kernelH, int kernelW, int strideH, int strideW, int padTop, int padLeft,
                         int dilationH, int dilationW, int groups) {
    /** Checks the geometry. */
    public Projection {
        if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1 || padTop < 0 || padLeft < 0) {
            throw new IllegalArgumentException("kernel, stride and dilation must be positive, padding not negative");
        }
        if (groups < 1 || sourceShape.channels() % groups != 0 || targetShape.channels() % groups != 0) {
            throw new IllegalArgumentException(groups + " groups do not divide " + sourceShape.channels() + " and " + targetShape.channels()
                + " channels");
        }
        if (sourceShape.height() < pool.kernelH() || sourceShape.width() < pool.kernelW()) {
            throw new IllegalArgumentException("the pooling window is larger than the map " + sourceShape);
        }
    }

    /** @return a dense projection: every source neuron to every target neuron of a one-position target */
    public static Projection dense(int source, int target, Shape sourceShape, Shape targetShape, Pool pool) {
        return new Projection(source, target, sourceShape, targetShape, pool, pool.outHeight(sourceShape.height()),
            pool.outWidth(sourceShape.width()), 1, 1, 0, 0, 1, 1, 1);
    }

    /** @return a one-to-one projection between populations of equal shape */
    public static Projection identity(int source, int target, Shape shape) {
        return new Projection(source, target, shape, shape, Pool.NONE, 1, 1, 1, 1, 0, 0, 1, 1, shape.channels());
    }

    /** @return the same geometry between other population indices */
    public Projection between(int newSource, int newTarget) {
        return new Projection(newSource, newTarget, sourceShape, targetShape, pool, kernelH, kernelW, strideH, strideW, padTop, padLeft,
            dilationH, dilationW, groups);
    }

    /** @return rows of the source map after pooling */
    public int pooledHeight() {
        return pool.outHeight(sourceShape.height());
    }

    /** @return columns of the source map after pooling */
    public int pooledWidth() {
        return pool.outWidth(sourceShape.width());
    }

    /** @return input channels per group */
    public int inPerGroup() {
        return sourceShape.channels() / groups;
    }

    /** @return output channels per group: the length of a kernel row */
    public int outPerGroup() {
        return targetShape.channels() / groups;
    }

    /** @return number of kernel values */
    public int kernelSize() {
        return Math.multiplyExact(Math.multiplyExact(kernelH * kernelW, sourceShape.channels()), outPerGroup());
    }

    /** @return offset of the kernel row of tap ({@code ky},{@code kx}) and input channel {@code ci} */
    public int row(int ky, int kx, int ci) {
        return ((ky * kernelW + kx) * sourceShape.channels() + ci) * outPerGroup();
    }

    /** @return the first target channel of input channel {@code ci}'s group */
    public int firstOutChannel(int ci) {
        return ci / inPerGroup() * outPerGroup();
    }

    /**
     * @param py row of a pooled cell
     * @param ky kernel row
     * @return the target row reached, or -1 if there is none
     */
    public int targetRow(int py, int ky) {
        return reached(py + padTop - ky * dilationH, strideH, targetShape.height());
    }

    /**
     * @param px column of a pooled cell
     * @param kx kernel column
     * @return the target column reached, or -1 if there is none
     */
    public int targetColumn(int px, int kx) {
        return reached(px + padLeft - kx * dilationW, strideW, targetShape.width());
    }

    private static int reached(int offset, int stride, int extent) {
        if (offset < 0 || offset % stride != 0) {
            return -1;
        }
        int at = offset / stride;
        return at < extent ? at : -1;
    }

    /** Receives the taps by which one source position reaches target positions. */
    @FunctionalInterface
    public interface TapVisitor {
        /**
         * @param targetPosition {@code y * width + x} in the target map
         * @param ky             kernel row
         * @param kx             kernel column
         */
        void tap(int targetPosition, int ky, int kx);
    }

    /**
     * Visits every (target position, kernel tap) that a spike at a source position reaches, in a fixed order. With overlapping pooling
     * windows a target position can come several times, once per window, and each time is a synapse of its own.
     *
     * @param sy      source row
     * @param sx      source column
     * @param visitor called for each
     */
    public void forEachTap(int sy, int sx, TapVisitor visitor) {
        int pyFirst = firstWindow(sy, pool.kernelH(), pool.strideH());
        int pyLast = Math.min(sy / pool.strideH(), pooledHeight() - 1);
        int pxFirst = firstWindow(sx, pool.kernelW(), pool.strideW());
        int pxLast = Math.min(sx / pool.strideW(), pooledWidth() - 1);
        for (int py = pyFirst; py <= pyLast; py++) {
            for (int px = pxFirst; px <= pxLast; px++) {
                for (int ky = 0; ky < kernelH; ky++) {
                    int ty = targetRow(py, ky);
                    if (ty < 0) {
                        continue;
                    }
                    for (int kx = 0; kx < kernelW; kx++) {
                        int tx = targetColumn(px, kx);
                        if (tx >= 0) {
                            visitor.tap(ty * targetShape.width() + tx, ky, kx);
                        }
                    }
                }
            }
        }
    }

    /** @return the target rows, ascending, that source row {@code sy} reaches; what a position reaches is these rows times its columns */
    public int[] targetRows(int sy) {
        return targets(firstWindow(sy, pool.kernelH(), pool.strideH()), Math.min(sy / pool.strideH(), pooledHeight() - 1), kernelH, true);
    }

    /** @return the target columns, ascending, that source column {@code sx} reaches */
    public int[] targetColumns(int sx) {
        return targets(firstWindow(sx, pool.kernelW(), pool.strideW()), Math.min(sx / pool.strideW(), pooledWidth() - 1), kernelW, false);
    }

    private int[] targets(int first, int last, int taps, boolean rows) {
        int[] found = new int[Math.max(0, last - first + 1) * taps];
        int n = 0;
        for (int cell = first; cell <= last; cell++) {
            for (int k = 0; k < taps; k++) {
                int at = rows ? targetRow(cell, k) : targetColumn(cell, k);
                if (at >= 0) {
                    found[n++] = at;
                }
            }
        }
        return Arrays.stream(found, 0, n).sorted().distinct().toArray();
    }

    /** First window that still contains coordinate {@code s}; gaps between windows (stride above kernel) give an empty range. */
    private static int firstWindow(int s, int kernel, int stride) {
        return Math.max(0, Math.floorDiv(s - kernel, stride) + 1);
    }

    /** @return number of synapses (zero weights included), counting each (source neuron, target neuron, window) once */
    public long synapses() {
        long taps = 0;
        for (int sy = 0; sy < sourceShape.height(); sy++) {
            for (int sx = 0; sx < sourceShape.width(); sx++) {
                int[] n = {0};
                forEachTap(sy, sx, (p, ky, kx) -> n[0]++);
                taps += n[0];
            }
        }
        return taps * sourceShape.channels() * outPerGroup();
    }
}
