package org.axongrid.mapper.nir;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.hdf.HdfWriter;

/**
 * Writes graphs as {@code nir.write} of version 1.0 does (project reference on formats, section 1.1): {@code /version} and {@code /node}, strings of
 * variable length, no attributes; arrays in one deflated chunk, but edges, shapes and steps of convolutions contiguous.
 */
public final class NirWriter {
    /** What the reference implementation keeps as tuples, which it stores plainly. */
    private static final Set<String> TUPLES = Set.of("stride", "padding", "dilation", "input_shape");

    private NirWriter() { }

    /**
     * @param graph a graph
     * @return the bytes of a file that holds it
     */
    public static byte[] bytes(NirGraph graph) {
        Map<String, HdfEntry> root = new TreeMap<>();
        root.put("version", HdfData.text(NirFile.WRITTEN));
        root.put("node", tree(NirNode.of(graph)));
        HdfGroup tree = HdfGroup.of(root);
        return HdfWriter.write(tree, path -> packed(tree, path));
    }

    private static HdfGroup tree(NirNode node) {
        Map<String, HdfEntry> out = new TreeMap<>(node.fields());
        out.put("type", HdfData.text(node.type().fileName()));
        if (!node.metadata().entries().isEmpty()) {
            out.put("metadata", node.metadata());
        }
        if (node.graph() != null) {
            Map<String, HdfEntry> nodes = new TreeMap<>();
            node.graph().nodes().forEach((name, inner) -> nodes.put(name, tree(inner)));
            out.put("nodes", HdfGroup.of(nodes));
            String[] names = node.graph().edges().stream().flatMap(e -> Stream.of(e.from(), e.to())).toArray(String[]::new);
            out.put("edges", HdfData.of(new int[] {names.length / 2, 2}, names));
        }
        return HdfGroup.of(out);
    }

    /** Tuples of convolutions stay plain; those of pools are arrays. */
    private static boolean packed(HdfGroup root, String path) {
        String[] parts = path.substring(1).split("/");
        HdfGroup group = root;
        for (int i = 0; i < parts.length - 1; i++) {
            group = group.group(parts[i]);
        }
        HdfData type = group.data("type");
        boolean convolution = type != null && !type.numeric() && type.text(0).startsWith("Conv");
        return !(convolution && TUPLES.contains(parts[parts.length - 1]));
    }
}
