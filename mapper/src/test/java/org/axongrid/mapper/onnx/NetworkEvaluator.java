package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;

import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Computes an imported network's activations, by {@link Projection}'s contract. */
final class NetworkEvaluator {
    private NetworkEvaluator() {
    }

    /** @return the readout, channels last */
    static double[] run(Network net, double[] input) {
        double[][] v = new double[net.populations().size()][];
        v[0] = input;
        for (int t = 1; t < v.length; t++) {
            Population p = net.populations().get(t);
            Shape s = p.shape();
            double[] x = new double[s.size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = p.bias()[i % s.channels()];
            }
            for (int k : net.into(t)) {
                add(net.projections().get(k), net.kernels().get(k), v[net.projections().get(k).source()], x);
            }
            if (p.activation().kind() == Activation.Kind.QCFS) {
                double lambda = p.activation().lambda();
                int levels = p.activation().levels();
                for (int i = 0; i < x.length; i++) {
                    x[i] = lambda * Math.min(1, Math.max(0, Math.floor(x[i] * levels / lambda + 0.5) / levels));
                }
            }
            if (p.activation().kind() == Activation.Kind.RELU || p.activation().kind() == Activation.Kind.CLIP) {
                x = Arrays.stream(x).map(z -> Math.max(0, Math.min(p.activation().bound(), z))).toArray();
            }
            v[t] = p.activation().kind() == Activation.Kind.MAX_POOL ? largest(net.projections().get(net.into(t)[0]), v) : x;
        }
        return v[v.length - 1];
    }

    private static double[] largest(Projection q, double[][] v) {
        double[] out = new double[q.targetShape().size()];
        Arrays.fill(out, Double.NEGATIVE_INFINITY);
        int c = q.sourceShape().channels();
        for (int i = 0; i < q.sourceShape().size(); i++) {
            int at = i;
            q.forEachTap(i / c / q.sourceShape().width(), i / c % q.sourceShape().width(),
                (position, ky, kx) -> out[position * c + at % c] = Math.max(out[position * c + at % c], v[q.source()][at]));
        }
        return out;
    }

    private static void add(Projection q, double[] kernel, double[] source, double[] target) {
        Shape from = q.sourceShape();
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < from.width(); x++) {
                int base = (y * from.width() + x) * from.channels();
                q.forEachTap(y, x, (position, ky, kx) -> {
                    for (int c = 0; c < from.channels(); c++) {
                        int row = q.row(ky, kx, c);
                        int at = position * q.targetShape().channels() + q.firstOutChannel(c);
                        for (int k = 0; k < q.outPerGroup(); k++) {
                            target[at + k] += source[base + c] * kernel[row + k];
                        }
                    }
                });
            }
        }
    }

    /** Compares the imported network with the model itself on random images. */
    static void assertSame(ModelBuilder model, Network net, long seed) {
        Random random = new Random(seed);
        Shape in = net.imageShape();
        Shape out = net.readout().shape();
        for (int n = 0; n < 5; n++) {
            double[] image = random.doubles(in.size(), -0.5, 1).toArray();
            double[] own = new double[image.length];
            for (int i = 0; i < image.length; i++) {
                own[in.fromChannelsFirst(i)] = image[i];
            }
            double[] wanted = NaiveOnnx.run(model, image);
            double[] found = run(net, net.front() == null ? own : net.front().apply(own));
            assertEquals(wanted.length, found.length);
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], found[out.fromChannelsFirst(i)], 1e-5 * Math.max(1, Math.abs(wanted[i])), "seed " + seed + ", output " + i);
            }
        }
    }
}
