package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Convolutions, dense layers and what is folded into them compute what the model computes. */
class LinearImportTest {
    @TempDir
    Path folder;

    private final Random random = new Random(11);

    private Network check(ModelBuilder model) {
        Network net = model.read(folder);
        NetworkEvaluator.assertSame(model, net, 3);
        return net;
    }

    /** A convolution, an activation and a dense readout. */
    private Network convolution(int[] weights, int features, Object... attributes) {
        ModelBuilder m = new ModelBuilder(4, 7, 6).random(random, "w", weights).random(random, "b", weights[0])
            .node("Conv", "x,w,b", "z", attributes).qcfs("z", "a", 1.3, 8).node("Flatten", "a", "f")
            .random(random, "v", 3, features).random(random, "c", 3).node("Gemm", "f,v,c", "y", "transB", 1);
        return check(m);
    }

    @Test
    void plainConvolution() {
        Network net = convolution(new int[] {5, 4, 3, 3}, 5 * 5 * 4);
        assertEquals(new Shape(5, 5, 4), net.populations().get(1).shape());
    }

    @Test
    void asymmetricPadding() {
        convolution(new int[] {5, 4, 3, 2}, 5 * 8 * 6, "pads", new long[] {1, 0, 2, 1});
    }

    @Test
    void stridesAndDilations() {
        convolution(new int[] {5, 4, 3, 2}, 5 * 3 * 3, "pads", new long[] {1, 0, 1, 1}, "strides", new long[] {2, 2}, "dilations",
            new long[] {2, 1});
    }

    @Test
    void groups() {
        convolution(new int[] {6, 2, 3, 3}, 6 * 5 * 4, "group", 2);
    }

    @Test
    void depthwiseWithMultiplier() {
        convolution(new int[] {8, 1, 3, 3}, 8 * 7 * 6, "group", 4, "pads", new long[] {1, 1, 1, 1});
    }

    @Test
    void automaticPadding() {
        convolution(new int[] {5, 4, 4, 3}, 5 * 4 * 3, "auto_pad", "SAME_UPPER", "strides", new long[] {2, 2});
        convolution(new int[] {5, 4, 4, 3}, 5 * 4 * 3, "auto_pad", "SAME_LOWER", "strides", new long[] {2, 2});
        convolution(new int[] {5, 4, 4, 3}, 5 * 4 * 4, "auto_pad", "VALID");
    }

    @Test
    void oneSpatialAxis() {
        ModelBuilder m = new ModelBuilder(3, 10).random(random, "w", 4, 3, 3)
            .node("Conv", "x,w", "z", "pads", new long[] {1, 1}, "strides", new long[] {2}).qcfs("z", "a", 1, 4)
            .node("AveragePool", "a", "p", "kernel_shape", new long[] {2}, "strides", new long[] {2}).node("Flatten", "p", "f")
            .random(random, "v", 8, 2).node("MatMul", "f,v", "y");
        Network net = check(m);
        assertEquals(new Shape(3, 1, 10), net.input().shape());
    }

    @Test
    void gemmWithFactorsAndMatMulWithAddedBias() {
        ModelBuilder m = new ModelBuilder(5).random(random, "w", 5, 4).random(random, "b", 4)
            .node("Gemm", "x,w,b", "z", "alpha", 0.5f, "beta", 2f).qcfs("z", "a", 1, 4).random(random, "v", 4, 3).random(random, "c", 3)
            .node("MatMul", "a,v", "m").node("Add", "c,m", "y");
        assertEquals(Shape.dense(5), check(m).input().shape());
    }

    @Test
    void batchNormBehindConvolutionAndDense() {
        ModelBuilder m = new ModelBuilder(2, 5, 5).random(random, "w", 3, 2, 3, 3).node("Conv", "x,w", "z");
        batchNorm(m, "z", "n", 3, 1e-3f).qcfs("n", "a", 1, 4).node("Flatten", "a", "f").random(random, "v", 4, 27)
            .node("Gemm", "f,v", "g", "transB", 1);
        check(batchNorm(m, "g", "y", 4, 1e-5f));
    }

    @Test
    void batchNormBehindActivationBeforeUnpaddedConvolution() {
        ModelBuilder m = new ModelBuilder(2, 5, 5);
        batchNorm(m, "x", "n", 2, 1e-5f).random(random, "w", 3, 2, 3, 3).node("Conv", "n,w", "z").qcfs("z", "a", 1, 4);
        batchNorm(m, "a", "o", 3, 1e-5f).random(random, "u", 3, 3, 2, 2).node("Conv", "o,u", "q").qcfs("q", "b", 1, 4)
            .node("Flatten", "b", "f");
        check(batchNorm(m, "f", "g", 12, 1e-5f).random(random, "v", 2, 12).node("Gemm", "g,v", "y", "transB", 1));
    }

    private ModelBuilder batchNorm(ModelBuilder m, String in, String out, int channels, float epsilon) {
        double[] variance = random.doubles(channels, 0.1, 2).toArray();
        return m.random(random, out + "g", channels).random(random, out + "b", channels).random(random, out + "m", channels)
            .floats(out + "v", new int[] {channels}, variance)
            .node("BatchNormalization", in + "," + out + "g," + out + "b," + out + "m," + out + "v", out, "epsilon", epsilon);
    }

    @Test
    void normalisedInputFoldsIntoAnUnpaddedConvolution() {
        ModelBuilder m = new ModelBuilder(3, 6, 6).floats("mean", new int[] {1, 3, 1, 1}, 0.4, 0.5, 0.6)
            .floats("std", new int[] {3, 1, 1}, 0.2, 0.3, 0.25).node("Sub", "x,mean", "s").node("Div", "s,std", "d")
            .random(random, "w", 4, 3, 3, 3).node("Conv", "d,w", "z").qcfs("z", "a", 1, 4).node("GlobalAveragePool", "a", "g")
            .node("Flatten", "g", "f").random(random, "v", 4, 2).node("MatMul", "f,v", "y");
        check(m);
    }

    @Test
    void theHostNormalisesTheInputUnlessTheMeanIsZero() {
        ModelBuilder m = new ModelBuilder(1, 6, 6).scalar("mean", 0.1307).scalar("std", 0.3081).node("Sub", "x,mean", "s")
            .node("Div", "s,std", "d").random(random, "w", 4, 1, 3, 3).node("Conv", "d,w", "z", "pads", new long[] {1, 1, 1, 1})
            .qcfs("z", "y", 1, 4);
        assertEquals("Sub 'n_s', Div 'n_d'", check(m).front().text());
        ModelBuilder zero = new ModelBuilder(1, 6, 6).scalar("mean", 0).scalar("std", 0.3081).node("Sub", "x,mean", "s")
            .node("Div", "s,std", "d").random(random, "w", 4, 1, 3, 3).node("Conv", "d,w", "z", "pads", new long[] {1, 1, 1, 1})
            .qcfs("z", "y", 1, 4);
        assertNull(check(zero).front());
    }

    @Test
    void concatenationFeedsConvolutionAndDense() {
        ModelBuilder m = new ModelBuilder(2, 6, 6).random(random, "w1", 4, 2, 3, 3).random(random, "w2", 2, 2, 1, 1)
            .node("Conv", "x,w1", "z1", "pads", new long[] {1, 1, 1, 1}).qcfs("z1", "a1", 1, 4).node("Conv", "x,w2", "z2").qcfs("z2", "a2", 1, 8)
            .node("Concat", "a1,a2", "c", "axis", 1).random(random, "w3", 4, 3, 3, 3).node("Conv", "c,w3", "z3", "group", 2)
            .qcfs("z3", "a3", 1, 4)
            .node("AveragePool", "c", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2}).node("Flatten", "p", "f1")
            .node("Flatten", "a3", "f2").node("Concat", "f1,f2", "f", "axis", 1).random(random, "v", 3, 6 * 9 + 4 * 16)
            .node("Gemm", "f,v", "y", "transB", 1);
        Network net = check(m);
        assertEquals(3, net.into(net.populations().size() - 1).length);
    }

    @Test
    void concatenationIsPooledAndActivatedPartByPart() {
        ModelBuilder m = new ModelBuilder(2, 4, 4).random(random, "w", 3, 2, 1, 1).node("Conv", "x,w", "z").qcfs("z", "a", 1, 4)
            .node("Concat", "a,x", "c", "axis", 1).node("AveragePool", "c", "p", "kernel_shape", new long[] {2, 2}, "strides",
                new long[] {2, 2}).qcfs("p", "q", 1, 4).node("Flatten", "q", "y");
        check(m);
    }

    @Test
    void paddingNodeIsFolded() {
        ModelBuilder m = new ModelBuilder(2, 5, 5).longs("none", 0, 0, 0, 0, 0, 0, 0, 0).longs("pads", 0, 0, 1, 2, 0, 0, 0, 1)
            .node("Pad", "x,none", "p").node("Pad", "p,pads", "q").random(random, "w", 3, 2, 3, 3)
            .node("Conv", "q,w", "z", "pads", new long[] {1, 0, 0, 0}).qcfs("z", "a", 1, 4).node("Flatten", "a", "y");
        check(m);
    }

    @Test
    void viewChainsKeepTheBatch() {
        ModelBuilder m = new ModelBuilder(2, 4, 4).random(random, "w", 3, 2, 3, 3).node("Conv", "x,w", "z").qcfs("z", "a", 1, 4)
            .longs("first", 0).longs("axes", 0).longs("minus", -1);
        m.node("Shape", "a", "s").node("Gather", "s,first", "b").node("Concat", "b,minus", "t", "axis", 0).node("Reshape", "a,t", "f")
            .random(random, "v", 12, 2).node("MatMul", "f,v", "y");
        m.nodes().removeIf(n -> "Shape Gather".contains(n.op()) || n.output().equals("t"));
        m.tensors().put("t", new ModelBuilder.Tensor(new int[] {2}, new double[] {-1, 12}));
        check(m);
    }

    @Test
    void flatInputReshapedToAnImage() {
        ModelBuilder m = new ModelBuilder(16).longs("t", -1, 1, 4, 4).node("Reshape", "x,t", "i").random(random, "w", 3, 1, 3, 3)
            .node("Conv", "i,w", "z").qcfs("z", "a", 1, 4).node("Flatten", "a", "y");
        assertEquals(new Shape(1, 4, 4), check(m).input().shape());
    }

    @Test
    void imageFlattenedAtOnceStaysAnImage() {
        ModelBuilder m = new ModelBuilder(3, 4, 5).node("Flatten", "x", "f").random(random, "w", 4, 60).node("Gemm", "f,w", "y", "transB", 1);
        assertEquals(new Shape(3, 4, 5), check(m).input().shape());
        ModelBuilder two = new ModelBuilder(4, 5).node("Flatten", "x", "f").random(random, "w", 4, 20).node("Gemm", "f,w", "y", "transB", 1);
        assertEquals(new Shape(1, 4, 5), check(two).input().shape());
    }

    @Test
    void softmaxAtTheOutputIsDroppedAndNoted() {
        ModelBuilder m = new ModelBuilder(4).random(random, "w", 3, 4).node("Gemm", "x,w", "z", "transB", 1).node("Softmax", "z", "y");
        List<String> notes = new ArrayList<>();
        NetworkEvaluator.assertSame(m, OnnxImporter.read(m.write(folder), notes), 5);
        assertEquals(1, notes.size());
    }

    @Test
    void populationsThatDoNotReachTheOutputAreDropped() {
        ModelBuilder m = new ModelBuilder(4).random(random, "w", 3, 4).node("Gemm", "x,w", "y", "transB", 1)
            .node("Gemm", "x,w", "q", "transB", 1).qcfs("q", "unused", 1, 4);
        assertEquals(2, m.read(folder).populations().size());
    }

    @Test
    void nodesOutOfOrderAreSorted() {
        ModelBuilder m = new ModelBuilder(4).random(random, "w", 3, 4).random(random, "v", 2, 3).node("Gemm", "a,v", "y", "transB", 1)
            .node("Gemm", "x,w", "z", "transB", 1).qcfs("z", "a", 1, 4);
        assertEquals(3, m.read(folder).populations().size());
    }

    @Test
    void linearLayersWithoutActivationAreOne() {
        ModelBuilder m = new ModelBuilder(4).random(random, "w", 3, 4).random(random, "v", 2, 3).node("Gemm", "x,w", "z", "transB", 1)
            .node("Gemm", "z,v", "y", "transB", 1);
        check(m);
    }

    @Test
    void weightsMustBeNumbers() {
        ModelBuilder m = new ModelBuilder(2).floats("w", new int[] {2, 2}, 1, 2, Double.NaN, 4).node("Gemm", "x,w", "y");
        String message = m.refusal(folder);
        assertTrue(message.contains("'w'") && message.contains("[1, 0]"), message);
    }
}
