package org.axongrid.isa.microcode;

import org.axongrid.isa.fixed.Xorshift32;

/**
 * State of a core's programmed compartments as parallel arrays, and what an update reads and counts. One instance per running core; the fields
 * that change from range to range are set before each call of a {@link NeuronKernel}.
 */
public final class NeuronBlock {
    /** By state word and compartment. */
    public final int[][] words;
    /** By probe channel and compartment; null where no program shows anything. */
    public final int[][] probes;
    /** Dendritic accumulators; read and set to 0 by an update. */
    public final int[] accumulator;
    /** Where the accumulators of this step begin. */
    public int inputOffset;
    /** Distance from one input's accumulators to the next one's. */
    public int inputStride;
    /** 32 minus the accumulators' width: they wrap when they are read; 0 = as they are. */
    public int accumulatorUnused;
    /** By compartment: bias registers, shifted by their exponents. */
    public final int[] bias;
    /** Constants of the range's profile. */
    public int[] constants;
    /** Time-steps since the start of the range's compartments, from 1. */
    public int time;
    /** State of the core's random generator, never 0. */
    public int random;

    /** Largest magnitude of a payload; what is beyond is cut to it. */
    public int payloadMax;
    /** Compartments that spiked; ascending. */
    public final int[] spikes;
    /** Payload by spike. */
    public final int[] payloads;
    /** Cycles from the step's start to the end of the update that spiked, by spike. */
    public final int[] spikeCycles;
    /** Spikes so far in this step. */
    public int spikeCount;

    /** Cycles so far in this step. */
    public int cycles;
    /** Instructions executed since the core was made. */
    public long instructions;
    /** Updates so far in this step with input or a state word that changed. */
    public int active;
    /** Results that saturated, since the core was made. */
    public long saturations;
    /** Accumulators that wrapped, since the core was made. */
    public long wraps;

    /**
     * @param words       by state word and compartment
     * @param probes      by channel and compartment, or null
     * @param accumulator dendritic accumulators
     * @param bias        by compartment
     * @param spikes      room for a spike of each compartment
     * @param payloads    the same for payloads
     */
    public NeuronBlock(int[][] words, int[][] probes, int[] accumulator, int[] bias, int[] spikes, int[] payloads) {
        this.words = words;
        this.probes = probes;
        this.accumulator = accumulator;
        this.bias = bias;
        this.spikes = spikes;
        this.payloads = payloads;
        this.spikeCycles = new int[spikes.length];
    }

    /** Takes the generator on by one step. @return its new state */
    public int nextRandom() {
        random = Xorshift32.next(random);
        return random;
    }

    /** Takes a spike; called in ascending order of compartments. */
    public void spike(int compartment, int payload) {
        payloads[spikeCount] = Math.max(-payloadMax, Math.min(payloadMax, payload));
        spikeCycles[spikeCount] = cycles;
        spikes[spikeCount++] = compartment;
    }
}
