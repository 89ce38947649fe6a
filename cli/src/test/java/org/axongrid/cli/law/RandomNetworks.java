package org.axongrid.cli.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Small random networks with everything the mapper knows: strides, padding, dilation, groups, pooling, dense layers, residual adds. */
final class RandomNetworks {
    private final Random random;
    private final List<Population> populations = new ArrayList<>();
    private final List<Projection> projections = new ArrayList<>();
    private final List<double[]> kernels = new ArrayList<>();

    private RandomNetworks(long seed) {
        random = new Random(seed);
    }

    static Network of(long seed) {
        return new RandomNetworks(seed).make(seed);
    }

    static double[] image(Network net, long seed) {
        Random random = new Random(seed);
        return random.doubles(net.input().shape().size()).map(x -> random.nextInt(4) == 0 ? 0 : x).toArray();
    }

    /** @return layers of one neuron each, in a line: input, so many, readout */
    static Network line(long seed, int layers) {
        RandomNetworks r = new RandomNetworks(seed);
        r.populations.add(new Population("input", Shape.dense(1), Activation.input(), new double[0]));
        for (int l = 0; l <= layers; l++) {
            Activation a = l == layers ? Activation.linear() : Activation.qcfs(0.5 + 0.2 * r.random.nextDouble(), 8);
            r.populations.add(new Population("n" + l, Shape.dense(1), a, new double[] {0}));
            r.projections.add(Projection.dense(l, l + 1, Shape.dense(1), Shape.dense(1), Pool.NONE));
            r.kernels.add(new double[] {0.8 + 0.4 * r.random.nextDouble()});
        }
        return new Network("line-" + seed, r.populations, r.projections, r.kernels);
    }

    private Network make(long seed) {
        Shape input = random.nextInt(4) == 0 ? Shape.dense(5 + random.nextInt(20))
            : new Shape(1 + random.nextInt(3), 4 + random.nextInt(6), 4 + random.nextInt(6));
        populations.add(new Population("input", input, Activation.input(), new double[0]));
        int layers = 1 + random.nextInt(4);
        for (int l = 0; l < layers; l++) {
            boolean map = populations.get(last()).shape().positions() > 1;
            if (map && random.nextInt(4) > 0) {
                convolution("conv" + l);
                if (random.nextInt(2) == 0) {
                    residual("res" + l);
                }
            } else {
                dense("dense" + l, 3 + random.nextInt(30), qcfs());
            }
        }
        dense("readout", 2 + random.nextInt(8), Activation.linear());
        return new Network("random-" + seed, populations, projections, kernels);
    }

    private int last() {
        return populations.size() - 1;
    }

    private Activation qcfs() {
        return Activation.qcfs(0.2 + 2 * random.nextDouble(), 1 + random.nextInt(8));
    }

    private void convolution(String name) {
        Shape from = populations.get(last()).shape();
        boolean pools = last() > 0 && random.nextInt(3) == 0 && from.height() >= 4 && from.width() >= 4;
        int stridePool = random.nextInt(3) == 0 ? 1 : 2;
        Pool pool = pools ? new Pool(2, 2, stridePool, stridePool) : Pool.NONE;
        int height = pool.outHeight(from.height());
        int width = pool.outWidth(from.width());
        int kernelH = 1 + random.nextInt(Math.min(3, height));
        int kernelW = 1 + random.nextInt(Math.min(3, width));
        int dilation = random.nextInt(4) == 0 && (kernelH - 1) * 2 < height && (kernelW - 1) * 2 < width ? 2 : 1;
        int stride = 1 + random.nextInt(2);
        int pad = random.nextInt(2);
        int groups = random.nextInt(3) == 0 ? from.channels() : 1;
        int channels = groups * (1 + random.nextInt(6));
        int outH = (height + 2 * pad - dilation * (kernelH - 1) - 1) / stride + 1;
        int outW = (width + 2 * pad - dilation * (kernelW - 1) - 1) / stride + 1;
        Shape shape = new Shape(channels, outH, outW);
        add(name, shape, qcfs());
        project(new Projection(last() - 1, last(), from, shape, pool, kernelH, kernelW, stride, stride, pad, pad, dilation, dilation, groups));
    }

    /** Two layers of the shape of the last one and a shortcut over one of them: identity or 1x1. */
    private void residual(String name) {
        int source = last();
        Shape shape = populations.get(source).shape();
        for (String part : List.of("a", "b")) {
            add(name + part, shape, qcfs());
            project(new Projection(last() - 1, last(), shape, shape, Pool.NONE, 3, 3, 1, 1, 1, 1, 1, 1, 1));
        }
        project(random.nextBoolean() ? Projection.identity(source, last(), shape)
            : new Projection(source, last(), shape, shape, Pool.NONE, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    }

    private void dense(String name, int neurons, Activation activation) {
        Shape from = populations.get(last()).shape();
        Pool pool = last() > 0 && from.height() >= 2 && from.width() >= 2 && random.nextBoolean() ? new Pool(2, 2, 2, 2) : Pool.NONE;
        add(name, Shape.dense(neurons), activation);
        project(Projection.dense(last() - 1, last(), from, Shape.dense(neurons), pool));
    }

    private void add(String name, Shape shape, Activation activation) {
        populations.add(new Population(name, shape, activation, random.doubles(shape.channels()).map(x -> 0.4 * (x - 0.3)).toArray()));
    }

    private void project(Projection p) {
        projections.add(p);
        double spread = 2.5 / Math.sqrt(p.inPerGroup() * p.kernelH() * p.kernelW());
        kernels.add(random.doubles(p.kernelSize()).map(x -> spread * (2 * x - 0.9)).toArray());
    }
}
