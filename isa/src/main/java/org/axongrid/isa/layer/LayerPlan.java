package org.axongrid.isa.layer;

import java.util.List;

/**
 * The layers of an image and the synapses between them.
 *
 * @param layers   in the network's order: synapses go from a layer to a later one; the first is the input if spikes come from outside, or has no cores
 * @param synapses between two layers each
 */
public record LayerPlan(List<Layer> layers, List<LayerSynapses> synapses) {
    /** Copies the lists. */
    public LayerPlan {
        layers = List.copyOf(layers);
        synapses = List.copyOf(synapses);
    }

    /** @return numbers of the synapses into a layer */
    public int[] into(int layer) {
        return java.util.stream.IntStream.range(0, synapses.size()).filter(i -> synapses.get(i).target() == layer).toArray();
    }
}
