package org.axongrid.emulator.core;

/** What a tick of a crossbar core needs on its way: one for all cores of a worker, so that it stays in the nearest cache. */
final class TrueNorthScratch {
    /** By neuron: sum of weights. */
    final int[] input;
    /** By neuron: potential on its way from the last tick's end to this one's. */
    final int[] next;
    /** By neuron: all ones if it fires, else 0. */
    final int[] fired;
    /** By neuron: all ones if it turns back at the negative threshold, else 0. */
    final int[] turned;
    /** By neuron: threshold noise. */
    final int[] noise;
    /** By neuron: leak that is always added, as drawn. */
    final int[] leakPlain;
    /** By neuron: leak that is added times the sign of V, as drawn. */
    final int[] leakReversed;
    /** By neuron: synaptic events. */
    final int[] events;
    /** By neuron: random words of this tick. */
    final int[] counts;
    /** By neuron: the last random word. */
    final int[] word;
    /** Random words. */
    final WordStream words = new WordStream();

    /** @param neurons of the largest core */
    TrueNorthScratch(int neurons) {
        input = new int[neurons];
        next = new int[neurons];
        fired = new int[neurons];
        turned = new int[neurons];
        noise = new int[neurons];
        leakPlain = new int[neurons];
        leakReversed = new int[neurons];
        events = new int[neurons];
        counts = new int[neurons];
        word = new int[neurons];
    }
}
