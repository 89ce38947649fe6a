package org.axongrid.mapper.hypergraph.partition;

/**
 * How a strategy searches.
 *
 * @param seed    of all that is random
 * @param threads threads of the host
 * @param seconds time that searching strategies take; the others need far less
 */
public record Search(long seed, int threads, double seconds) {
    /** @return {@code System.nanoTime()} when the time from now on is over */
    long deadline() {
        return System.nanoTime() + (long) (seconds * 1e9);
    }
}
