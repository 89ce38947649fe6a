package org.axongrid.mapper.nir;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axongrid.mapper.hdf.HdfGroup;

/**
 * A graph as a file has it. Only edges give topology: what arrives at a node by several edges is summed.
 *
 * @param nodes    by name, sorted
 * @param edges    in file order; duplicates and cycles are allowed
 * @param metadata free keys; empty if there are none
 */
public record NirGraph(SortedMap<String, NirNode> nodes, List<Edge> edges, HdfGroup metadata) {
    /**
     * A connection.
     *
     * @param from name of the node that sends
     * @param to   name of the node that receives
     */
    public record Edge(String from, String to) {
        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    /** Copies nodes and edges. */
    public NirGraph {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        edges = List.copyOf(edges);
    }

    /** @return a graph without metadata */
    public static NirGraph of(Map<String, NirNode> nodes, List<Edge> edges) {
        return new NirGraph(new TreeMap<>(nodes), edges, HdfGroup.of(Map.of()));
    }
}
