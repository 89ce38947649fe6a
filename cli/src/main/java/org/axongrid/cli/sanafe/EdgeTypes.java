package org.axongrid.cli.sanafe;

import java.util.List;
import java.util.Map;
import org.axongrid.isa.KeyedYaml;

/** The synapses behind an entry of the list of edges. Lists of attributes give one value per connection, source by source. */
final class EdgeTypes {
    /** Attributes of a synapse between two neurons. */
    static final List<String> SINGLE = List.of("weight", "delay");
    private static final List<String> DENSE = List.of("type", "weight", "delay");
    private static final List<String> SPARSE = List.of("type", "weight", "delay", "source_target_pairs");
    private static final List<String> SIZES = List.of("input_height", "input_width", "input_channels", "kernel_count", "kernel_height",
        "kernel_width", "stride_height", "stride_width");
    private static final List<String> CONV = List.of("type", "weight", "delay", "input_height", "input_width", "input_channels", "kernel_count",
        "kernel_height", "kernel_width", "stride_height", "stride_width");
    private static final Map<String, List<String>> KNOWN = Map.of("dense", DENSE, "sparse", SPARSE, "conv2d", CONV);

    private EdgeTypes() { }

    /** Adds the synapses of {@code "source -> target": attributes}. */
    static void add(NetworkDraft draft, String ends, Node attributes) {
        String[] names = ends.split("->", -1);
        if (names.length != 2) {
            throw attributes.error("edge: expected 'source -> target', found '" + Node.shown(ends) + "'");
        }
        String source = names[0].strip();
        String target = names[1].strip();
        IndexRange from = draft.neurons(attributes, source);
        IndexRange to = draft.neurons(attributes, target);
        Map<String, Node> given = attributes.mapping("edge");
        Node type = given.get("type");
        if (type == null) {
            Map<String, Node> flat = NetworkDraft.flat(attributes, SINGLE, "edge");
            if (source.indexOf('.') < 0 || target.indexOf('.') < 0 || from.first() != from.last() || to.first() != to.last()) {
                throw attributes.error("edge: between groups 'type' is needed: conv2d, dense or sparse");
            }
            requireNoDelay(flat);
            draft.addSynapse(attributes, from.first(), to.first(), need(flat, "weight", attributes).number("weight"));
            return;
        }
        List<String> known = KNOWN.get(type.text("type"));
        if (known == null) {
            throw type.error("type: '" + Node.shown(type.text()) + "' is not known" + KeyedYaml.nearest(Node.shown(type.text()), KNOWN.keySet()));
        }
        Map<String, Node> flat = NetworkDraft.flat(attributes, known, "edge");
        requireNoDelay(flat);
        switch (type.text()) {
            case "dense" -> dense(draft, from, to, flat, attributes);
            case "sparse" -> sparse(draft, from, to, flat, attributes);
            default -> conv(draft, from, to, flat, attributes);
        }
    }

    private static Node need(Map<String, Node> flat, String key, Node at) {
        Node found = flat.get(key);
        if (found == null) {
            throw at.error("edge: '" + key + "' is missing");
        }
        return found;
    }

    /** Delays other than 0 are not modelled: the reference does not say when they act. */
    static void requireNoDelay(Map<String, Node> flat) {
        Node delay = flat.get("delay");
        if (delay != null) {
            for (Node d : delay.items() == null ? List.of(delay) : delay.items()) {
                if (d.number("delay") != 0) {
                    throw d.error("delay: " + Node.shown(d.text()) + " is not modelled, only 0 is");
                }
            }
        }
    }

    /** @return one weight per connection */
    private static double[] weights(Map<String, Node> flat, long count, Node at) {
        Node weight = need(flat, "weight", at);
        if (count > NetworkDraft.MOST_SYNAPSES) {
            throw at.error("edge: more than " + NetworkDraft.MOST_SYNAPSES + " connections");
        }
        double[] values = new double[(int) count];
        if (weight.items() == null) {
            java.util.Arrays.fill(values, weight.number("weight"));
            return values;
        }
        if (weight.items().size() != count) {
            throw weight.error("weight: " + weight.items().size() + " values for " + count + " connections or kernel weights");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = weight.items().get(i).number("weight");
        }
        return values;
    }

    private static int size(IndexRange r) {
        return r.last() - r.first() + 1;
    }

    private static void dense(NetworkDraft draft, IndexRange from, IndexRange to, Map<String, Node> flat, Node at) {
        double[] w = weights(flat, (long) size(from) * size(to), at);
        int i = 0;
        for (int s = from.first(); s <= from.last(); s++) {
            for (int t = to.first(); t <= to.last(); t++) {
                draft.addSynapse(at, s, t, w[i++]);
            }
        }
    }

    private static void sparse(NetworkDraft draft, IndexRange from, IndexRange to, Map<String, Node> flat, Node at) {
        List<Node> pairs = need(flat, "source_target_pairs", at).list("source_target_pairs");
        double[] w = weights(flat, pairs.size(), at);
        for (int i = 0; i < w.length; i++) {
            List<Node> pair = pairs.get(i).list("source_target_pairs");
            if (pair.size() != 2) {
                throw pairs.get(i).error("source_target_pairs: expected [source, target]");
            }
            draft.addSynapse(at, from.first() + pair.get(0).integer("source", 0, size(from) - 1),
                to.first() + pair.get(1).integer("target", 0, size(to) - 1), w[i]);
        }
    }

    /**
     * No padding. Neurons are numbered channel first, {@code (channel * height + y) * width + x}, and weights are listed as {@code [ky][kx][input channel][kernel]}
     * (project reference on SANA-FE, section 1).
     */
    private static void conv(NetworkDraft draft, IndexRange from, IndexRange to, Map<String, Node> flat, Node at) {
        int[] n = SIZES.stream().mapToInt(k -> need(flat, k, at).integer(k, 1, 1 << 16)).toArray();
        int outHeight = (n[0] - n[4]) / n[6] + 1;
        int outWidth = (n[1] - n[5]) / n[7] + 1;
        if (n[4] > n[0] || n[5] > n[1]) {
            throw at.error("edge: the kernel is larger than the input");
        }
        if ((long) n[0] * n[1] * n[2] != size(from) || (long) outHeight * outWidth * n[3] != size(to)) {
            throw at.error("edge: conv2d leads from " + (long) n[0] * n[1] * n[2] + " to " + (long) outHeight * outWidth * n[3]
                + " neurons, the groups have " + size(from) + " and " + size(to));
        }
        double[] w = weights(flat, Math.multiplyExact((long) n[4] * n[5], (long) n[2] * n[3]), at);
        for (int t = 0; t < size(to); t++) {
            int kernel = t / (outHeight * outWidth);
            int x0 = t % outWidth * n[7];
            int y0 = t / outWidth % outHeight * n[6];
            for (int k = 0; k < n[4] * n[5] * n[2]; k++) {
                int c = k % n[2];
                int x = x0 + k / n[2] % n[5];
                int y = y0 + k / n[2] / n[5];
                draft.addSynapse(at, from.first() + (c * n[0] + y) * n[1] + x, to.first() + t, w[k * n[3] + kernel]);
            }
        }
    }
}
