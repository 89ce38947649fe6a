package org.axongrid.emulator.count;

import org.axongrid.isa.synapse.SynapseFormat;

/**
 * What happened, counted. One instance per worker, merged at the end; sums are independent of threads and order.
 *
 * <p>Definitions. <em>Synaptic operation</em>: one stored synapse (zero weights included) of a list that a message selected.
 * <em>Active update</em>: a compartment in a step in which its accumulator was not zero or its voltage changed; every other visit of a
 * compartment, rounded up to the chip's update group, is an <em>idle update</em>. <em>Message</em>: one per spike and destination core.
 * <em>Hop</em>: one link between tiles.
 */
public final class EventCounters {
    /** Spikes of compartments, with or without a destination. */
    public long spikes;
    /** Synaptic operations by {@link SynapseFormat.Kind}. */
    public final long[] synapticOperations = new long[SynapseFormat.Kind.values().length];
    /** 64-bit words of synapse memory that messages had fetched: the whole list of each, as it lies in the packed memory; crossbars have none. */
    public long synapseWords;
    /** Updates with work of compartments with native arithmetic. */
    public long updatesActive;
    /** Compartment updates without. */
    public long updatesIdle;
    /** Updates by neuron programs with input or a state word that changed; not among {@link #updatesActive}. */
    public long programmedActive;
    /** Updates by neuron programs without; programs run all the same. */
    public long programmedIdle;
    /** Cycles of neuron programs. */
    public long microcodeCycles;
    /** Instructions that neuron programs executed. */
    public long microcodeInstructions;
    /** Messages sent. */
    public long messages;
    /** Messages whose destination is in the sender's own tile. */
    public long messagesWithinTile;
    /** Messages taken from the input queues. */
    public long messagesReceived;
    /** East-west hops, those between chips included. */
    public long hopsX;
    /** North-south hops. */
    public long hopsY;
    /** Borders between chips crossed (a part of {@link #hopsX}). */
    public long chipCrossings;
    /** Voltages that left their register and were clamped. */
    public long saturations;
    /** Accumulators that wrapped. */
    public long accumulatorWraps;
    /** Messages, each with one synaptic operation, that soft resets of two compartments sent themselves; they are among the other counts too. */
    public long resetMessages;
    /** Bias registers that the host wrote. */
    public long hostBiasWrites;
    /** State words that the host wrote. */
    public long hostStateWrites;
    /** Messages that the host injected. */
    public long hostMessages;
    /** Voltages that the host read. */
    public long hostReads;
    /** Messages that met another one of the same step at their axon and became one with it (crossbar cores). */
    public long mergedArrivals;
    /** Words drawn from the cores' random generators. */
    public long randomWords;
    /** Spikes of neurons that drive an output pin. */
    public long outputEvents;
    /** Time-steps of the system. */
    public long steps;

    /** Adds another's counts to this. */
    public void add(EventCounters o) {
        spikes += o.spikes;
        for (int k = 0; k < synapticOperations.length; k++) {
            synapticOperations[k] += o.synapticOperations[k];
        }
        synapseWords += o.synapseWords;
        updatesActive += o.updatesActive;
        updatesIdle += o.updatesIdle;
        programmedActive += o.programmedActive;
        programmedIdle += o.programmedIdle;
        microcodeCycles += o.microcodeCycles;
        microcodeInstructions += o.microcodeInstructions;
        messages += o.messages;
        messagesWithinTile += o.messagesWithinTile;
        messagesReceived += o.messagesReceived;
        hopsX += o.hopsX;
        hopsY += o.hopsY;
        chipCrossings += o.chipCrossings;
        saturations += o.saturations;
        accumulatorWraps += o.accumulatorWraps;
        resetMessages += o.resetMessages;
        hostBiasWrites += o.hostBiasWrites;
        hostStateWrites += o.hostStateWrites;
        hostMessages += o.hostMessages;
        hostReads += o.hostReads;
        mergedArrivals += o.mergedArrivals;
        randomWords += o.randomWords;
        outputEvents += o.outputEvents;
        steps += o.steps;
    }

    /** @return synaptic operations of all kinds */
    public long synapticOperationsTotal() {
        long sum = 0;
        for (long s : synapticOperations) {
            sum += s;
        }
        return sum;
    }
}
