package org.axongrid.mapper.reference;

import java.util.Arrays;

/**
 * Spikes and synaptic operations by population, since they were last cleared.
 *
 * <p>A synaptic operation is one spike at one structural synapse: zero weights count, synapses that the map's border cuts off do not,
 * average pooling is folded into the consumer, and the analog input's currents are no operations.
 */
final class SpikeCounts {
    private final long[] spikes;
    private final long[] from;
    private final long[] into;

    SpikeCounts(int populations) {
        spikes = new long[populations];
        from = new long[populations];
        into = new long[populations];
    }

    void addSpikes(int population, long count) {
        spikes[population] += count;
    }

    void addOperations(int source, int target, long count) {
        from[source] += count;
        into[target] += count;
    }

    /** Sets all to 0. */
    void clear() {
        Arrays.fill(spikes, 0);
        Arrays.fill(from, 0);
        Arrays.fill(into, 0);
    }

    /** @return spikes of population {@code p} */
    long spikes(int p) {
        return spikes[p];
    }

    /** @return spikes of all populations */
    long spikes() {
        return Arrays.stream(spikes).sum();
    }

    /** @return synaptic operations that spikes of population {@code p} caused */
    long operationsFrom(int p) {
        return from[p];
    }

    /** @return synaptic operations that arrived at population {@code p} */
    long operationsInto(int p) {
        return into[p];
    }

    /** @return synaptic operations of all populations */
    long operations() {
        return Arrays.stream(from).sum();
    }
}
