package org.axongrid.mapper.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linear layers and average pools with nothing between them, in front of the first activation and behind it. */
class LinearChainTest {
    private static final int NETWORKS = 300;

    @TempDir
    private Path folder;

    /** Random linear operations, some of which pad with zeros or are cut at the border. */
    private static String chain(ModelBuilder m, Random random, String in, int[] shape, int length, boolean biased) {
        String at = in;
        for (int i = 0; i < length; i++) {
            String out = in + "_" + i;
            int pad = random.nextInt(2);
            int k = 1 + random.nextInt(3);
            int stride = 1 + random.nextInt(2);
            int h = shape[1] + 2 * pad;
            int w = shape[2] + 2 * pad;
            if (k > h || k > w || pad >= k) {
                k = 1;
                pad = 0;
                stride = 1;
                h = shape[1];
                w = shape[2];
            }
            long[] pads = {pad, pad, pad, pad};
            if (random.nextBoolean()) {
                int channels = 1 + random.nextInt(2) * shape[0];
                int groups = channels % shape[0] == 0 && random.nextBoolean() ? shape[0] : 1;
                m.random(random, out + "w", channels, shape[0] / groups, k, k).random(random, out + "b", channels)
                    .node("Conv", at + "," + out + "w" + (biased ? "," + out + "b" : ""), out, "pads", pads, "strides", new long[] {stride, stride}, "group",
                        groups);
                shape[0] = channels;
                shape[1] = (h - k) / stride + 1;
                shape[2] = (w - k) / stride + 1;
            } else {
                boolean ceil = random.nextBoolean() && pad == 0;
                m.node("AveragePool", at, out, "kernel_shape", new long[] {k, k}, "strides", new long[] {stride, stride}, "pads", pads, "ceil_mode",
                    ceil ? 1 : 0, "count_include_pad", random.nextInt(2));
                shape[1] = outputs(h, k, stride, ceil);
                shape[2] = outputs(w, k, stride, ceil);
            }
            at = out;
        }
        return at;
    }

    private static int outputs(int extent, int k, int stride, boolean ceil) {
        int floor = (extent - k) / stride + 1;
        return ceil && (extent - k) % stride != 0 && floor * stride < extent ? floor + 1 : floor;
    }

    @Test
    void chainsOfLinearLayersAreExactOrRefusedForTheirBias() {
        int taken = 0;
        for (int n = 0; n < NETWORKS; n++) {
            Random random = new Random(n);
            int[] shape = {1 + random.nextInt(3), 3 + random.nextInt(6), 3 + random.nextInt(6)};
            ModelBuilder m = new ModelBuilder(shape.clone());
            boolean biased = random.nextBoolean();
            String a = chain(m, random, "x", shape, random.nextInt(3), true);
            m.random(random, "w", 2, shape[0], 1, 1).node("Conv", a + ",w", "z").node("Relu", "z", "a");
            shape[0] = 2;
            String c = chain(m, random, "a", shape, 1 + random.nextInt(3), biased);
            m.node("Relu", c, "r").node("Flatten", "r", "f").random(random, "v", 3, shape[0] * shape[1] * shape[2]).node("Gemm", "f,v", "y", "transB", 1);
            String seed = "seed " + n;
            try {
                NetworkEvaluator.assertSame(m, m.read(folder), n);
                taken++;
            } catch (org.axongrid.isa.InvalidInputException e) {
                assertTrue(biased && e.getMessage().contains("the bias would differ at the border"), seed + ": " + e.getMessage());
            }
        }
        assertTrue(taken > NETWORKS / 2, taken + " of " + NETWORKS);
    }

    @Test
    void whatTheHostComputesIsAsLittleAsPossible() {
        Random random = new Random(3);
        ModelBuilder m = new ModelBuilder(2, 6, 6).node("MaxPool", "x", "p", "kernel_shape", new long[] {2, 2}).random(random, "w", 3, 2, 3, 3)
            .node("Conv", "p,w", "z", "pads", new long[] {1, 1, 1, 1}).node("Relu", "z", "a").node("Flatten", "a", "f").random(random, "v", 2, 75)
            .node("Gemm", "f,v", "y", "transB", 1);
        List<String> notes = new ArrayList<>();
        Network net = OnnxImporter.read(m.write(folder), notes);
        NetworkEvaluator.assertSame(m, net, 3);
        assertNotNull(net.front());
        assertEquals("MaxPool 'n_p'", net.front().text());
        assertEquals("2x5x5", net.input().shape().toString());
        assertTrue(notes.stream().anyMatch(t -> t.contains("the host computes MaxPool 'n_p'")), notes.toString());
    }

    @Test
    void imageAndWhatTheHostMadeOfItAreOneInput() {
        Random random = new Random(4);
        ModelBuilder m = new ModelBuilder(2, 6, 6).node("MaxPool", "x", "p", "kernel_shape", new long[] {3, 3}, "pads", new long[] {1, 1, 1, 1})
            .random(random, "w", 3, 2, 3, 3).random(random, "u", 3, 1, 3, 3).node("Conv", "p,w", "z", "pads", new long[] {1, 1, 1, 1}).node("Relu", "z", "a")
            .random(random, "u2", 4, 1, 3, 3).node("Conv", "x,u2", "q", "pads", new long[] {1, 1, 1, 1}, "group", 2).node("Relu", "q", "b")
            .node("Concat", "a,b", "c", "axis", 1).node("Flatten", "c", "f").random(random, "v", 2, 252).node("Gemm", "f,v", "y", "transB", 1);
        Network net = m.read(folder);
        NetworkEvaluator.assertSame(m, net, 4);
        assertEquals("4x6x6", net.input().shape().toString());
        assertEquals("2x6x6", net.imageShape().toString());
    }

    @Test
    void aBiasInFrontOfAPaddedLayerIsRefusedBehindTheFirstActivation() {
        Random random = new Random(5);
        ModelBuilder m = new ModelBuilder(1, 6, 6).random(random, "w", 2, 1, 1, 1).node("Conv", "x,w", "z").node("Relu", "z", "a").random(random, "u", 2, 2, 3, 3)
            .random(random, "b", 2).node("Conv", "a,u,b", "p").random(random, "v", 2, 2, 3, 3).node("Conv", "p,v", "q", "pads", new long[] {1, 1, 1, 1})
            .node("Relu", "q", "y");
        String said = m.refusal(folder);
        assertTrue(said.contains("Conv 'n_q'") && said.contains("Conv 'n_p'") && said.contains("the bias would differ at the border"), said);
    }

    @Test
    void whatTheBorderCostsIsSaid() {
        Random random = new Random(6);
        ModelBuilder m = new ModelBuilder(1, 6, 6).random(random, "w", 2, 1, 1, 1).node("Conv", "x,w", "z").node("Relu", "z", "a")
            .node("AveragePool", "a", "p", "kernel_shape", new long[] {3, 3}, "pads", new long[] {1, 1, 1, 1}).node("Relu", "p", "b").node("Flatten", "b", "f")
            .random(random, "v", 2, 72).node("Gemm", "f,v", "y", "transB", 1);
        List<String> notes = new ArrayList<>();
        NetworkEvaluator.assertSame(m, OnnxImporter.read(m.write(folder), notes), 6);
        // Beside the inside each of the 4 rows and columns and each of the 4 corners that are cut has a projection.
        assertTrue(notes.stream().anyMatch(t -> t.contains("layer b: windows are cut at the border") && t.contains("9 projections")), notes.toString());
    }
}
