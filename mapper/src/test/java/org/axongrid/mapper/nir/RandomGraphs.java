package org.axongrid.mapper.nir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;

/** Random graphs of all node types, with odd names, nested graphs, cycles, and metadata; shapes need not fit. */
final class RandomGraphs {
    private static final String[] NAMES = {"0", "10", "lif1.w_rec", "a b", "\u00fcber", "\u795e\u7d4c", "x-y", "IF", "type", "nodes", "..", "\ud83d\ude00"};

    private RandomGraphs() { }

    static NirGraph graph(Random random, int depth) {
        Map<String, NirNode> nodes = new TreeMap<>();
        for (NirType type : NirType.values()) {
            if (type != NirType.GRAPH) {
                nodes.put(name(random, nodes.size()), node(random, type));
            } else if (depth > 0) {
                nodes.put(name(random, nodes.size()), NirNode.of(graph(random, depth - 1)));
            }
        }
        // More than one level of a group's B-tree now and then.
        for (int more = random.nextInt(6) == 0 ? 300 + random.nextInt(300) : random.nextInt(20); more > 0; more--) {
            nodes.put(name(random, nodes.size()), node(random, NirType.SCALE));
        }
        List<String> names = new ArrayList<>(nodes.keySet());
        List<NirGraph.Edge> edges = new ArrayList<>();
        for (int i = random.nextInt(3 * names.size()); i > 0; i--) {
            edges.add(new NirGraph.Edge(names.get(random.nextInt(names.size())), names.get(random.nextInt(names.size()))));
        }
        return new NirGraph(new TreeMap<>(nodes), edges, metadata(random, 2));
    }

    private static String name(Random random, int number) {
        return random.nextInt(4) == 0 ? number + NAMES[random.nextInt(NAMES.length)] : NAMES[random.nextInt(NAMES.length)] + "_" + number;
    }

    private static NirNode node(Random random, NirType type) {
        Map<String, HdfData> fields = new HashMap<>();
        for (String field : type.fields()) {
            if (type.required().contains(field) || random.nextBoolean()) {
                boolean word = field.equals("padding") && type.fileName().startsWith("Conv") && random.nextBoolean();
                fields.put(field, word ? HdfData.text(random.nextBoolean() ? "same" : "valid") : numbers(random));
            }
        }
        return NirNode.of(type, fields, metadata(random, 1));
    }

    private static HdfGroup metadata(Random random, int depth) {
        Map<String, HdfEntry> entries = new HashMap<>();
        for (int i = random.nextInt(3) - 1; i > 0; i--) {
            entries.put("key" + i, random.nextInt(3) == 0 ? texts(random) : numbers(random));
        }
        if (depth > 0 && random.nextInt(4) == 0) {
            entries.put("inner", metadata(random, depth - 1));
        }
        if (random.nextInt(5) == 0) {
            entries.put("truth", HdfData.of(new int[] {2}, new boolean[] {true, random.nextBoolean()}));
            entries.put("true", HdfData.text("TRUE"));
        }
        return HdfGroup.of(entries);
    }

    private static HdfData texts(Random random) {
        String[] texts = new String[1 + random.nextInt(3)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = random.nextInt(4) == 0 ? "" : random.nextInt(6) == 0 ? "x".repeat(random.nextInt(9000)) : "t\u00e9xt " + random.nextInt();
        }
        return texts.length == 1 ? HdfData.text(texts[0]) : HdfData.of(new int[] {texts.length}, texts);
    }

    /** Any numeric type, rank 0 to 4. */
    private static HdfData numbers(Random random) {
        int[] dims = new int[random.nextInt(5)];
        int n = 1;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = 1 + random.nextInt(4);
            n *= dims[i];
        }
        Object values;
        switch (random.nextInt(6)) {
            case 0 -> values = random.longs(n).toArray();
            case 1 -> values = random.ints(n).toArray();
            case 2 -> {
                short[] s = new short[n];
                for (int i = 0; i < n; i++) {
                    s[i] = (short) random.nextInt();
                }
                values = s;
            }
            case 3 -> {
                byte[] b = new byte[n];
                random.nextBytes(b);
                values = b;
            }
            case 4 -> {
                float[] f = new float[n];
                for (int i = 0; i < n; i++) {
                    f[i] = (float) random.nextGaussian();
                }
                values = f;
            }
            default -> values = random.doubles(n).toArray();
        }
        return HdfData.of(dims, values);
    }
}
