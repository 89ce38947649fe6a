package org.axongrid.cli.mapping;

import java.util.List;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.PlacementMetrics;

/**
 * One strategy with one placer.
 *
 * @param strategy  name of the partition strategy
 * @param placer    name of the placer
 * @param chips     chips used
 * @param part      core by vertex
 * @param tile      tile by core
 * @param partition what the partition costs
 * @param placement what the placement costs
 * @param violated  limits that do not hold, one sentence each
 * @param seconds   host time of both
 * @param peakHeap  most bytes of heap in use meanwhile
 */
public record MappingRow(String strategy, String placer, int chips, int[] part, int[] tile, PartitionMetrics partition,
                         PlacementMetrics placement, List<String> violated, double seconds, long peakHeap) {
    /** @return whether this row is to be preferred: no violated limit, then fewer packets, then fewer hop-weighted ones */
    boolean betterThan(MappingRow other) {
        if (violated.isEmpty() != other.violated.isEmpty()) {
            return violated.isEmpty();
        }
        if (partition.packets() != other.partition.packets()) {
            return partition.packets() < other.partition.packets();
        }
        return placement.hopPackets() < other.placement.hopPackets();
    }
}
