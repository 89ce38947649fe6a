package org.axongrid.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that were not trained with QCFS: rectifiers, clipped ones, max pools. */
class RectifierImportTest {
    @TempDir
    private Path folder;

    private final Random random = new Random(8);

    private ModelBuilder start() {
        return new ModelBuilder(2, 8, 8).random(random, "w", 3, 2, 3, 3).node("Conv", "x,w", "z", "pads", new long[] {1, 1, 1, 1});
    }

    private ModelBuilder dense(ModelBuilder m, String in, int features) {
        return m.node("Flatten", in, in + "f").random(random, in + "v", 4, features).node("Gemm", in + "f," + in + "v", "y", "transB", 1);
    }

    private Network check(ModelBuilder model, Activation.Kind... kinds) {
        Network net = model.read(folder);
        assertEquals(List.of(kinds), net.populations().stream().map(p -> p.activation().kind()).toList());
        NetworkEvaluator.assertSame(model, net, 4);
        return net;
    }

    @Test
    void relu() {
        check(dense(start().node("Relu", "z", "a"), "a", 192), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.LINEAR);
    }

    @Test
    void reluOfAScaledSumAndScaledAgain() {
        ModelBuilder m = start().scalar("k", 3).node("Mul", "z,k", "s").node("Relu", "s", "a").scalar("h", 0.5).node("Mul", "a,h", "b");
        check(dense(m, "b", 192), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.LINEAR);
    }

    @Test
    void clippedReluKeepsItsEnd() {
        ModelBuilder m = start().scalar("lo", 0).scalar("hi", 0.5).node("Clip", "z,lo,hi", "a");
        Network net = check(dense(m, "a", 192), Activation.Kind.INPUT, Activation.Kind.CLIP, Activation.Kind.LINEAR);
        assertEquals(0.5, net.populations().get(1).activation().lambda());
    }

    @Test
    void maxPoolIsAPopulation() {
        for (long[] geometry : new long[][] {{2, 2, 0}, {3, 2, 0}, {3, 2, 1}}) {
            ModelBuilder m = start().node("Relu", "z", "a").node("MaxPool", "a", "p", "kernel_shape", new long[] {geometry[0], geometry[0]},
                "strides", new long[] {geometry[1], geometry[1]}, "pads", new long[] {geometry[2], geometry[2], geometry[2], geometry[2]});
            int side = (int) ((8 + 2 * geometry[2] - geometry[0]) / geometry[1] + 1);
            check(dense(m, "p", 3 * side * side), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.MAX_POOL, Activation.Kind.LINEAR);
        }
    }

    @Test
    void maxPoolOfASumWaitsForItsActivation() {
        ModelBuilder pooled = start().node("MaxPool", "z", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2});
        check(dense(pooled.node("Relu", "p", "a"), "a", 48), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.MAX_POOL,
            Activation.Kind.LINEAR);
    }

    @Test
    void batchNormBehindAMaximumOfSumsMayScaleByPositiveFactorsOnly() {
        for (double smallest : new double[] {0.3, -0.3}) {
            ModelBuilder m = hidden().node("MaxPool", "z2", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2})
                .floats("g", new int[] {3}, 1.5, smallest, 2).floats("b", new int[] {3}, 0.1, -0.2, 0.3).floats("m", new int[] {3}, 0.2, 0.1, -0.4)
                .floats("v", new int[] {3}, 1, 2, 0.5).node("BatchNormalization", "p,g,b,m,v", "n");
            dense(m.node("Relu", "n", "a"), "a", 48);
            if (smallest > 0) {
                check(m, Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.RELU, Activation.Kind.MAX_POOL, Activation.Kind.LINEAR);
            } else {
                String said = m.refusal(folder);
                assertTrue(said.contains("BatchNormalization 'n_n'") && said.contains("only positive factors"), said);
            }
        }
    }

    @Test
    void aMaximumOfSumsWithoutActivationIsRefusedBehindTheFirst() {
        String said = dense(hidden().node("MaxPool", "z2", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2}), "p", 48).refusal(folder);
        assertTrue(said.contains("Gemm 'n_y'") && said.contains("MaxPool 'n_p'"), said);
    }

    @Test
    void globalMaximaAndWindowsCutAtTheBorder() {
        check(dense(start().node("Relu", "z", "a").node("GlobalMaxPool", "a", "g"), "g", 3), Activation.Kind.INPUT, Activation.Kind.RELU,
            Activation.Kind.MAX_POOL, Activation.Kind.LINEAR);
        check(dense(start().node("Relu", "z", "a").node("ReduceMax", "a", "g", "axes", new long[] {2, 3}, "keepdims", 0), "g", 3), Activation.Kind.INPUT,
            Activation.Kind.RELU, Activation.Kind.MAX_POOL, Activation.Kind.LINEAR);
        check(dense(start().node("Relu", "z", "a").node("MaxPool", "a", "p", "kernel_shape", new long[] {3, 3}, "strides", new long[] {2, 2}, "ceil_mode", 1),
            "p", 48), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.MAX_POOL, Activation.Kind.LINEAR);
    }

    @Test
    void twoPopulationsSideBySideAreEachPooled() {
        ModelBuilder m = start().node("Relu", "z", "a").random(random, "w3", 2, 2, 1, 1).node("Conv", "x,w3", "z3").node("Relu", "z3", "b")
            .node("Concat", "a,b", "c", "axis", 1).node("MaxPool", "c", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2});
        check(dense(m, "p", 80), Activation.Kind.INPUT, Activation.Kind.RELU, Activation.Kind.RELU, Activation.Kind.MAX_POOL, Activation.Kind.MAX_POOL,
            Activation.Kind.LINEAR);
    }

    /** A second sum {@code z2}, 3 x 8 x 8, behind an activation. */
    private ModelBuilder hidden() {
        return start().node("Relu", "z", "a1").random(random, "w2", 3, 3, 3, 3).node("Conv", "a1,w2", "z2", "pads", new long[] {1, 1, 1, 1});
    }
}
