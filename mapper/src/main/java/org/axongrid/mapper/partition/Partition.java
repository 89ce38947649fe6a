package org.axongrid.mapper.partition;

import java.util.List;

/**
 * A network cut into cores.
 *
 * @param strategy name of the strategy that made it
 * @param cores    what each core holds, in the order in which cores were filled
 * @param chunk    by population: channels per core; the last chunk of a population may have fewer
 */
public record Partition(String strategy, List<CorePiece> cores, int[] chunk) {
    /** Copies the list. */
    public Partition {
        cores = List.copyOf(cores);
    }
}
