package org.axongrid.emulator.core;

import org.axongrid.isa.image.TrueNorthNeuron;

/** Where the neurons of a crossbar core draw random words, for the loops over all of them ({@link ChanceLoops}). */
final class ChanceColumns {
    /** By word of 32 axons in their order and neuron: connected axons with stochastic synapses. */
    final int[][] columns;
    /** Axons with any, 64 to a word. */
    final long[] axons;
    /** By type and neuron: magnitude of the weight if it is stochastic. */
    final int[][] magnitude;
    /** By type and neuron: its sign. */
    final int[][] sign;
    /** By neuron: words that it draws besides those for synapses. */
    final int[] others;
    /** By neuron: all ones if its leak is stochastic, else 0. */
    final int[] leak;
    /** By neuron: all ones if its threshold has noise, else 0. */
    final int[] noise;

    /** @param core a core with stochastic synapses, but for this loaded */
    ChanceColumns(LoadedTrueNorthCore core) {
        int n = core.neurons;
        columns = new int[(core.axons + 31) / 32][n];
        axons = new long[(core.axons + 63) / 64];
        magnitude = new int[TrueNorthNeuron.AXON_TYPES][n];
        sign = new int[TrueNorthNeuron.AXON_TYPES][n];
        others = new int[n];
        leak = new int[n];
        noise = new int[n];
        for (int j : core.drawing) {
            long[] column = core.stochasticColumns[j];
            for (int w = 0; column != null && w < columns.length; w++) {
                columns[w][j] = (int) (column[w >> 1] >>> 32 * (w & 1));
                axons[w >> 1] |= column[w >> 1];
            }
            for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
                magnitude[g][j] = core.stochasticMagnitude[TrueNorthNeuron.AXON_TYPES * j + g];
                sign[g][j] = core.stochasticSign[TrueNorthNeuron.AXON_TYPES * j + g];
            }
            leak[j] = core.chanceLeaks && core.stochasticLeak[j] ? -1 : 0;
            noise[j] = core.noiseMask[j] != 0 ? -1 : 0;
            others[j] = -leak[j] - noise[j];
        }
    }
}
