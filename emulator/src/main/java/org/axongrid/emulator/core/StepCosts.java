package org.axongrid.emulator.core;

/**
 * Times of a core's operations, in whole picoseconds.
 *
 * <p>A message that is received takes its decoding, and then as long as the longer of fetching its list's words and adding its synapses: the two
 * are pipelined. A message on its way takes the way into and out of the mesh and its hops.
 *
 * @param updateActivePs    one active compartment update
 * @param updateIdlePs      one idle update
 * @param spikePs           producing one spike
 * @param messageOutPs      sending one message
 * @param messageInPs       receiving one message: decoding its axon
 * @param synapticPs        one synaptic operation, by {@link org.axongrid.isa.synapse.SynapseFormat.Kind}
 * @param hopXPs            one east-west hop
 * @param hopYPs            one north-south hop
 * @param withinTilePs      into a router and out of it: all the way of a message that stays in its tile
 * @param microcodeCyclePs  one cycle of a neuron program
 * @param synapseWordPs     fetching one word of synapse memory
 * @param axonScanPs        looking at one axon of one neuron, where all of them are visited
 * @param coreStepPs        what each core takes in each step
 * @param chipCrossingPs    crossing a border between chips, on top of the hop
 * @param quantumPs         cycle of the network, at least 1: messages start at multiples of it
 */
public record StepCosts(int updateActivePs, int updateIdlePs, int spikePs, int messageOutPs, int messageInPs, int[] synapticPs,
                        int hopXPs, int hopYPs, int withinTilePs, int microcodeCyclePs, int synapseWordPs, int axonScanPs, int coreStepPs,
                        int chipCrossingPs, int quantumPs) {
    /** Times without neuron programs, memory words, row scans and a network's quantum. */
    public StepCosts(int updateActivePs, int updateIdlePs, int spikePs, int messageOutPs, int messageInPs, int[] synapticPs, int hopXPs, int hopYPs,
                     int withinTilePs) {
        this(updateActivePs, updateIdlePs, spikePs, messageOutPs, messageInPs, synapticPs, hopXPs, hopYPs, withinTilePs, 0, 0, 0, 0, 0, 1);
    }

    /** Times on one chip. */
    public StepCosts(int updateActivePs, int updateIdlePs, int spikePs, int messageOutPs, int messageInPs, int[] synapticPs, int hopXPs, int hopYPs,
                     int withinTilePs, int microcodeCyclePs, int synapseWordPs, int axonScanPs, int coreStepPs, int quantumPs) {
        this(updateActivePs, updateIdlePs, spikePs, messageOutPs, messageInPs, synapticPs, hopXPs, hopYPs, withinTilePs, microcodeCyclePs,
            synapseWordPs, axonScanPs, coreStepPs, 0, quantumPs);
    }

    /** Times of nothing: for runs whose time nobody asks for. */
    public static final StepCosts NONE = new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0);

    /** @return these times on a mesh with a cycle of its own, whose ways are whole numbers of cycles */
    public StepCosts onMesh(int quantum, int hopX, int hopY, int within, int crossing) {
        return new StepCosts(updateActivePs, updateIdlePs, spikePs, messageOutPs, messageInPs, synapticPs, hopX, hopY, within, microcodeCyclePs,
            synapseWordPs, axonScanPs, coreStepPs, crossing, quantum);
    }

    /** @return the way of a message over so many hops, and borders between chips among them, if nothing is in its way, ps */
    public int pathPs(int hopsX, int hopsY, int crossings) {
        return withinTilePs + hopsX * hopXPs + hopsY * hopYPs + crossings * chipCrossingPs;
    }

    /** @return time to fetch a list, ps */
    public long fetchPs(int words) {
        return (long) words * synapseWordPs;
    }

    /** @return time to receive a message with so many words and synapses, ps */
    public long servicePs(int words, int synapses, int kind) {
        return messageInPs + Math.max((long) words * synapseWordPs, (long) synapses * synapticPs[kind]);
    }

    /** @return a time rounded up to the network's cycle, ps */
    public long atCycle(long ps) {
        return quantumPs == 1 ? ps : (ps + quantumPs - 1) / quantumPs * quantumPs;
    }
}
