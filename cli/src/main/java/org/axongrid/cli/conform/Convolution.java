package org.axongrid.cli.conform;

import org.axongrid.cli.conform.LifNetwork.Link;
import org.axongrid.isa.synapse.SynapseFormat.SignMode;

/**
 * Lava's convolutions as synapses. Maps are flattened as {@code (x * H + y) * C + c}; the kernel is applied as a true convolution, flipped in
 * both spatial axes (project reference on Loihi, section 8.1).
 */
final class Convolution {
    private static final int SIZE_MAX = 1 << 16;
    private static final long SYNAPSES_MAX = 1 << 24;

    private Convolution() { }

    /**
     * @param width    first axis
     * @param height   second axis
     * @param channels third
     */
    record Shape(int width, int height, int channels) {
        int size() {
            return width * height * channels;
        }
    }

    /** @return the shape that a parameter holds */
    static Shape shape(VectorCase c, String parameter) {
        int[] whc = c.integers(parameter, 3, 1, SIZE_MAX);
        if ((long) whc[0] * whc[1] > SIZE_MAX || (long) whc[0] * whc[1] * whc[2] > SIZE_MAX) {
            throw c.error("parameter '" + parameter + "': a map of more than " + SIZE_MAX + " neurons");
        }
        return new Shape(whc[0], whc[1], whc[2]);
    }

    /**
     * @param c      the case
     * @param suffix of its parameters' names
     * @return the link; mantissas are doubled and the exponent is -1, because mixed-sign fields hold even mantissas
     */
    static Link link(VectorCase c, String suffix, Shape in, Shape out, int source, int target) {
        int[] kernelShape = c.integers("kernel_shape_OXYC" + suffix, 4, 1, SIZE_MAX);
        int[] stride = c.integers("stride" + suffix, 2, 1, SIZE_MAX);
        int[] padding = c.integers("padding" + suffix, 2, 0, SIZE_MAX);
        int[] dilation = c.has("dilation" + suffix) ? c.integers("dilation" + suffix, 2, 1, SIZE_MAX) : new int[] {1, 1};
        int groups = c.has("groups" + suffix) ? c.integer("groups" + suffix, 1, SIZE_MAX) : 1;
        int kx = kernelShape[1];
        int ky = kernelShape[2];
        int per = kernelShape[3];
        long values = (long) kernelShape[0] * kx * ky * per;
        if (kernelShape[0] != out.channels() || in.channels() != (long) per * groups || out.channels() % groups != 0 || values > SYNAPSES_MAX
            || (long) in.size() * out.size() > SYNAPSES_MAX) {
            throw c.error("the kernel's shape does not fit its maps, or they are too large");
        }
        if (length(in.width(), padding[0], dilation[0], kx, stride[0]) != out.width()
            || length(in.height(), padding[1], dilation[1], ky, stride[1]) != out.height()) {
            throw c.error("the convolution does not give a map of " + out.width() + " x " + out.height());
        }
        int[] kernel = c.integers("kernel" + suffix, (int) values, -128, 127);
        int[][] mantissas = new int[in.size()][out.size()];
        int outPerGroup = out.channels() / groups;
        for (int o = 0; o < out.size(); o++) {
            int channel = o % out.channels();
            int y = o / out.channels() % out.height();
            int x = o / out.channels() / out.height();
            for (int i = 0; i < kx * ky; i++) {
                long ix = (long) x * stride[0] + (long) (i / ky) * dilation[0] - padding[0];
                long iy = (long) y * stride[1] + (long) (i % ky) * dilation[1] - padding[1];
                if (ix < 0 || ix >= in.width() || iy < 0 || iy >= in.height()) {
                    continue;
                }
                int flipped = kx * ky - 1 - i;
                for (int k = 0; k < per; k++) {
                    int from = (int) (ix * in.height() + iy) * in.channels() + channel / outPerGroup * per + k;
                    mantissas[from][o] = 2 * kernel[(channel * kx * ky + flipped) * per + k];
                }
            }
        }
        return new Link("conv" + suffix, source, target, SignMode.MIXED, 8, -1, mantissas, null, 0);
    }

    private static long length(int in, int padding, int dilation, int kernel, int stride) {
        return Math.floorDiv(in + 2L * padding - (long) dilation * (kernel - 1) - 1, stride) + 1;
    }
}
