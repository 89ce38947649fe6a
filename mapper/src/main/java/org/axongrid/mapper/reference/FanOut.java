package org.axongrid.mapper.reference;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;

/** By population and position, the synapses that a neuron there has: what one spike costs. Zero weights count, those off the map do not. */
public final class FanOut {
    private final long[][] synapses;
    private final boolean[] pooled;
    private final int[] channels;

    /** @param network the topology; a max pool has no synapses */
    public FanOut(Network network) {
        int n = network.populations().size();
        synapses = new long[n][];
        pooled = new boolean[n];
        channels = new int[n];
        for (int p = 0; p < n; p++) {
            synapses[p] = new long[network.populations().get(p).shape().positions()];
            channels[p] = network.populations().get(p).shape().channels();
        }
        for (Projection p : network.projections()) {
            if (network.populations().get(p.target()).activation().kind() == Activation.Kind.MAX_POOL) {
                pooled[p.source()] = true;
                continue;
            }
            int width = p.sourceShape().width();
            for (int s = 0; s < synapses[p.source()].length; s++) {
                int position = s;
                p.forEachTap(s / width, s % width, (to, ky, kx) -> synapses[p.source()][position] += p.outPerGroup());
            }
        }
    }

    /** @return whether a max pool reads population {@code p}, so that its synapses are not all of its cost */
    public boolean pooled(int p) {
        return pooled[p];
    }

    /** @return synapses of a neuron */
    public long of(int p, int neuron) {
        return synapses[p][neuron / channels[p]];
    }
}
