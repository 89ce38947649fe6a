package org.axongrid.mapper.onnx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What cannot be imported is named, all of it at once, with a way out. */
class RefusalTest {
    @TempDir
    Path folder;

    private final Random random = new Random(31);

    private void assertRefused(ModelBuilder m, String... parts) {
        assertContains(m.refusal(folder), parts);
    }

    private static void assertContains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' not in: " + message);
        }
    }

    private ModelBuilder conv(ModelBuilder m, String in, String out, int from, int to) {
        return m.random(random, out + "_w", to, from, 3, 3).node("Conv", in + "," + out + "_w", out, "pads", new long[] {1, 1, 1, 1});
    }

    @Test
    void allUnsupportedNodesAreListed() {
        ModelBuilder m = conv(new ModelBuilder(1, 8, 8), "x", "c1", 1, 2).node("Relu", "c1", "r1")
            .node("MaxPool", "r1", "p1", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2});
        conv(m, "p1", "c2", 2, 3).node("Sigmoid", "c2", "s2");
        conv(m, "s2", "c3", 3, 3).node("Relu", "c3", "r3").custom("com.example", "Quant", "r3", "q3").node("Flatten", "q3", "y");
        assertRefused(m, "model.onnx", "Sigmoid 'n_s2'", "Quant 'n_q3'", "com.example");
    }

    @Test
    void longListsAreCut() {
        ModelBuilder m = new ModelBuilder(4);
        String in = "x";
        for (int i = 0; i < 30; i++) {
            m.node("Tanh", in, "t" + i);
            in = "t" + i;
        }
        assertRefused(m.node("Identity", in, "y"), "'n_t0'", "and 10 more");
    }

    @Test
    void clipBelowZeroIsNoRectifier() {
        ModelBuilder m = conv(new ModelBuilder(1, 4, 4), "x", "c", 1, 2).scalar("lo", -1).scalar("hi", 6).node("Clip", "c,lo,hi", "r");
        assertRefused(conv(m, "r", "y", 2, 2), "Clip 'n_r'", "[-1.0, 6.0]");
    }

    @Test
    void perPositionConstantsAreRefused() {
        ModelBuilder m = conv(conv(new ModelBuilder(1, 4, 4), "x", "d", 1, 1).qcfs("d", "e", 1, 4), "e", "c", 1, 1).random(random, "p", 1, 1, 4, 4)
            .node("Add", "c,p", "s");
        assertRefused(m.qcfs("s", "y", 1, 4), "Add 'n_s'", "positions");
    }

    @Test
    void productOfSignalsIsRefused() {
        ModelBuilder m = conv(new ModelBuilder(1, 4, 4), "x", "c", 1, 1).qcfs("c", "a", 1, 4).node("Mul", "a,a", "y");
        assertRefused(m, "Mul 'n_y'", "gating");
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertRefused(new ModelBuilder(4).random(random, "w", 3, 5).node("Gemm", "x,w", "y", "transB", 1), "Gemm 'n_y'", "[3, 5]", "4 features");
        assertRefused(conv(new ModelBuilder(2, 4, 4), "x", "y", 3, 2), "Conv 'n_y'", "2 input channels");
        assertRefused(new ModelBuilder(1, 2, 2).random(random, "w", 1, 1, 3, 3).node("Conv", "x,w", "y"), "larger than the padded map");
        assertRefused(new ModelBuilder(1, 4, 4).random(random, "w", 1, 1, 3, 3).node("Conv", "x,w", "y", "pads", new long[] {-1, 0, 0, 0}),
            "pads [-1, 0, 0, 0]");
        assertRefused(new ModelBuilder(1, 4, 4).random(random, "w", 1, 1, 3, 3).node("Conv", "x,w", "y", "strides", new long[] {0, 1}),
            "strides [0, 1]");
        assertRefused(new ModelBuilder(4, 4, 4).longs("t", -1, 8, 9).node("Reshape", "x,t", "y"), "Reshape 'n_y'", "[-1, 8, 9]");
        assertRefused(new ModelBuilder(4, 4, 4).longs("t", 2, 32).node("Reshape", "x,t", "y"), "batch");
        assertRefused(new ModelBuilder(3, 4, 4).qcfs("x", "a", 1, 4).node("Transpose", "a", "y", "perm", new long[] {0, 2, 1, 3}), "order of elements");
    }

    @Test
    void graphsWithOtherEndsAreRefused() {
        assertRefused(new ModelBuilder(4).node("Identity", "nothing", "y"), "'nothing' is not defined");
        assertRefused(new ModelBuilder(4).node("Identity", "x", "z"), "'y' is not computed");
        assertRefused(new ModelBuilder(4).node("Identity", "b", "a").node("Identity", "a", "b").node("Add", "x,a", "y"), "cycle");
        assertRefused(new ModelBuilder(4).node("Identity", "x", "y").node("Identity", "x", "y"), "defined twice");
        assertRefused(new ModelBuilder(4, -1).node("Identity", "x", "y"), "input 'x'", "only the batch size");
        assertRefused(new ModelBuilder(1, 2, 3, 4).node("Identity", "x", "y"), "[N, C, H, W] is expected");
        assertRefused(new ModelBuilder(4).opset(6).node("Identity", "x", "y"), "operator set 6");
        assertRefused(new ModelBuilder(4).scalar("c", 1).node("Identity", "c", "y"), "constant");
    }

    @Test
    void trainingModeIsRefused() {
        ModelBuilder m = new ModelBuilder(2).random(random, "w", 2, 2).node("Gemm", "x,w", "z").floats("o", new int[] {2}, 1, 1)
            .node("BatchNormalization", "z,o,o,o,o", "y", "training_mode", 1);
        assertRefused(m, "model.eval()");
    }

    @Test
    void namesCannotBreakTheLine() {
        String name = "a\nb" + "c".repeat(1000);
        ModelBuilder m = new ModelBuilder(2).node("Ta\nnh", "x", name).node("Identity", name, "y");
        String message = m.refusal(folder);
        assertFalse(message.contains("\n") || message.length() > 400, message);
    }
}
