package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Shape;

import java.util.ArrayList;
import java.util.List;

/** Convolutions and dense layers: readings become weighted sums. */
final class LinearOps {
    private final GraphInterpreter graph;

    LinearOps(GraphInterpreter graph) {
        this.graph = graph;
    }

    /** Conv with one or two spatial axes. */
    Value conv(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        Value.Constant w = graph.weights(node, 1);
        int spatial = w.dims().length - 2;
        if (spatial != 1 && spatial != 2 || in.dims().length != spatial + 1) {
            throw new Refusal(node, "weights " + Text.dims(w.dims()) + " on an input of [N, " + Text.dims(in.dims()).substring(1)
                + "; one or two spatial axes are supported");
        }
        Shape map = PoolOps.map(node, in);
        int out = w.dims()[0];
        int perGroup = w.dims()[1];
        int kernelH = spatial == 2 ? w.dims()[2] : 1;
        int kernelW = w.dims()[w.dims().length - 1];
        long groups = node.integer("group", 1);
        if (out < 1 || groups < 1 || groups > out || out % groups != 0 || perGroup * groups != map.channels()) {
            throw new Refusal(node, "weights " + Text.dims(w.dims()) + " in " + groups + " groups do not fit " + map.channels()
                + " input channels");
        }
        Window window = Window.of(node, spatial, kernelH, kernelW, in instanceof Reading r ? r.padding() : Padding.NONE, map);
        Shape shape = new Shape(out, window.outH(), window.outW());
        Value.elements(new int[] {out, window.outH(), window.outW()});
        double[] bias = biases(node, out);
        int[] dims = spatial == 2 ? new int[] {out, shape.height(), shape.width()} : new int[] {out, shape.width()};
        if (in instanceof LinearSum sum) {
            Kernel kernel = term(node, Part.of(new Source("", map, Activation.relu(), new double[0], List.of())), 0, w, (int) groups, window, bias, true).kernel();
            return sum.then(kernel, bias, shape, dims, node);
        }
        List<Term> terms = new ArrayList<>();
        int first = 0;
        for (Part p : ((Reading) in).parts()) {
            terms.add(term(node, p, first, w, (int) groups, window, bias, ((Reading) in).parts().size() == 1));
            first += p.channels();
        }
        return LinearSum.of(node, shape, dims, terms, bias);
    }

    /** Brings one part's share of the kernel into the projection's layout; adds what its shift contributes to the bias. */
    private static Term term(OnnxNode node, Part p, int first, Value.Constant w, int groups, Window window, double[] bias, boolean alone) {
        if (!p.channelwise()) {
            throw new Refusal(node, "its input is scaled or shifted differently from position to position");
        }
        if (p.shift() != null && !window.padding().none()) {
            throw new Refusal(node, (p.source().isInput() ? "the input is shifted (mean) before a convolution that pads with zeros: normalise"
                + " the data set instead and export the network without the subtraction" : "a shifted map (batch norm or constant behind the"
                + " activation) is padded with zeros, which a bias cannot express") + "; only without padding this folds exactly");
        }
        int out = w.dims()[0];
        int perGroup = w.dims()[1];
        int taps = window.kernelH() * window.kernelW();
        int channels = p.channels();
        // A lone part keeps the groups; a part of a concatenation gets a full kernel with zeros where groups do not meet.
        int ownGroups = alone ? groups : 1;
        int rowLength = out / ownGroups;
        long size = (long) taps * channels * rowLength;
        if (size > Integer.MAX_VALUE - 16) {
            throw new Refusal(node, "a kernel of " + size + " weights is too large");
        }
        double[] kernel = new double[(int) size];
        int outPerGroup = out / groups;
        for (int o = 0; o < out; o++) {
            int group = o / outPerGroup;
            for (int i = 0; i < perGroup; i++) {
                int c = group * perGroup + i - first;
                if (c < 0 || c >= channels) {
                    continue;
                }
                int plane = p.height() * p.width();
                double scale = p.scaleAt(c * plane);
                double shift = p.shiftAt(c * plane);
                int from = (o * perGroup + i) * taps;
                for (int t = 0; t < taps; t++) {
                    double weight = w.data()[from + t];
                    kernel[(t * channels + c) * rowLength + (ownGroups == 1 ? o : o - group * outPerGroup)] = weight * scale;
                    bias[o] += weight * shift;
                }
            }
        }
        return new Term(p.source(), p.pool(), Kernel.of(window, ownGroups, channels, out, kernel));
    }

    private double[] biases(OnnxNode node, int out) {
        if (node.input(2).isEmpty()) {
            return new double[out];
        }
        Value.Constant b = graph.weights(node, 2);
        if (b.data().length != out && b.data().length != 1) {
            throw new Refusal(node, "bias of " + b.data().length + " values for " + out + " outputs");
        }
        double[] bias = new double[out];
        for (int o = 0; o < out; o++) {
            bias[o] = b.data()[b.data().length == 1 ? 0 : o];
        }
        return bias;
    }

    /** Gemm: alpha * A * B + beta * C with a constant B. */
    Value gemm(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        if (node.integer("transA", 0) != 0) {
            throw new Refusal(node, "transA = 1 mixes the batch axis into the layer");
        }
        if (in.dims().length != 1) {
            throw new Refusal(node, "input of [N, " + Text.dims(in.dims()).substring(1) + "; flatten it first");
        }
        boolean transposed = node.integer("transB", 0) != 0;
        Value.Constant w = graph.weights(node, 1);
        double[] bias = biases(node, matrix(node, w, transposed ? 0 : 1));
        double beta = node.real("beta", 1);
        for (int o = 0; o < bias.length; o++) {
            bias[o] *= beta;
        }
        return dense(node, in, w, transposed, node.real("alpha", 1), bias, new int[] {bias.length});
    }

    /** MatMul with a constant second factor. */
    Value matmul(OnnxNode node) {
        Value.Signal in = graph.linear(node, 0);
        Value.Constant w = graph.weights(node, 1);
        int out = matrix(node, w, 1);
        int[] dims = in.dims().clone();
        for (int i = 0; i < dims.length - 1; i++) {
            if (dims[i] != 1) {
                throw new Refusal(node, "input of [N, " + Text.dims(dims).substring(1)
                    + "; only one vector per image is supported, flatten it");
            }
        }
        if (dims.length == 0) {
            throw new Refusal(node, "input without features");
        }
        dims[dims.length - 1] = out;
        return dense(node, in, w, false, 1, new double[out], dims);
    }

    private static int matrix(OnnxNode node, Value.Constant w, int outAxis) {
        if (w.dims().length != 2 || w.dims()[outAxis] < 1) {
            throw new Refusal(node, "weights of shape " + Text.dims(w.dims()) + ", a matrix is expected");
        }
        return w.dims()[outAxis];
    }

    private static Value dense(OnnxNode node, Value.Signal in, Value.Constant w, boolean transposed, double alpha, double[] bias, int[] dims) {
        int features = w.dims()[transposed ? 1 : 0];
        int out = bias.length;
        int elements = in.dims()[in.dims().length - 1];
        if (features != elements) {
            throw new Refusal(node, "weights " + Text.dims(w.dims()) + " do not fit " + elements + " features");
        }
        Value.elements(new int[] {out});
        if (in instanceof LinearSum sum) {
            Kernel kernel = dense(Part.of(new Source("", sum.shape(), Activation.relu(), new double[0], List.of())), 0, w, transposed, alpha, bias).kernel();
            return sum.then(kernel, bias, Shape.dense(out), dims, node);
        }
        if (!((Reading) in).padding().none()) {
            throw new Refusal(node, "reads a zero-padded map");
        }
        List<Term> terms = new ArrayList<>();
        int first = 0;
        for (Part p : ((Reading) in).parts()) {
            terms.add(dense(p, first, w, transposed, alpha, bias));
            first += p.elements();
        }
        return LinearSum.of(node, Shape.dense(out), dims, terms, bias);
    }

    /** One part's share of a dense layer; adds what its shift contributes to the bias. */
    private static Term dense(Part p, int first, Value.Constant w, boolean transposed, double alpha, double[] bias) {
        int out = bias.length;
        int features = w.dims()[transposed ? 1 : 0];
        int n = p.elements();
        int plane = p.height() * p.width();
        double[] kernel = new double[Math.multiplyExact(n, out)];
        for (int e = 0; e < n; e++) {
            int c = e / plane;
            int row = ((e - c * plane) * p.channels() + c) * out;
            double scale = p.scaleAt(e) * alpha;
            double shift = p.shiftAt(e) * alpha;
            for (int o = 0; o < out; o++) {
                double weight = w.data()[transposed ? o * features + first + e : (first + e) * out + o];
                kernel[row + o] = weight * scale;
                bias[o] += weight * shift;
            }
        }
        return new Term(p.source(), p.pool(), new Kernel(p.height(), p.width(), 1, 1, 0, 0, 1, 1, 1, p.channels(), out, kernel, null));
    }
}
