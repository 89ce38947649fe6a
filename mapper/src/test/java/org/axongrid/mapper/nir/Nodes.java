package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfGroup;

/** Graphs for tests, node by node. */
final class Nodes {
    final Map<String, NirNode> nodes = new TreeMap<>();
    final List<NirGraph.Edge> edges = new ArrayList<>();

    Nodes add(String name, NirType type, Object... fields) {
        nodes.put(name, NirNode.of(type, data(fields)));
        return this;
    }

    Nodes with(String name, Object... metadata) {
        NirNode n = nodes.get(name);
        nodes.put(name, NirNode.of(n.type(), n.fields(), HdfGroup.of(data(metadata))));
        return this;
    }

    private static Map<String, HdfData> data(Object... fields) {
        Map<String, HdfData> data = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            Object v = fields[i + 1];
            data.put((String) fields[i], v instanceof HdfData d ? d : v instanceof String s ? HdfData.text(s) : v instanceof Integer n
                ? HdfData.integer(n) : v instanceof Double d ? HdfData.scalar(d) : HdfData.vector((long[]) v));
        }
        return data;
    }

    static long[] of(long... values) {
        return values;
    }

    static HdfData reals(int... dims) {
        int n = 1;
        for (int d : dims) {
            n *= d;
        }
        return HdfData.of(dims, new double[n]);
    }

    static HdfData filled(double value, int... dims) {
        HdfData data = reals(dims);
        java.util.Arrays.fill((double[]) data.values(), value);
        return data;
    }

    static HdfData vector(double... values) {
        return HdfData.of(new int[] {values.length}, values);
    }

    static HdfData matrix(int rows, double... values) {
        return HdfData.of(new int[] {rows, values.length / rows}, values);
    }

    /** A convolution with weights of these dims. */
    Nodes conv(String name, HdfData weight, Object padding, int stride, int dilation, int groups) {
        return add(name, NirType.CONV2D, "weight", weight, "bias", reals(weight.dims()[0]), "stride", of(stride, stride), "padding", padding, "dilation",
            of(dilation, dilation), "groups", groups);
    }

    Nodes chain(String... names) {
        for (int i = 1; i < names.length; i++) {
            edges.add(new NirGraph.Edge(names[i - 1], names[i]));
        }
        return this;
    }

    NirGraph graph() {
        return NirGraph.of(nodes, edges);
    }
}
