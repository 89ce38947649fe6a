package org.axongrid.emulator.sanafe;

/** Counts, joules and seconds of a step, or of a run; filled by {@link SanafeMachine}. */
public final class SanafeStep {
    /** Neurons that fired. */
    public long fired;
    /** Neurons that were updated. */
    public long updated;
    /** Messages between cores, a core's to itself included. */
    public long packets;
    /** Links that messages passed. */
    public long hops;
    /** Synaptic events. */
    public long events;
    /** Length in seconds, by the machine's timing. */
    public double time;
    /** Length in seconds by {@link SanafeMachine.Timing#SIMPLE}, whatever the machine's timing. */
    public double simpleTime;
    /** Joules of synapses. */
    public double synapseEnergy;
    /** Joules of dendrites. */
    public double dendriteEnergy;
    /** Joules of somas. */
    public double somaEnergy;
    /** Joules of axons and links. */
    public double networkEnergy;

    /** @return joules in all */
    public double energy() {
        return synapseEnergy + dendriteEnergy + somaEnergy + networkEnergy;
    }

    /** Adds a step to a run. */
    public void add(SanafeStep s) {
        fired += s.fired;
        updated += s.updated;
        packets += s.packets;
        hops += s.hops;
        events += s.events;
        time += s.time;
        simpleTime += s.simpleTime;
        synapseEnergy += s.synapseEnergy;
        dendriteEnergy += s.dendriteEnergy;
        somaEnergy += s.somaEnergy;
        networkEnergy += s.networkEnergy;
    }
}
