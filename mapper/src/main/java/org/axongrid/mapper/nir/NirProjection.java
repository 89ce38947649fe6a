package org.axongrid.mapper.nir;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

/** Says one projection as NIR nodes: sums over windows, then a convolution, a matrix, or factors. */
final class NirProjection {
    /** Largest matrix that stands for a convolution between a map and a vector. */
    private static final long MATRIX_MAX = 1 << 24;

    private final NirExporter graph;
    private final Projection p;
    private final double[] kernel;
    private final double[] bias;
    private final String name;

    /**
     * @param graph  where nodes go
     * @param p      the projection
     * @param kernel its weights, on what the source sends
     * @param bias   of the target, or zeros
     * @param name   of the node with the weights
     */
    NirProjection(NirExporter graph, Projection p, double[] kernel, double[] bias, String name) {
        this.graph = graph;
        this.p = p;
        this.kernel = kernel;
        this.bias = graph.bias(p.target(), bias);
        this.name = name;
    }

    /** Adds the nodes behind a source. @return the node that sends the current */
    String add(String source) {
        boolean vectors = p.sourceShape().positions() == 1 && p.targetShape().positions() == 1;
        if (vectors && p.equals(Projection.identity(p.source(), p.target(), p.sourceShape())) && Arrays.stream(bias).allMatch(b -> b == 0)) {
            return link(source, name, NirNode.of(NirType.SCALE, Map.of("scale", NirExporter.map(p.targetShape(), kernel))));
        }
        boolean dense = p.targetShape().positions() == 1 && p.kernelH() == p.pooledHeight() && p.kernelW() == p.pooledWidth() && p.padTop() == 0
            && p.padLeft() == 0 && p.dilationH() == 1 && p.dilationW() == 1;
        if (dense) {
            Shape pooled = new Shape(p.sourceShape().channels(), p.pooledHeight(), p.pooledWidth());
            return matrix(flat(pool(source), pooled, p.sourceShape().positions() > 1), pooled, Projection.dense(p.source(), p.target(), pooled,
                p.targetShape(), Pool.NONE));
        }
        if (p.sourceShape().positions() == 1 || p.targetShape().positions() == 1) {
            if (p.targetShape().positions() > 1) {
                throw unsaid("turns a vector into a map");
            }
            return matrix(flat(source, p.sourceShape(), p.sourceShape().positions() > 1), p.sourceShape(), p);
        }
        return convolution(pool(source));
    }

    private String link(String source, String wanted, NirNode node) {
        String added = graph.add(wanted, node);
        graph.connect(source, added);
        return added;
    }

    /** Averages are sums here: the division by the window's area is in the weights. */
    private String pool(String source) {
        if (!NirExporter.pooled(p)) {
            return source;
        }
        return link(source, name + ".pool", NirNode.of(NirType.SUM_POOL2D, Map.of("kernel_size", HdfData.vector(p.pool().kernelH(), p.pool().kernelW()),
            "stride", HdfData.vector(p.pool().strideH(), p.pool().strideW()), "padding", HdfData.vector(0, 0))));
    }

    private String flat(String source, Shape shape, boolean map) {
        return !map ? source : link(source, name + ".flatten", NirNode.of(NirType.FLATTEN, Map.of("start_dim", HdfData.integer(0), "end_dim",
            HdfData.integer(-1), "input_type", HdfData.vector(shape.channels(), shape.height(), shape.width()))));
    }

    /** Every synapse of its own; columns are the source's neurons, channels first. */
    private String matrix(String source, Shape from, Projection of) {
        int columns = from.size();
        int rows = p.targetShape().size();
        if ((long) columns * rows > MATRIX_MAX) {
            throw unsaid("is a matrix of " + rows + " x " + columns);
        }
        double[] weight = new double[rows * columns];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                int position = y * from.width() + x;
                of.forEachTap(y, x, (target, ky, kx) -> {
                    for (int c = 0; c < from.channels(); c++) {
                        for (int k = 0; k < of.outPerGroup(); k++) {
                            weight[(of.firstOutChannel(c) + k) * columns + c * from.positions() + position] += kernel[of.row(ky, kx, c) + k];
                        }
                    }
                });
            }
        }
        Map<String, HdfData> fields = new HashMap<>();
        fields.put("weight", NirExporter.numbers(new int[] {rows, columns}, weight));
        fields.put("bias", NirExporter.numbers(new int[] {rows}, bias));
        return link(source, name, NirNode.of(NirType.AFFINE, fields));
    }

    private String convolution(String source) {
        int[] map = {p.pooledHeight(), p.pooledWidth()};
        NirWindows.Geometry geometry = new NirWindows.Geometry(new int[] {p.strideH(), p.strideW()}, new int[] {p.dilationH(), p.dilationW()},
            new int[] {p.padTop(), p.padLeft()}, new int[] {p.padTop(), p.padLeft()}, new int[] {p.kernelH(), p.kernelW()});
        int[] out;
        try {
            out = geometry.out(name, map);
        } catch (InvalidInputException e) {
            out = new int[2];
        }
        if (out[0] != p.targetShape().height() || out[1] != p.targetShape().width()) {
            throw unsaid("pads one side more than the other");
        }
        int in = p.inPerGroup();
        int outputs = p.targetShape().channels();
        int taps = p.kernelH() * p.kernelW();
        double[] weight = new double[outputs * in * taps];
        for (int o = 0; o < outputs; o++) {
            int group = o / p.outPerGroup();
            for (int i = 0; i < in; i++) {
                for (int t = 0; t < taps; t++) {
                    weight[(o * in + i) * taps + t] = kernel[p.row(t / p.kernelW(), t % p.kernelW(), group * in + i) + o - group * p.outPerGroup()];
                }
            }
        }
        Map<String, HdfData> fields = new HashMap<>();
        fields.put("input_shape", HdfData.vector(map[0], map[1]));
        fields.put("weight", NirExporter.numbers(new int[] {outputs, in, p.kernelH(), p.kernelW()}, weight));
        fields.put("stride", HdfData.vector(p.strideH(), p.strideW()));
        fields.put("padding", HdfData.vector(p.padTop(), p.padLeft()));
        fields.put("dilation", HdfData.vector(p.dilationH(), p.dilationW()));
        fields.put("groups", HdfData.integer(p.groups()));
        fields.put("bias", NirExporter.numbers(new int[] {outputs}, bias));
        return link(source, name, NirNode.of(NirType.CONV2D, fields));
    }

    private InvalidInputException unsaid(String what) {
        return new InvalidInputException("NIR cannot say this network: the projection '" + name + "' " + what);
    }
}
