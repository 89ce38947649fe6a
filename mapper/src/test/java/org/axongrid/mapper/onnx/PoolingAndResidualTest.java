package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Average pooling and residual additions. */
class PoolingAndResidualTest {
    @TempDir
    Path folder;

    private final Random random = new Random(21);

    /** A convolution to 3 x 8 x 8 and its activation {@code a}. */
    private ModelBuilder start() {
        return new ModelBuilder(2, 8, 8).random(random, "w", 3, 2, 3, 3).node("Conv", "x,w", "z", "pads", new long[] {1, 1, 1, 1})
            .qcfs("z", "a", 1, 4);
    }

    private Network check(ModelBuilder model) {
        Network net = model.read(folder);
        NetworkEvaluator.assertSame(model, net, 4);
        return net;
    }

    private static ModelBuilder pool(ModelBuilder m, String in, String out, int kernel, int stride, Object... more) {
        Object[] all = new Object[4 + more.length];
        System.arraycopy(new Object[] {"kernel_shape", new long[] {kernel, kernel}, "strides", new long[] {stride, stride}}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return m.node("AveragePool", in, out, all);
    }

    private ModelBuilder conv(ModelBuilder m, String in, String out, int... weights) {
        long pad = weights[2] / 2;
        return m.random(random, out + "w", weights).node("Conv", in + "," + out + "w", out, "pads", new long[] {pad, pad, pad, pad});
    }

    private ModelBuilder dense(ModelBuilder m, String in, int features) {
        return m.node("Flatten", in, in + "f").random(random, in + "v", 4, features).node("Gemm", in + "f," + in + "v", "y", "transB", 1);
    }

    @Test
    void poolGoesIntoTheReader() {
        ModelBuilder m = conv(pool(start(), "a", "p", 2, 2), "p", "q", 2, 3, 3, 3).qcfs("q", "b", 1, 4);
        Network net = check(dense(m, "b", 32));
        assertEquals(new Pool(2, 2, 2, 2), net.projections().get(1).pool());
        assertEquals(4, net.populations().size());
    }

    @Test
    void overlappingWindowsAndDenseReader() {
        check(dense(pool(start(), "a", "p", 3, 2), "p", 27));
    }

    @Test
    void poolsAreComposed() {
        ModelBuilder m = pool(pool(start(), "a", "p", 2, 2), "p", "q", 2, 2);
        Network net = check(dense(m, "q", 12));
        assertEquals(new Pool(4, 4, 4, 4), net.projections().get(1).pool());
        check(dense(pool(pool(start(), "a", "p", 2, 2), "p", "q", 3, 1), "q", 12));
    }

    @Test
    void overlappingPoolBeforeAnotherIsAKernel() {
        check(dense(pool(pool(start(), "a", "p", 3, 1), "p", "q", 2, 2).qcfs("q", "b", 1, 4), "b", 27));
        check(dense(pool(pool(start(), "a", "p", 3, 1), "p", "q", 2, 2), "q", 27));
    }

    @Test
    void poolReadByAnActivationAndAtTheOutput() {
        Network net = check(pool(pool(start(), "a", "p", 2, 2).qcfs("p", "b", 1, 4), "b", "y", 2, 2));
        assertEquals(3, net.projections().get(1).groups());
    }

    @Test
    void poolOfAWeightedSum() {
        check(pool(conv(start(), "a", "c", 2, 3, 3, 3), "c", "p", 2, 2).qcfs("p", "y", 1, 4));
        check(pool(conv(start(), "a", "c", 2, 3, 1, 1), "c", "p", 2, 2).qcfs("p", "y", 1, 4));
        check(conv(start(), "a", "c", 2, 3, 3, 3).node("GlobalAveragePool", "c", "g").node("Flatten", "g", "y"));
    }

    @Test
    void globalMeans() {
        check(dense(start().node("GlobalAveragePool", "a", "g"), "g", 3));
        check(dense(start().node("ReduceMean", "a", "g", "axes", new long[] {2, 3}, "keepdims", 1), "g", 3));
        check(dense(start().node("ReduceMean", "a", "g", "axes", new long[] {-1, -2}, "keepdims", 0), "g", 3));
        check(dense(start().longs("axes", 2, 3).opset(18).node("ReduceMean", "a,axes", "g", "keepdims", 0), "g", 3));
        check(dense(start().longs("t", 0, 3, -1).node("Reshape", "a,t", "r").node("ReduceMean", "r", "g", "axes", new long[] {2},
            "keepdims", 0), "g", 3));
    }

    @Test
    void paddedPoolingWithAndWithoutThePadding() {
        check(pool(start(), "a", "p", 3, 2, "pads", new long[] {1, 1, 1, 1}, "count_include_pad", 1).node("Relu", "p", "y"));
        Network net = check(pool(start(), "a", "p", 3, 2, "pads", new long[] {1, 1, 1, 1}).node("Relu", "p", "y"));
        // One for the whole map, one each for the upper row, the left column and the corner that are cut.
        assertEquals(4, net.into(2).length);
    }

    @Test
    void ceilModeWithAndWithoutPartialWindows() {
        check(dense(pool(start(), "a", "p", 2, 2, "ceil_mode", 1), "p", 48));
        check(dense(pool(start(), "a", "p", 3, 2, "ceil_mode", 1), "p", 48));
        check(dense(pool(start(), "a", "p", 3, 2, "ceil_mode", 1, "count_include_pad", 1, "pads", new long[] {1, 1, 1, 1}), "p", 75));
    }

    @Test
    void identityShortcut() {
        ModelBuilder m = conv(start(), "a", "c", 3, 3, 3, 3).node("Add", "c,a", "s").qcfs("s", "b", 1, 4);
        Network net = check(dense(m, "b", 192));
        int[] into = net.into(2);
        assertEquals(2, into.length);
        assertEquals(Projection.identity(1, 2, net.populations().get(1).shape()), net.projections().get(into[1]));
        assertArrayEquals(new double[] {1, 1, 1}, net.kernels().get(into[1]));
    }

    @Test
    void convolutionShortcutAndPooledShortcut() {
        ModelBuilder m = start().random(random, "w1", 4, 3, 3, 3).random(random, "w2", 4, 3, 1, 1).random(random, "b2", 4)
            .node("Conv", "a,w1", "c1", "strides", new long[] {2, 2}, "pads", new long[] {1, 1, 1, 1})
            .node("Conv", "a,w2,b2", "c2", "strides", new long[] {2, 2}).node("Add", "c1,c2", "s").qcfs("s", "b", 1, 4);
        pool(m, "a", "p", 2, 2).random(random, "w3", 4, 3, 1, 1).node("Conv", "p,w3", "c3").node("Add", "c3,b", "t").qcfs("t", "d", 1, 8);
        check(dense(m, "d", 64));
    }

    @Test
    void zeroPaddedChannelShortcut() {
        ModelBuilder m = conv(start(), "a", "c", 5, 3, 3, 3).longs("pads", 0, 1, 0, 0, 0, 1, 0, 0).node("Pad", "a,pads", "e")
            .node("Add", "c,e", "s").qcfs("s", "b", 1, 4);
        check(dense(m, "b", 320));
    }

    @Test
    void additionWithoutActivationBehindTheReadoutIsFine() {
        check(new ModelBuilder(4).random(random, "w", 4, 4).node("Gemm", "x,w", "g").node("Add", "g,x", "y"));
    }

    @Test
    void sumsOfPreActivationBlocksAreMadeAnew() {
        ModelBuilder m = conv(start(), "a", "c", 3, 3, 3, 3).node("Add", "c,a", "s").qcfs("s", "b", 1, 4);
        conv(m, "b", "d", 3, 3, 3, 3).node("Add", "d,s", "t").qcfs("t", "y", 1, 4);
        check(m);
    }

    @Test
    void twoActivationsOfOneSum() {
        ModelBuilder m = conv(start(), "a", "c", 3, 3, 3, 3).qcfs("c", "b", 1, 4).qcfs("c", "d", 1, 2).node("Add", "b,d", "e").qcfs("e", "y", 1, 4);
        assertEquals(6, check(m).populations().size());
    }
}
