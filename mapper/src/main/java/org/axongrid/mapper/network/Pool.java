package org.axongrid.mapper.network;

/**
 * Average pooling in front of a projection: window and stride, no padding.
 *
 * <p>It is never a population of its own: a spike of a window's member goes straight to the consumers of the pooled cell, with weights
 * divided by the window's area (project reference on conversion, section 1). The division is already in the projection's weights.
 *
 * @param kernelH window rows
 * @param kernelW window columns
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 */
public record Pool(int kernelH, int kernelW, int strideH, int strideW) {
    /** No pooling. */
    public static final Pool NONE = new Pool(1, 1, 1, 1);

    /** Checks that all extents are positive. */
    public Pool {
        if (kernelH < 1 || kernelW < 1 || strideH < 1 || strideW < 1) {
            throw new IllegalArgumentException("pooling extents must be positive");
        }
    }

    /** @return number of positions averaged */
    public int area() {
        return kernelH * kernelW;
    }

    /** @return rows of the pooled map, for {@code height} rows in; partial windows are dropped */
    public int outHeight(int height) {
        return (height - kernelH) / strideH + 1;
    }

    /** @return columns of the pooled map, for {@code width} columns in; partial windows are dropped */
    public int outWidth(int width) {
        return (width - kernelW) / strideW + 1;
    }
}
