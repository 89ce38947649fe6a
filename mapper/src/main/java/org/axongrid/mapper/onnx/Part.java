package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Pool;

/**
 * A population's output as a linear operation sees it: averaged over windows, then scaled and shifted.
 *
 * @param source the population
 * @param pool   the windows
 * @param scale  factor per channel, or per element in channels-first order; null for 1
 * @param shift  summand after scaling, likewise; null for 0
 */
record Part(Source source, Pool pool, double[] scale, double[] shift) {

    static Part of(Source source) {
        return new Part(source, Pool.NONE, null, null);
    }

    int channels() {
        return source.shape().channels();
    }

    int height() {
        return pool.outHeight(source.shape().height());
    }

    int width() {
        return pool.outWidth(source.shape().width());
    }

    int elements() {
        return channels() * height() * width();
    }

    boolean plain() {
        return scale == null && shift == null && pool.equals(Pool.NONE);
    }

    /** @return the factor of element {@code e} (channels first) */
    double scaleAt(int e) {
        return scale == null ? 1 : scale.length == channels() ? scale[e / (height() * width())] : scale[e];
    }

    /** @return the summand of element {@code e} (channels first) */
    double shiftAt(int e) {
        return shift == null ? 0 : shift.length == channels() ? shift[e / (height() * width())] : shift[e];
    }

    /** @return {@code this * factor + summand}; arrays per element, null for 1 and 0 */
    Part affine(double[] factor, double[] summand) {
        int n = elements();
        double[] newScale = new double[n];
        double[] newShift = new double[n];
        for (int e = 0; e < n; e++) {
            double f = factor == null ? 1 : factor[e];
            newScale[e] = scaleAt(e) * f;
            newShift[e] = shiftAt(e) * f + (summand == null ? 0 : summand[e]);
        }
        return new Part(source, pool, perChannel(newScale, 1), perChannel(newShift, 0));
    }

    /** Shortens per-element values to per-channel ones or to null where that loses nothing. */
    private double[] perChannel(double[] v, double neutral) {
        int plane = height() * width();
        boolean allNeutral = true;
        double[] out = new double[channels()];
        for (int e = 0; e < v.length; e++) {
            allNeutral &= v[e] == neutral;
            if (v[e] != v[e / plane * plane]) {
                return v;
            }
            out[e / plane] = v[e];
        }
        return allNeutral ? null : out;
    }

    /** @return whether scale and shift are the same all over each channel */
    boolean channelwise() {
        return (scale == null || scale.length == channels()) && (shift == null || shift.length == channels());
    }

    /**
     * Puts another pool behind this one.
     *
     * @return the pool, or null if the composition does not weigh all its members equally
     */
    static Pool compose(Pool first, Pool then) {
        Integer h = composed(first.kernelH(), first.strideH(), then.kernelH());
        Integer w = composed(first.kernelW(), first.strideW(), then.kernelW());
        return h == null || w == null ? null
            : new Pool(h, w, Math.multiplyExact(first.strideH(), then.strideH()), Math.multiplyExact(first.strideW(), then.strideW()));
    }

    private static Integer composed(int kernel, int stride, int windows) {
        if (windows == 1) {
            return kernel;
        }
        return stride == kernel ? Math.multiplyExact(kernel, windows) : null;
    }
}
