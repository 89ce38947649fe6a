package org.axongrid.mapper.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.RegisterModel;

/** One file of golden vectors for converted networks. Layer i of the file is population i + 1; arrays there are channels first. */
final class GoldenCase {
    private final JsonNode root;

    GoldenCase(URL url) {
        try (InputStream in = url.openStream()) {
            root = new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int layers() {
        return root.get("layers").size();
    }

    int steps() {
        return root.get("params").get("T").asInt();
    }

    JsonNode trace(int layer) {
        return root.get("trace").get(layer);
    }

    /** @return counts of the quantised-activation network, channels last */
    int[] annLevels(int layer) {
        int[] chw = ints(root.get("ann_levels").get(layer));
        int[] out = new int[chw.length];
        for (int i = 0; i < chw.length; i++) {
            out[shape(layer).fromChannelsFirst(i)] = chw[i];
        }
        return out;
    }

    /** @return the network before folding: weights on activation values, input u8 / 256 */
    Network original() {
        return network("w_orig", "b_orig", true);
    }

    /** @return the folded network in real numbers; its input is u8 itself */
    SpikingNetwork spiking() {
        Network network = network("w_folded", "b_folded", false);
        int n = layers() + 1;
        double[] theta = new double[n];
        double[] initialV = new double[n];
        for (int p = 0; p < n; p++) {
            boolean neuron = p > 0 && layer(p - 1).get("neuron").asBoolean();
            theta[p] = neuron ? layer(p - 1).get("theta").asDouble() : Double.NaN;
            initialV[p] = neuron ? layer(p - 1).get("v0").asDouble() : Double.NaN;
        }
        return Snn.of(network, theta, initialV, network.kernels());
    }

    /** @return the folded network in integers */
    QuantisedNetwork quantised() {
        SpikingNetwork real = spiking();
        int n = layers() + 1;
        List<int[]> kernels = new ArrayList<>();
        for (int i = 0; i < real.kernels().size(); i++) {
            boolean analog = real.network().projections().get(i).source() == 0;
            kernels.add(analog ? null : Arrays.stream(real.kernels().get(i)).mapToInt(w -> (int) w).toArray());
        }
        int[][] threshold = new int[n][];
        int[][] initialV = new int[n][];
        int[][] bias = new int[n][];
        double[][] scale = new double[n][];
        int[] step = new int[n];
        Arrays.fill(step, 1);
        for (int p = 1; p < n; p++) {
            int channels = shape(p - 1).channels();
            bias[p] = Arrays.stream(real.network().populations().get(p).bias()).mapToInt(b -> (int) b).toArray();
            scale[p] = filled(channels, layer(p - 1).get("scale").asDouble());
            if (layer(p - 1).get("neuron").asBoolean()) {
                threshold[p] = new int[channels];
                Arrays.fill(threshold[p], layer(p - 1).get("theta").asInt());
                initialV[p] = new int[channels];
                Arrays.fill(initialV[p], layer(p - 1).get("v0").asInt());
            }
        }
        return new QuantisedNetwork(real.network(), "qcfs", real.schedule(), real.rules(), RegisterModel.UNLIMITED, 8, asList(kernels),
            new int[kernels.size()], threshold, initialV, new int[n][], bias, step, scale);
    }

    private static List<int[]> asList(List<int[]> withNull) {
        return Arrays.asList(withNull.toArray(int[][]::new));
    }

    private static double[] filled(int n, double value) {
        double[] out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    /** @return the input, channels last, each value divided by {@code divisor} */
    double[] image(double divisor) {
        int[] chw = ints(root.get("input_u8"));
        Shape shape = shape(root.get("input_shape"));
        double[] out = new double[chw.length];
        for (int i = 0; i < chw.length; i++) {
            out[shape.fromChannelsFirst(i)] = chw[i] / divisor;
        }
        return out;
    }

    JsonNode layer(int i) {
        return root.get("layers").get(i);
    }

    Shape shape(int layer) {
        return shape(layer(layer).get("out_shape"));
    }

    private static Shape shape(JsonNode node) {
        int[] e = ints(node);
        return e.length == 1 ? Shape.dense(e[0]) : new Shape(e[0], e[1], e[2]);
    }

    private Network network(String weights, String biases, boolean original) {
        List<Population> populations = new ArrayList<>();
        List<Projection> projections = new ArrayList<>();
        List<double[]> kernels = new ArrayList<>();
        populations.add(new Population("input", shape(root.get("input_shape")), Activation.input(), new double[0]));
        for (int i = 0; i < layers(); i++) {
            JsonNode layer = layer(i);
            Activation activation = layer.get("neuron").asBoolean()
                ? Activation.qcfs(layer.get("theta_orig").asDouble(), steps()) : Activation.linear();
            Shape from = populations.get(i).shape();
            Shape to = shape(i);
            populations.add(new Population("layer" + i, to, activation, doubles(layer.get(biases))));
            Projection p = projection(layer, i, from, to);
            projections.add(p);
            kernels.add(kernel(p, doubles(layer.get(weights)), original ? p.pool().area() : 1));
            JsonNode skip = layer.get("skip_from");
            if (skip != null && !skip.isNull()) {
                int source = skip.asInt() + 1;
                Projection shortcut = Projection.identity(source, i + 1, to);
                projections.add(shortcut);
                kernels.add(filled(shortcut.kernelSize(), original ? 1 : layer.get("skip_w_folded").asDouble()));
            }
        }
        return new Network("golden", populations, projections, kernels);
    }

    private static Projection projection(JsonNode layer, int source, Shape from, Shape to) {
        int k = layer.get("pool_before").asText().equals("gap") ? from.height() : layer.get("pool_k").asInt();
        Pool pool = k == 0 ? Pool.NONE : new Pool(k, k, k, k);
        if (layer.get("type").asText().equals("dense")) {
            return Projection.dense(source, source + 1, from, to, pool);
        }
        int[] w = ints(layer.get("w_shape"));
        int stride = layer.get("stride").asInt();
        int pad = layer.get("pad").asInt();
        return new Projection(source, source + 1, from, to, pool, w[2], w[3], stride, stride, pad, pad, 1, 1, 1);
    }

    /** From [out][in][ky][kx]; a dense layer's [out][c][y][x] is the same. */
    private static double[] kernel(Projection p, double[] oihw, int divisor) {
        double[] out = new double[p.kernelSize()];
        int at = 0;
        for (int o = 0; o < p.targetShape().channels(); o++) {
            for (int c = 0; c < p.sourceShape().channels(); c++) {
                for (int y = 0; y < p.kernelH(); y++) {
                    for (int x = 0; x < p.kernelW(); x++) {
                        out[p.row(y, x, c) + o] = oihw[at++] / divisor;
                    }
                }
            }
        }
        return out;
    }

    static int[] ints(JsonNode array) {
        int[] out = new int[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).asInt();
        }
        return out;
    }

    static double[] doubles(JsonNode array) {
        double[] out = new double[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).asDouble();
        }
        return out;
    }
}
