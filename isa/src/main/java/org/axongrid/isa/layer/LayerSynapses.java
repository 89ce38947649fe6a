package org.axongrid.isa.layer;

import java.util.List;

/**
 * The synapses between two layers. A spike of channel c at position s adds, for each tap from s to a target position, the kernel's row of tap and c to that
 * position's channels from {@code c / inPerGroup * outPerGroup} on.
 *
 * @param source      number of the layer that sends
 * @param target      number of the layer that receives
 * @param taps        which positions reach which
 * @param kernel      weights {@code [tap][source channel][channel of the target's group]}, before the chip's weight shift
 * @param weightShift weights are multiples of two to this
 * @param groups      channel groups of both layers
 * @param inputs      by piece of the target: its axons of these synapses and what their lists take
 */
public record LayerSynapses(int source, int target, LayerTaps taps, int[] kernel, int weightShift, int groups, List<LayerInputs> inputs) {
    /** Copies the list. */
    public LayerSynapses {
        inputs = List.copyOf(inputs);
    }
}
