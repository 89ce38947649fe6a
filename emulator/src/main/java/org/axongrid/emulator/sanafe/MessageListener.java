package org.axongrid.emulator.sanafe;

/** Is told of every message when its core has made it. */
public interface MessageListener {
    /**
     * @param neuron     that fired
     * @param core       destination
     * @param hops       links on the way
     * @param events     synaptic events that the message causes
     * @param generation seconds of the core's work for it, since the message before
     * @param receive    seconds of the destination's work for it
     */
    void message(int neuron, int core, int hops, int events, double generation, double receive);
}
