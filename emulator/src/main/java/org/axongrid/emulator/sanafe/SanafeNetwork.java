package org.axongrid.emulator.sanafe;

import java.util.List;

/**
 * A network mapped to the cores of a chip, in arrays. Neurons are numbered in the order in which the cores visit them: by core, then as mapped.
 * Synapses are sorted by source, destination core, and order of creation. Not to be changed after it was made.
 */
public final class SanafeNetwork {
    /** Names, {@code group.neuron}. */
    public final String[] name;
    /** Global core of each neuron: cores are counted through all tiles. */
    public final int[] core;
    /** Unit of each neuron. */
    public final SanafeChip.Soma[] soma;
    /** Firing threshold: a neuron fires above it. */
    public final double[] threshold;
    /** Potential after a spike with hard reset. */
    public final double[] reset;
    /** Whether a spike subtracts the threshold, instead of setting the potential. */
    public final boolean[] softReset;
    /** Factor of the potential per step. */
    public final double[] leakDecay;
    /** Factor of the input current per step. */
    public final double[] inputDecay;
    /** Added to the potential in every step. */
    public final double[] bias;
    /** Whether the neuron counts as updated in every step. */
    public final boolean[] forceUpdate;
    /** For input neurons: whether they spike in step 1, 2, ...; empty otherwise. */
    public final boolean[][] spikes;
    /** Whether its spikes are wanted. */
    public final boolean[] logSpikes;
    /** Whether its potential is wanted. */
    public final boolean[] logPotential;
    /** First message of each neuron, length neurons + 1. */
    public int[] firstMessage;
    /** Destination core by message. */
    public int[] messageCore;
    /** First synapse of each message, length messages + 1. */
    public int[] firstSynapse;
    /** Target neuron by synapse. */
    public int[] target;
    /** Weight by synapse. */
    public double[] weight;
    /** Synapse unit of each neuron, for the synapses that lead to it. */
    public final SanafeChip.Synapse[] synapse;
    /** Dendrite of each neuron. */
    public final SanafeChip.Dendrite[] dendrite;
    /** Neurons in the order of the file, for the columns of a table. */
    public final int[] fileOrder;
    /** What was assumed where the format leaves a choice; to be shown to the user. */
    public List<String> notes = List.of();

    /** @param neurons number of neurons */
    public SanafeNetwork(int neurons) {
        name = new String[neurons];
        core = new int[neurons];
        soma = new SanafeChip.Soma[neurons];
        dendrite = new SanafeChip.Dendrite[neurons];
        synapse = new SanafeChip.Synapse[neurons];
        threshold = new double[neurons];
        reset = new double[neurons];
        softReset = new boolean[neurons];
        leakDecay = new double[neurons];
        inputDecay = new double[neurons];
        bias = new double[neurons];
        forceUpdate = new boolean[neurons];
        spikes = new boolean[neurons][0];
        logSpikes = new boolean[neurons];
        logPotential = new boolean[neurons];
        fileOrder = new int[neurons];
    }

    /** @return number of neurons */
    public int neurons() {
        return name.length;
    }
}
