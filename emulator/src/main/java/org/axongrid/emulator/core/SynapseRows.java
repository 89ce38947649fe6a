package org.axongrid.emulator.core;

import java.util.Arrays;

/**
 * Decoded synapse lists of a core, as <em>rows</em> of runs. A run of a dense row is a sequence of consecutive targets with an array of weights; a
 * run of a scattered row is what has one synaptic delay, with a target for each weight.
 */
final class SynapseRows {
    /** By row: first run; one element more. */
    int[] firstRun;
    /** By row: equal numbers for dense rows whose runs have the same targets, lengths and delays. */
    int[] shape;
    /** By row: synapses. */
    int[] synapses;
    /** By row: words of synapse memory that are read with it. */
    int[] words;
    /** By row: ordinal of the kind of its synaptic operations. */
    byte[] kind;
    /** By row: whether it is scattered. */
    boolean[] scattered;
    /** By run: first target relative to the base; 0 in scattered rows. */
    int[] runTarget;
    /** By run: synapses. */
    int[] runLength;
    /** By run: synaptic delay. */
    int[] runDelay;
    /** By run: of scattered rows, the first of its synapses. */
    int[] runStart;
    /** By run: of dense rows, the effective weights. */
    int[][] runWeights;
    /** Scattered synapses, packed; null if they are wide. */
    int[] packed;
    /** Low bits that packed weights leave out. */
    int packedShift;
    /** Targets of wide scattered synapses. */
    int[] targets;
    /** Effective weights of wide scattered synapses. */
    int[] weights;
    /** Synapses of all rows. */
    long stored;

    /** Numbers the shapes: a dense row has that of the one decoded before it, or a new one, since the atoms of an axon follow each other. */
    void findShapes() {
        shape = new int[synapses.length];
        for (int r = 1; r < shape.length; r++) {
            shape[r] = shape[r - 1] + (!scattered[r] && !scattered[r - 1] && sameRuns(r - 1, r) ? 0 : 1);
        }
    }

    private boolean sameRuns(int a, int b) {
        return same(runTarget, a, b) && same(runLength, a, b) && same(runDelay, a, b);
    }

    private boolean same(int[] ofRun, int a, int b) {
        return Arrays.equals(ofRun, firstRun[a], firstRun[a + 1], ofRun, firstRun[b], firstRun[b + 1]);
    }
}
