package org.axongrid.cli.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/**
 * The network of a conversion case: layer i of the file is a population, with a max pool of its own in front where the file has one. Arrays
 * are channels first in the file and channels last here.
 */
final class ConversionLayers {
    private static final int WINDOW_MAX = 1 << 12;
    private static final int NEURONS_MAX = 1 << 20;
    private static final long TAPS_MAX = 1L << 26;

    private final JsonFields file;
    private final JsonFields[] layers;
    private final boolean whole;
    private final List<Population> populations = new ArrayList<>();
    private final List<Projection> projections = new ArrayList<>();
    private final List<double[]> kernels = new ArrayList<>();
    private final int[] populationOf;
    private long taps;
    private long neurons;

    /**
     * @param file  the file
     * @param whole whether its numbers are integers
     */
    ConversionLayers(JsonFields file, boolean whole) {
        this.file = file;
        this.whole = whole;
        layers = file.objects("layers", -1);
        if (layers.length == 0 || layers.length > 1024) {
            throw file.error(layers.length + " layers, 1 to 1024 are expected");
        }
        populationOf = new int[layers.length];
        populations.add(new Population("input", shape(file, "input_shape"), Activation.input(), new double[0]));
        for (int i = 0; i < layers.length; i++) {
            try {
                add(i);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw layers[i].error(e.getMessage());
            }
        }
    }

    private void add(int i) {
        JsonFields layer = layers[i];
        boolean neuron = layer.truth("neuron");
        if (neuron == (i == layers.length - 1)) {
            throw layer.error(neuron ? "the last layer has neurons, a readout is expected" : "a readout that is not the last layer");
        }
        int source = populations.size() - 1;
        Shape from = populations.get(source).shape();
        String pooling = layer.has("pool_before") ? layer.text("pool_before") : "none";
        int k = layer.integer("pool_k", 0, WINDOW_MAX);
        Pool pool = switch (pooling) {
            case "none" -> Pool.NONE;
            case "gap" -> new Pool(from.height(), from.width(), from.height(), from.width());
            case "avg", "max" -> new Pool(k, k, k, k);
            default -> throw layer.error("pool_before '" + pooling + "' is not known");
        };
        if (pooling.equals("max")) {
            if (i == 0) {
                throw layer.error("a max pool over the input");
            }
            maxPool(from, pool, "pool" + i);
            source++;
            from = populations.get(source).shape();
            pool = Pool.NONE;
        }
        double[] weights = layer.numbers("w_folded", -1, whole);
        if (whole && Arrays.stream(weights).anyMatch(w -> Math.abs(w) > 127)) {
            throw layer.error("'w_folded' has a weight outside of -127..127");
        }
        int[] w = ints(layer, "w_shape");
        Projection p = layer.text("type").equals("dense") ? dense(layer, w, source, from, pool) : conv(layer, w, source, from, pool);
        Shape to = p.targetShape();
        if (!shape(layer, "out_shape").equals(to)) {
            throw layer.error("'out_shape' is " + shape(layer, "out_shape") + ", its weights make " + to);
        }
        if (weights.length != p.kernelSize()) {
            throw layer.error("'w_folded' has " + weights.length + " values, its shape " + p.kernelSize());
        }
        double[] bias = layer.numbers("b_folded", to.channels(), whole);
        if (layer.has("bias_shift_per_step")) {
            double shift = layer.numbers("bias_shift_per_step", 1, whole)[0];
            Arrays.setAll(bias, c -> bias[c] + shift);
        }
        populations.add(new Population("layer" + i, to, neuron ? Activation.qcfs(1, 1) : Activation.linear(), bias));
        populationOf[i] = populations.size() - 1;
        count(p);
        projections.add(p);
        kernels.add(kernel(p, weights));
        if (layer.has("skip_from")) {
            int skip = populationOf[layer.integer("skip_from", 0, i - 1)];
            Projection shortcut = Projection.identity(skip, populationOf[i], to);
            if (!populations.get(skip).shape().equals(to)) {
                throw layer.error("'skip_from' is of shape " + populations.get(skip).shape() + ", the layer of " + to);
            }
            double[] weight = new double[shortcut.kernelSize()];
            Arrays.fill(weight, layer.numbers("skip_w_folded", 1, whole)[0]);
            count(shortcut);
            projections.add(shortcut);
            kernels.add(weight);
        }
    }

    private void maxPool(Shape from, Pool pool, String name) {
        if (from.height() < pool.kernelH() || from.width() < pool.kernelW()) {
            throw new IllegalArgumentException("the pooling window is larger than the map " + from);
        }
        int c = from.channels();
        int at = populations.size();
        Shape to = new Shape(c, pool.outHeight(from.height()), pool.outWidth(from.width()));
        Projection windows = new Projection(at - 1, at, from, to, Pool.NONE, pool.kernelH(), pool.kernelW(), pool.strideH(), pool.strideW(), 0, 0,
            1, 1, c);
        count(windows);
        projections.add(windows);
        double[] ones = new double[windows.kernelSize()];
        Arrays.fill(ones, 1);
        kernels.add(ones);
        populations.add(new Population(name, to, Activation.maxPool(), new double[c]));
    }

    private Projection dense(JsonFields layer, int[] w, int source, Shape from, Pool pool) {
        Projection p = Projection.dense(source, source + 1, from, Shape.dense(w[0]), pool);
        if (w.length != 2 || w[1] != p.kernelH() * p.kernelW() * from.channels()) {
            throw layer.error("'w_shape' of a dense layer: [outputs, " + p.kernelH() * p.kernelW() * from.channels() + "] is expected");
        }
        return p;
    }

    private Projection conv(JsonFields layer, int[] w, int source, Shape from, Pool pool) {
        if (!layer.text("type").equals("conv")) {
            throw layer.error("type '" + layer.text("type") + "' is neither conv nor dense");
        }
        if (w.length != 4 || w[1] != from.channels()) {
            throw layer.error("'w_shape' of a convolution: [outputs, " + from.channels() + ", rows, columns] is expected");
        }
        int stride = layer.integer("stride", 1, WINDOW_MAX);
        int pad = layer.integer("pad", 0, WINDOW_MAX);
        int rows = pool.outHeight(from.height()) + 2 * pad - w[2];
        int columns = pool.outWidth(from.width()) + 2 * pad - w[3];
        if (rows < 0 || columns < 0 || pool.kernelH() > from.height() || pool.kernelW() > from.width()) {
            throw layer.error("its kernel or pooling window is larger than the map " + from);
        }
        return new Projection(source, source + 1, from, new Shape(w[0], rows / stride + 1, columns / stride + 1), pool, w[2], w[3], stride, stride,
            pad, pad, 1, 1, 1);
    }

    /** What is declared must not be much more than what is there. */
    private void count(Projection p) {
        taps += (long) p.sourceShape().positions() * p.kernelH() * p.kernelW();
        neurons += p.targetShape().size();
        if (taps > TAPS_MAX || neurons > NEURONS_MAX) {
            throw new IllegalArgumentException("more than " + NEURONS_MAX + " neurons, or larger kernels than a case may have");
        }
    }

    /** From [out][in][row][column]; a dense layer's [out][channel][row][column] is the same. */
    private static double[] kernel(Projection p, double[] weights) {
        double[] out = new double[p.kernelSize()];
        int at = 0;
        for (int o = 0; o < p.targetShape().channels(); o++) {
            for (int c = 0; c < p.sourceShape().channels(); c++) {
                for (int y = 0; y < p.kernelH(); y++) {
                    for (int x = 0; x < p.kernelW(); x++) {
                        out[p.row(y, x, c) + o] = weights[at++];
                    }
                }
            }
        }
        return out;
    }

    private static int[] ints(JsonFields of, String name) {
        return Arrays.stream(of.numbers(name, of.items(name, -1).length, true)).mapToInt(v -> (int) v)
            .peek(v -> {
                if (v < 1 || v > NEURONS_MAX) {
                    throw of.error("'" + name + "' has " + v + ", 1 to " + NEURONS_MAX + " are expected");
                }
            }).toArray();
    }

    private static Shape shape(JsonFields of, String name) {
        int[] e = ints(of, name);
        if (e.length != 1 && e.length != 3) {
            throw of.error("'" + name + "' has " + e.length + " extents, 1 or 3 are expected");
        }
        if ((long) e[0] * (e.length == 1 ? 1 : (long) e[1] * e[2]) > NEURONS_MAX) {
            throw of.error("'" + name + "' has more than " + NEURONS_MAX + " elements");
        }
        return e.length == 1 ? Shape.dense(e[0]) : new Shape(e[0], e[1], e[2]);
    }

    /** @return the network; its kernels act on counts */
    Network network(String name) {
        return new Network(name, populations, projections, kernels);
    }

    /** @return number of layers of the file */
    int size() {
        return layers.length;
    }

    /** @return a layer's object in the file */
    JsonFields layer(int i) {
        return layers[i];
    }

    /** @return a layer's population */
    int population(int layer) {
        return populationOf[layer];
    }

    /** @return a layer's shape */
    Shape shape(int layer) {
        return populations.get(populationOf[layer]).shape();
    }

    /** @return the input's counts, channels last */
    double[] image() {
        Shape shape = populations.get(0).shape();
        double[] values = file.numbers("input_u8", shape.size(), true);
        for (double v : values) {
            if (v < 0 || v > 255) {
                throw new InvalidInputException(file.error("'input_u8' has " + (long) v + ", 0 to 255 are expected").getMessage());
            }
        }
        return channelsLast(shape, values);
    }

    /** @return values in our order */
    static double[] channelsLast(Shape shape, double[] channelsFirst) {
        double[] out = new double[channelsFirst.length];
        for (int i = 0; i < out.length; i++) {
            out[shape.fromChannelsFirst(i)] = channelsFirst[i];
        }
        return out;
    }
}
