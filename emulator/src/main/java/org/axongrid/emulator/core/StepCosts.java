package org.axongrid.emulator.core;

/**
 * How long a core's work takes, in picoseconds, from a cost profile.
 *
 * @param updateActivePs    one active compartment update
 * @param updateIdlePs      one idle update
 * @param spikePs           producing one spike
 * @param messageOutPs      sending one message
 * @param messageInPs       receiving one message
 * @param synapticPs        one synaptic operation, by {@link org.axongrid.isa.synapse.SynapseFormat.Kind}
 * @param hopXPs            one east-west hop
 * @param hopYPs            one north-south hop
 * @param withinTilePs      a message that stays in its tile
 * @param microcodeCyclePs  one cycle of a neuron program
 */
public record StepCosts(int updateActivePs, int updateIdlePs, int spikePs, int messageOutPs, int messageInPs, int[] synapticPs,
                        int hopXPs, int hopYPs, int withinTilePs, int microcodeCyclePs) {
    /** Times without neuron programs. */
    public StepCosts(int updateActivePs, int updateIdlePs, int spikePs, int messageOutPs, int messageInPs, int[] synapticPs, int hopXPs, int hopYPs,
                     int withinTilePs) {
        this(updateActivePs, updateIdlePs, spikePs, messageOutPs, messageInPs, synapticPs, hopXPs, hopYPs, withinTilePs, 0);
    }

    /** Times of nothing: for runs whose time nobody asks for. */
    public static final StepCosts NONE = new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0);
}
