package org.axongrid.mapper.nir;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfGroup;

/**
 * A node of a graph.
 *
 * @param type     its kind
 * @param fields   its datasets by name
 * @param graph    of a {@link NirType#GRAPH} what is in it, else {@code null}
 * @param metadata free keys; empty if there are none. A graph has them itself
 */
public record NirNode(NirType type, SortedMap<String, HdfData> fields, NirGraph graph, HdfGroup metadata) {
    /** Copies the fields and checks that there is a graph where there must be one. */
    public NirNode {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        if ((type == NirType.GRAPH) != (graph != null)) {
            throw new IllegalArgumentException(type.fileName() + (graph == null ? " without" : " with") + " nodes");
        }
    }

    /** @return a node without metadata */
    public static NirNode of(NirType type, Map<String, HdfData> fields) {
        return of(type, fields, HdfGroup.of(Map.of()));
    }

    /** @return a node with metadata */
    public static NirNode of(NirType type, Map<String, HdfData> fields, HdfGroup metadata) {
        return new NirNode(type, new TreeMap<>(fields), null, metadata);
    }

    /** @return a nested graph as a node */
    public static NirNode of(NirGraph graph) {
        return new NirNode(NirType.GRAPH, new TreeMap<>(), graph, graph.metadata());
    }

    /** @return the field, null if it is left out */
    public HdfData field(String name) {
        return fields.get(name);
    }
}
