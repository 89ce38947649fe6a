package org.axongrid.mapper.reference;

import java.util.Arrays;

/**
 * Spikes and synaptic operations by population, since they were last cleared.
 *
 * <p>A synaptic operation is one spike at one structural synapse: zero weights count, synapses that the map's border cuts off do not,
 * average pooling is folded into the consumer, and the analog input's currents are no operations. A message with a payload is one operation
 * at each synapse; counted as so many spikes as its payload says, it is as many unary ones.
 */
final class SpikeCounts {
    private final long[] spikes;
    private final long[] units;
    private final long[] from;
    private long unary;

    SpikeCounts(int populations) {
        spikes = new long[populations];
        units = new long[populations];
        from = new long[populations];
    }

    void addSpikes(int population, SpikeList sent) {
        spikes[population] += sent.count();
        units[population] += sent.units();
    }

    void addOperations(int source, long count, long unaryCount) {
        from[source] += count;
        unary += unaryCount;
    }

    /** @return synaptic operations of all populations if each unit of a payload is a spike of its own */
    long unaryOperations() {
        return unary;
    }

    /** @return the sum of the payloads' magnitudes that population {@code p} sent */
    long units(int p) {
        return units[p];
    }

    /** Sets all to 0. */
    void clear() {
        Arrays.fill(spikes, 0);
        Arrays.fill(units, 0);
        unary = 0;
        Arrays.fill(from, 0);
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

    /** @return synaptic operations of all populations */
    long operations() {
        return Arrays.stream(from).sum();
    }
}
