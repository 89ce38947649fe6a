package org.axongrid.mapper.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.KeyedYaml;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/**
 * Networks of known topology with random weights. Residual networks at ImageNet shape, 3x224x224 to 1000 classes: the topology of He, Zhang, Ren and Sun,
 * "Deep Residual Learning for Image Recognition", CVPR 2016, table 1 (ResNet-18 and -34, projections at the three changes of shape), with QCFS activations.
 * The max pool behind the stem is a 2x2 average pool, as networks to be converted have it. At CIFAR shape, 3x32x32 to 10 classes: ResNet-20 of the same
 * paper's section 4.2 (projections at the two changes of shape), a VGG of seven convolutions, and VGG-16 (Simonyan and Zisserman, "Very deep convolutional
 * networks for large-scale image recognition", ICLR 2015, table 1, configuration D). LeNet-5, 1x32x32 to 10 classes: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", Proc. IEEE 86 (11), 1998, figure 2, with C3 reading all maps and a linear readout.
 * They answer nothing sensible; they have the size of real ones.
 */
public final class SyntheticNetworks {
    /** What their names begin with where a file's name is expected. */
    public static final String PREFIX = "synthetic:";
    private static final int SIDE = 224;
    private static final int CLASSES = 1000;
    private static final int SMALL_SIDE = 32;
    private static final int SMALL_CLASSES = 10;
    private static final int LEVELS = 4;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Population> populations = new ArrayList<>();
    private final List<Projection> projections = new ArrayList<>();
    private final List<double[]> kernels = new ArrayList<>();

    private SyntheticNetworks() { }

    /** @return the names, prefix included */
    public static List<String> names() {
        return List.of(PREFIX + "resnet18", PREFIX + "resnet34", PREFIX + "resnet20", PREFIX + "vgg7", PREFIX + "vgg16", PREFIX + "lenet5");
    }

    /**
     * @param name one of {@link #names}
     * @return the network, the same each time
     * @throws InvalidInputException if there is none of that name
     */
    public static Network of(String name) {
        if (name.equals(PREFIX + "resnet18")) {
            return new SyntheticNetworks().resnet(name, new int[] {2, 2, 2, 2}, SIDE, 64, CLASSES);
        }
        if (name.equals(PREFIX + "resnet34")) {
            return new SyntheticNetworks().resnet(name, new int[] {3, 4, 6, 3}, SIDE, 64, CLASSES);
        }
        if (name.equals(PREFIX + "resnet20")) {
            return new SyntheticNetworks().residual(name, new int[] {3, 3, 3}, SMALL_SIDE, 16, SMALL_CLASSES, 3, 1, Pool.NONE);
        }
        if (name.equals(PREFIX + "vgg7")) {
            return new SyntheticNetworks().vgg(name, new int[] {32, 48, 64, 96, 128, 192, 256});
        }
        if (name.equals(PREFIX + "vgg16")) {
            return new SyntheticNetworks().vgg16(name);
        }
        if (name.equals(PREFIX + "lenet5")) {
            return new SyntheticNetworks().lenet(name);
        }
        throw new InvalidInputException("no network named '" + name + "'" + KeyedYaml.nearest(name, names()) + " (known: " + String.join(", ", names())
            + ")");
    }

    /**
     * @param blocks  by stage: number of residual blocks of two convolutions
     * @param side    rows and columns of the image, a multiple of 32
     * @param width   channels of the first stage, doubled at each further one
     * @param classes neurons of the readout
     * @return a residual network of that shape
     */
    public static Network resnet(int[] blocks, int side, int width, int classes) {
        return new SyntheticNetworks().resnet("resnet", blocks, side, width, classes);
    }

    private Network resnet(String name, int[] blocks, int side, int width, int classes) {
        return residual(name, blocks, side, width, classes, 7, 2, new Pool(2, 2, 2, 2));
    }

    private Network residual(String name, int[] blocks, int side, int width, int classes, int stemKernel, int stemStride, Pool stemPool) {
        populations.add(new Population("input", new Shape(3, side, side), Activation.input(), new double[0]));
        int at = add("stem", 0, width, stemKernel, stemStride, Pool.NONE);
        for (int stage = 0; stage < blocks.length; stage++) {
            int channels = width << stage;
            for (int b = 0; b < blocks[stage]; b++) {
                String block = "stage" + (stage + 1) + ".block" + (b + 1);
                // The stem's pool is in front of all that read it: the first convolution and its shortcut.
                Pool pool = stage == 0 && b == 0 ? stemPool : Pool.NONE;
                int stride = stage > 0 && b == 0 ? 2 : 1;
                int middle = add(block + ".conv1", at, channels, 3, stride, pool);
                int end = add(block + ".conv2", middle, channels, 3, 1, Pool.NONE);
                shortcut(at, end, pool, stride);
                at = end;
            }
        }
        return readout(name, at, classes);
    }

    /** 3x3 convolutions of these widths, with a 2x2 average pool behind the first, third and fifth. */
    private Network vgg(String name, int[] widths) {
        populations.add(new Population("input", new Shape(3, SMALL_SIDE, SMALL_SIDE), Activation.input(), new double[0]));
        int at = 0;
        for (int i = 0; i < widths.length; i++) {
            at = add("conv" + (i + 1), at, widths[i], 3, 1, i % 2 == 1 ? new Pool(2, 2, 2, 2) : Pool.NONE);
        }
        return readout(name, at, SMALL_CLASSES);
    }

    /** VGG-16 as the conversion papers have it for CIFAR: five stages, a 2x2 average pool behind each, and two dense layers of 4,096. */
    private Network vgg16(String name) {
        populations.add(new Population("input", new Shape(3, SMALL_SIDE, SMALL_SIDE), Activation.input(), new double[0]));
        Pool half = new Pool(2, 2, 2, 2);
        int[][] stages = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
        int at = 0;
        for (int stage = 0; stage < stages.length; stage++) {
            for (int i = 0; i < stages[stage].length; i++) {
                at = add("conv" + (stage + 1) + "." + (i + 1), at, stages[stage][i], 3, 1, i == 0 && stage > 0 ? half : Pool.NONE);
            }
        }
        at = add("fc6", at, 4096, 1, 1, 0, half);
        at = add("fc7", at, 4096, 1, 1, 0, Pool.NONE);
        return readout(name, at, SMALL_CLASSES);
    }

    /** Convolutions of 5x5 without padding; the third, of a map of 5x5, and what follows it have maps of one element. */
    private Network lenet(String name) {
        populations.add(new Population("input", new Shape(1, SMALL_SIDE, SMALL_SIDE), Activation.input(), new double[0]));
        Pool half = new Pool(2, 2, 2, 2);
        int c1 = add("c1", 0, 6, 5, 1, 0, Pool.NONE);
        int c3 = add("c3", c1, 16, 5, 1, 0, half);
        int c5 = add("c5", c3, 120, 5, 1, 0, half);
        return readout(name, add("f6", c5, 84, 1, 1, 0, Pool.NONE), SMALL_CLASSES);
    }

    /** A mean over each channel and a dense layer. */
    private Network readout(String name, int at, int classes) {
        Shape last = populations.get(at).shape();
        Shape readout = Shape.dense(classes);
        connect(Projection.dense(at, at + 1, last, readout, new Pool(last.height(), last.width(), 1, 1)));
        populations.add(new Population("fc", readout, Activation.linear(), new double[classes]));
        return new Network(name, populations, projections, kernels);
    }

    private int add(String name, int source, int channels, int kernel, int stride, Pool pool) {
        return add(name, source, channels, kernel, stride, kernel / 2, pool);
    }

    private int add(String name, int source, int channels, int kernel, int stride, int pad, Pool pool) {
        Shape from = populations.get(source).shape();
        Shape to = new Shape(channels, (pool.outHeight(from.height()) + 2 * pad - kernel) / stride + 1,
            (pool.outWidth(from.width()) + 2 * pad - kernel) / stride + 1);
        int target = populations.size();
        connect(new Projection(source, target, from, to, pool, kernel, kernel, stride, stride, pad, pad, 1, 1, 1));
        double[] bias = random.doubles(channels, -0.1, 0.1).toArray();
        populations.add(new Population(name, to, Activation.qcfs(1, LEVELS), bias));
        return target;
    }

    private void shortcut(int source, int target, Pool pool, int stride) {
        Shape from = populations.get(source).shape();
        Shape to = populations.get(target).shape();
        if (from.channels() == to.channels()) {
            projections.add(new Projection(source, target, from, to, pool, 1, 1, 1, 1, 0, 0, 1, 1, to.channels()));
            double[] ones = new double[to.channels()];
            Arrays.fill(ones, 1.0 / pool.area());
            kernels.add(ones);
        } else {
            connect(new Projection(source, target, from, to, pool, 1, 1, stride, stride, 0, 0, 1, 1, 1));
        }
    }

    /** Weights of standard deviation sqrt(2 / fan-in), uniform (He et al., ICCV 2015). */
    private void connect(Projection p) {
        double edge = Math.sqrt(6.0 / ((double) p.kernelH() * p.kernelW() * p.inPerGroup())) / p.pool().area();
        double[] kernel = new double[p.kernelSize()];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (2 * random.nextDouble() - 1) * edge;
        }
        projections.add(p);
        kernels.add(kernel);
    }
}
