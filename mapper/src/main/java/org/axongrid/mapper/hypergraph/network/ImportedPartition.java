package org.axongrid.mapper.hypergraph.network;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.axongrid.mapper.partition.CorePiece;
import org.axongrid.mapper.partition.Partition;

/**
 * Somebody else's partition of a network's hypergraph, as cores that can be loaded. A core holds one range of channels of one population, so
 * that a core of the file with several of these becomes several cores. Limits are not looked at here.
 *
 * @param partition what each core holds
 * @param cores     cores of the file, without empty ones
 * @param split     of these, how many had to be split
 */
public record ImportedPartition(Partition partition, int cores, int split) {
    /** The name in reports. */
    public static final String NAME = "imported";

    /**
     * @param part  core by vertex of {@code graph}
     * @param graph the network's hypergraph
     * @param frame the cut that says which channels make a vertex
     * @return the partition
     */
    public static ImportedPartition of(int[] part, NetworkHypergraph graph, Partition frame) {
        CorePiece[] ofColour = new CorePiece[1 + max(graph.colour())];
        frame.cores().forEach(piece -> ofColour[graph.colourOf(piece)] = piece);
        // Number of a loaded core by core of the file and colour, in the order of both.
        TreeMap<Long, Integer> numbers = new TreeMap<>();
        for (int v = 0; v < part.length; v++) {
            numbers.put(key(part[v], graph.colour()[v]), 0);
        }
        List<CorePiece> model = new ArrayList<>();
        int cores = 0;
        int split = 0;
        long before = -1;
        boolean counted = false;
        for (var entry : numbers.entrySet()) {
            long core = entry.getKey() >> Integer.SIZE;
            if (core != before) {
                cores++;
                counted = false;
            } else if (!counted) {
                split++;
                counted = true;
            }
            before = core;
            entry.setValue(model.size());
            model.add(ofColour[(int) (long) entry.getKey()]);
        }
        int[] loaded = new int[part.length];
        for (int v = 0; v < part.length; v++) {
            loaded[v] = numbers.get(key(part[v], graph.colour()[v]));
        }
        return new ImportedPartition(new Partition(NAME, graph.piecesOf(loaded, model), frame.chunk()), cores, split);
    }

    private static long key(int core, int colour) {
        return (long) core << Integer.SIZE | colour;
    }

    private static int max(int[] values) {
        int max = 0;
        for (int value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
