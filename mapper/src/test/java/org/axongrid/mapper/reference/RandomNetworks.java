package org.axongrid.mapper.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Small random networks with everything that a projection can be: stride, dilation, padding, groups, pooling, shortcuts, analog bypasses. */
public final class RandomNetworks {
    private RandomNetworks() { }

    /** @return a convolution with pooling in front, of random geometry, from population {@code source} to the next */
    static Projection projection(Random random, int source, Shape from) {
        int pool = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(Math.min(3, Math.min(from.height(), from.width())));
        Pool window = new Pool(pool, Math.max(1, pool - random.nextInt(2)), 1 + random.nextInt(3), 1 + random.nextInt(3));
        int height = window.outHeight(from.height());
        int width = window.outWidth(from.width());
        int dilationH = 1 + random.nextInt(2);
        int dilationW = 1 + random.nextInt(2);
        int strideH = 1 + random.nextInt(3);
        int strideW = 1 + random.nextInt(2);
        int padTop = random.nextInt(3);
        int padLeft = random.nextInt(3);
        int kernelH = 1 + random.nextInt(Math.min(3, (height + 2 * padTop - 1) / dilationH + 1));
        int kernelW = 1 + random.nextInt(Math.min(3, (width + 2 * padLeft - 1) / dilationW + 1));
        int groups = random.nextInt(3) == 0 ? from.channels() : from.channels() % 2 == 0 && random.nextInt(3) == 0 ? 2 : 1;
        Shape to = new Shape(groups * (1 + random.nextInt(groups == 1 ? 9 : 3)),
            (height + 2 * padTop - (kernelH - 1) * dilationH - 1) / strideH + 1, (width + 2 * padLeft - (kernelW - 1) * dilationW - 1) / strideW + 1);
        return new Projection(source, source + 1, from, to, window, kernelH, kernelW, strideH, strideW, padTop, padLeft, dilationH, dilationW,
            groups);
    }

    /** @return two to four spiking populations, sometimes with an identity shortcut, and a dense readout */
    public static Network network(Random random) {
        List<Population> populations = new ArrayList<>();
        List<Projection> projections = new ArrayList<>();
        List<double[]> kernels = new ArrayList<>();
        populations.add(new Population("input", new Shape(1 + random.nextInt(3), 4 + random.nextInt(6), 4 + random.nextInt(6)),
            Activation.input(), new double[0]));
        int layers = 2 + random.nextInt(3);
        for (int i = 0; i < layers; i++) {
            Shape from = populations.get(i).shape();
            boolean shortcut = i > 1 && random.nextInt(2) == 0;
            Projection p = shortcut ? new Projection(i, i + 1, from, from, Pool.NONE, 3, 3, 1, 1, 1, 1, 1, 1, 1) : projection(random, i, from);
            add(random, p, projections, kernels);
            if (shortcut && populations.get(i - 1).shape().equals(from)) {
                projections.add(Projection.identity(i - 1, i + 1, from));
                double[] ones = new double[from.channels()];
                Arrays.fill(ones, 1);
                kernels.add(ones);
            }
            bypass(random, i + 1, populations.get(0).shape(), p.targetShape(), projections, kernels);
            populations.add(new Population("layer" + i, p.targetShape(), Activation.qcfs(0.3 + random.nextDouble(), 4),
                values(random, p.targetShape().channels(), 0.3)));
        }
        Shape from = populations.get(layers).shape();
        Pool pool = random.nextBoolean() ? Pool.NONE : new Pool(from.height(), from.width(), 1, 1);
        Shape to = Shape.dense(2 + random.nextInt(5));
        add(random, Projection.dense(layers, layers + 1, from, to, pool), projections, kernels);
        bypass(random, layers + 1, populations.get(0).shape(), to, projections, kernels);
        populations.add(new Population("readout", to, Activation.linear(), values(random, to.channels(), 0.3)));
        return new Network("random", populations, projections, kernels);
    }

    /** Now and then the analog input reaches a later population too, by a kernel that leaves just its map. */
    private static void bypass(Random random, int target, Shape input, Shape to, List<Projection> projections, List<double[]> kernels) {
        if (target > 1 && random.nextInt(4) == 0 && to.height() <= input.height() && to.width() <= input.width()) {
            add(random, new Projection(0, target, input, to, Pool.NONE, input.height() - to.height() + 1, input.width() - to.width() + 1,
                1, 1, 0, 0, 1, 1, 1), projections, kernels);
        }
    }

    private static void add(Random random, Projection p, List<Projection> projections, List<double[]> kernels) {
        projections.add(p);
        int fanIn = p.kernelH() * p.kernelW() * p.inPerGroup();
        kernels.add(values(random, p.kernelSize(), 2 / Math.sqrt(fanIn) / p.pool().area()));
    }

    /** @return an image of values in [0, 1), a third of them 0 */
    public static double[] image(Random random, Network network) {
        double[] image = new double[network.input().shape().size()];
        Arrays.setAll(image, i -> random.nextInt(3) == 0 ? 0 : random.nextDouble());
        return image;
    }

    static double[] values(Random random, int n, double magnitude) {
        double[] out = new double[n];
        Arrays.setAll(out, i -> magnitude * (2 * random.nextDouble() - 1));
        return out;
    }
}
