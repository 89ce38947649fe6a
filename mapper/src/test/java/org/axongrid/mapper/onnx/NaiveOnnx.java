package org.axongrid.mapper.onnx;

import org.axongrid.mapper.onnx.ModelBuilder.Node;
import org.axongrid.mapper.onnx.ModelBuilder.Tensor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Executes a built model for one image, operation by operation as the ONNX reference says; shares no code with the importer. */
final class NaiveOnnx {
    private final Map<String, Tensor> values = new HashMap<>();

    private NaiveOnnx() {
    }

    /** @param image channels first */
    static double[] run(ModelBuilder model, double[] image) {
        NaiveOnnx run = new NaiveOnnx();
        run.values.putAll(model.tensors());
        int[] dims = new int[model.inputDims().length + 1];
        dims[0] = 1;
        System.arraycopy(model.inputDims(), 0, dims, 1, dims.length - 1);
        run.values.put("x", new Tensor(dims, image));
        for (Node n : model.nodes()) {
            run.values.put(n.output(), run.compute(n));
        }
        return run.values.get(model.output()).data();
    }

    private Tensor in(Node n, int i) {
        return i < n.inputs().size() ? values.get(n.inputs().get(i)) : null;
    }

    private Tensor compute(Node n) {
        Tensor x = in(n, 0);
        return switch (n.op()) {
            case "Add", "Sub", "Mul", "Div", "Min", "Max" -> binary(n.op(), x, in(n, 1));
            case "Floor" -> map(x, Math::floor);
            case "Relu" -> map(x, v -> Math.max(v, 0));
            case "Neg" -> map(x, v -> -v);
            case "Identity", "Dropout", "Cast", "Softmax" -> x;
            case "Clip" -> {
                double lo = in(n, 1) == null ? (Float) n.attributes().get("min") : in(n, 1).data()[0];
                double hi = in(n, 2) == null ? (Float) n.attributes().get("max") : in(n, 2).data()[0];
                yield map(x, v -> Math.max(lo, Math.min(hi, v)));
            }
            case "BatchNormalization" -> batchNorm(n, x);
            case "Conv" -> conv(n, x, in(n, 1), in(n, 2));
            case "AveragePool" -> pool(n, x);
            case "MaxPool" -> maxPool(n, x);
            case "GlobalAveragePool", "ReduceMean", "GlobalMaxPool", "ReduceMax" -> global(n, x);
            case "Gemm", "MatMul" -> gemm(n, x, in(n, 1), in(n, 2));
            case "Flatten" -> new Tensor(new int[] {1, x.data().length}, x.data());
            case "Reshape" -> new Tensor(reshaped(in(n, 1), x.data().length), x.data());
            case "Concat" -> concat(n);
            case "Pad" -> pad(x, in(n, 1));
            default -> throw new IllegalStateException(n.op());
        };
    }

    private static Tensor map(Tensor x, DoubleUnaryOperator f) {
        return new Tensor(x.dims(), Arrays.stream(x.data()).map(f).toArray());
    }

    private static int[] reshaped(Tensor target, int size) {
        int[] dims = Arrays.stream(target.data()).mapToInt(d -> (int) d).toArray();
        dims[0] = 1;
        int rest = Arrays.stream(dims).filter(d -> d > 0).reduce(1, (a, b) -> a * b);
        return Arrays.stream(dims).map(d -> d < 0 ? size / rest : d).toArray();
    }

    private static Tensor binary(String op, Tensor x, Tensor y) {
        Tensor big = x.dims().length > y.dims().length || x.data().length >= y.data().length && x.dims().length == y.dims().length ? x : y;
        double[] out = new double[big.data().length];
        for (int i = 0; i < out.length; i++) {
            double a = x.data()[index(i, big.dims(), x.dims())];
            double b = y.data()[index(i, big.dims(), y.dims())];
            out[i] = switch (op) {
                case "Add" -> a + b;
                case "Sub" -> a - b;
                case "Mul" -> a * b;
                case "Div" -> a / b;
                case "Min" -> Math.min(a, b);
                default -> Math.max(a, b);
            };
        }
        return new Tensor(big.dims(), out);
    }

    private static int index(int flat, int[] dims, int[] own) {
        int at = 0;
        int stride = 1;
        for (int i = 1; i <= own.length; i++) {
            int d = dims[dims.length - i];
            at += own[own.length - i] == 1 ? 0 : flat % d * stride;
            flat /= d;
            stride *= own[own.length - i];
        }
        return at;
    }

    private Tensor batchNorm(Node n, Tensor x) {
        double[] out = new double[x.data().length];
        int c = x.dims()[1];
        float epsilon = (Float) n.attributes().getOrDefault("epsilon", 1e-5f);
        for (int i = 0; i < out.length; i++) {
            int k = i / (out.length / c);
            out[i] = in(n, 1).data()[k] * (x.data()[i] - in(n, 3).data()[k]) / Math.sqrt(in(n, 4).data()[k] + epsilon) + in(n, 2).data()[k];
        }
        return new Tensor(x.dims(), out);
    }

    /** Geometry as rows and columns; a missing row axis counts as one row. */
    private record Geometry(int kh, int kw, int sh, int sw, int dh, int dw, int top, int left, int oh, int ow, int h, int w) {
        static Geometry of(Node n, Tensor x, int kh, int kw) {
            boolean flat = x.dims().length == 3;
            int h = flat ? 1 : x.dims()[2];
            int w = x.dims()[x.dims().length - 1];
            long[] s = (long[]) n.attributes().getOrDefault("strides", new long[] {1, 1});
            long[] d = (long[]) n.attributes().getOrDefault("dilations", new long[] {1, 1});
            long[] p = (long[]) n.attributes().getOrDefault("pads", new long[4]);
            int sh = flat ? 1 : (int) s[0];
            int sw = (int) s[s.length - 1];
            int dh = flat ? 1 : (int) d[0];
            int dw = (int) d[d.length - 1];
            int[] pads = p.length == 2 ? new int[] {0, (int) p[0], 0, (int) p[1]} : Arrays.stream(p).mapToInt(v -> (int) v).toArray();
            String auto = (String) n.attributes().getOrDefault("auto_pad", "NOTSET");
            if (auto.startsWith("SAME")) {
                int th = Math.max(0, ((h + sh - 1) / sh - 1) * sh + (kh - 1) * dh + 1 - h);
                int tw = Math.max(0, ((w + sw - 1) / sw - 1) * sw + (kw - 1) * dw + 1 - w);
                boolean lower = auto.equals("SAME_LOWER");
                pads = new int[] {lower ? th - th / 2 : th / 2, lower ? tw - tw / 2 : tw / 2, lower ? th / 2 : th - th / 2,
                    lower ? tw / 2 : tw - tw / 2};
            }
            boolean ceil = n.attributes().getOrDefault("ceil_mode", 0).equals(1);
            int oh = outputs(h, pads[0], pads[2], (kh - 1) * dh + 1, sh, ceil);
            int ow = outputs(w, pads[1], pads[3], (kw - 1) * dw + 1, sw, ceil);
            return new Geometry(kh, kw, sh, sw, dh, dw, pads[0], pads[1], oh, ow, h, w);
        }

        private static int outputs(int extent, int before, int after, int span, int stride, boolean ceil) {
            int out = 0;
            while (out * stride + span <= extent + before + after || ceil && out * stride < extent + before && (out - 1) * stride + span < extent + before
                + after) {
                out++;
            }
            return out;
        }

        int[] dims(Tensor x, int channels) {
            return x.dims().length == 3 ? new int[] {1, channels, ow} : new int[] {1, channels, oh, ow};
        }
    }

    private static Tensor conv(Node n, Tensor x, Tensor w, Tensor b) {
        Geometry g = Geometry.of(n, x, w.dims().length == 3 ? 1 : w.dims()[2], w.dims()[w.dims().length - 1]);
        int groups = (Integer) n.attributes().getOrDefault("group", 1);
        int outs = w.dims()[0];
        int per = w.dims()[1];
        double[] y = new double[outs * g.oh * g.ow];
        for (int o = 0; o < outs; o++) {
            for (int oy = 0; oy < g.oh; oy++) {
                for (int ox = 0; ox < g.ow; ox++) {
                    double sum = b == null ? 0 : b.data()[o];
                    for (int i = 0; i < per; i++) {
                        int c = o / (outs / groups) * per + i;
                        for (int ky = 0; ky < g.kh; ky++) {
                            for (int kx = 0; kx < g.kw; kx++) {
                                int iy = oy * g.sh + ky * g.dh - g.top;
                                int ix = ox * g.sw + kx * g.dw - g.left;
                                if (iy >= 0 && iy < g.h && ix >= 0 && ix < g.w) {
                                    sum += w.data()[((o * per + i) * g.kh + ky) * g.kw + kx] * x.data()[(c * g.h + iy) * g.w + ix];
                                }
                            }
                        }
                    }
                    y[(o * g.oh + oy) * g.ow + ox] = sum;
                }
            }
        }
        return new Tensor(g.dims(x, outs), y);
    }

    /** Average over windows, with and without padding zeros counted; what lies behind the padding never is. */
    private static Tensor pool(Node n, Tensor x) {
        long[] k = (long[]) n.attributes().get("kernel_shape");
        Geometry g = Geometry.of(n, x, k.length == 1 ? 1 : (int) k[0], (int) k[k.length - 1]);
        int channels = x.dims()[1];
        boolean counted = n.attributes().getOrDefault("count_include_pad", 0).equals(1);
        long[] p = (long[]) n.attributes().getOrDefault("pads", new long[4]);
        int bottom = g.h + (counted ? (int) p[p.length / 2] : 0);
        int right = g.w + (counted ? (int) p[p.length - 1] : 0);
        double[] out = new double[channels * g.oh * g.ow];
        for (int i = 0; i < out.length; i++) {
            int members = 0;
            for (int j = 0; j < g.kh * g.kw; j++) {
                int y = i / g.ow % g.oh * g.sh + j / g.kw - g.top;
                int z = i % g.ow * g.sw + j % g.kw - g.left;
                boolean inside = y >= 0 && y < g.h && z >= 0 && z < g.w;
                members += inside || counted && y < bottom && z < right ? 1 : 0;
                out[i] += inside ? x.data()[(i / (g.oh * g.ow) * g.h + y) * g.w + z] : 0;
            }
            out[i] /= members;
        }
        return new Tensor(g.dims(x, channels), out);
    }

    /** Without dilation; padding never is the largest. */
    private static Tensor maxPool(Node n, Tensor x) {
        long[] k = (long[]) n.attributes().get("kernel_shape");
        long[] s = (long[]) n.attributes().getOrDefault("strides", new long[] {1, 1});
        long[] pads = (long[]) n.attributes().getOrDefault("pads", new long[4]);
        int c = x.dims()[1];
        int h = x.dims()[2];
        int w = x.dims()[3];
        Geometry g = Geometry.of(n, x, (int) k[0], (int) k[1]);
        int oh = g.oh;
        int ow = g.ow;
        double[] out = new double[c * oh * ow];
        for (int i = 0; i < out.length; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < k[0] * k[1]; j++) {
                int y = (int) (i / ow % oh * s[0] - pads[0] + j / k[1]);
                int z = (int) (i % ow * s[1] - pads[1] + j % k[1]);
                if (y >= 0 && y < h && z >= 0 && z < w) {
                    best = Math.max(best, x.data()[(i / (oh * ow) * h + y) * w + z]);
                }
            }
            out[i] = best;
        }
        return new Tensor(new int[] {1, c, oh, ow}, out);
    }

    private static Tensor global(Node n, Tensor x) {
        int channels = x.dims()[1];
        int plane = x.data().length / channels;
        double[] out = new double[channels];
        for (int i = 0; i < x.data().length; i++) {
            boolean max = n.op().contains("Max");
            out[i / plane] = max ? i % plane == 0 ? x.data()[i] : Math.max(out[i / plane], x.data()[i]) : out[i / plane] + x.data()[i] / plane;
        }
        boolean keep = !n.attributes().getOrDefault("keepdims", 1).equals(0);
        int[] dims = new int[keep ? x.dims().length : 2];
        Arrays.fill(dims, 1);
        dims[1] = channels;
        return new Tensor(dims, out);
    }

    private static Tensor gemm(Node n, Tensor x, Tensor w, Tensor c) {
        boolean t = n.attributes().getOrDefault("transB", 0).equals(1);
        float alpha = (Float) n.attributes().getOrDefault("alpha", 1f);
        float beta = (Float) n.attributes().getOrDefault("beta", 1f);
        int out = w.dims()[t ? 0 : 1];
        int features = w.dims()[t ? 1 : 0];
        double[] y = new double[out];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < features; i++) {
                y[o] += alpha * x.data()[i] * w.data()[t ? o * features + i : i * out + o];
            }
            y[o] += c == null ? 0 : beta * c.data()[c.data().length == 1 ? 0 : o];
        }
        int[] dims = x.dims().clone();
        dims[dims.length - 1] = out;
        return new Tensor(dims, y);
    }

    private Tensor concat(Node n) {
        int channels = 0;
        double[] data = new double[0];
        for (int i = 0; i < n.inputs().size(); i++) {
            channels += in(n, i).dims()[1];
            int at = data.length;
            data = Arrays.copyOf(data, at + in(n, i).data().length);
            System.arraycopy(in(n, i).data(), 0, data, at, data.length - at);
        }
        int[] dims = in(n, 0).dims().clone();
        dims[1] = channels;
        return new Tensor(dims, data);
    }

    private static Tensor pad(Tensor x, Tensor pads) {
        int[] p = Arrays.stream(pads.data()).mapToInt(d -> (int) d).toArray();
        int[] d = x.dims();
        int[] dims = new int[4];
        Arrays.setAll(dims, i -> d[i] + p[i] + p[i + 4]);
        double[] out = new double[dims[1] * dims[2] * dims[3]];
        for (int i = 0; i < x.data().length; i++) {
            int cx = i % d[3];
            int cy = i / d[3] % d[2];
            int c = i / d[3] / d[2];
            out[((c + p[1]) * dims[2] + cy + p[2]) * dims[3] + cx + p[3]] = x.data()[i];
        }
        return new Tensor(dims, out);
    }
}
