package org.axongrid.emulator.core;

import org.axongrid.isa.image.SharedArrays;
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

    /**
     * @param core   a core with stochastic synapses, but for this loaded
     * @param shared contents that other cores have too
     */
    ChanceColumns(LoadedTrueNorthCore core, SharedArrays shared) {
        int n = core.neurons;
        columns = new int[(core.axons + 31) / 32][n];
        axons = new long[(core.axons + 63) / 64];
        int[][] magnitudes = new int[TrueNorthNeuron.AXON_TYPES][n];
        int[][] signs = new int[TrueNorthNeuron.AXON_TYPES][n];
        int[] other = new int[n];
        int[] leaks = new int[n];
        int[] noisy = new int[n];
        for (int j : core.drawing) {
            long[] column = core.stochasticColumns[j];
            for (int w = 0; column != null && w < columns.length; w++) {
                columns[w][j] = (int) (column[w >> 1] >>> 32 * (w & 1));
                axons[w >> 1] |= column[w >> 1];
            }
            for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
                magnitudes[g][j] = core.stochasticMagnitude[TrueNorthNeuron.AXON_TYPES * j + g];
                signs[g][j] = core.stochasticSign[TrueNorthNeuron.AXON_TYPES * j + g];
            }
            leaks[j] = core.chanceLeaks && core.stochasticLeak[j] ? -1 : 0;
            noisy[j] = core.noiseMask[j] != 0 ? -1 : 0;
            other[j] = -leaks[j] - noisy[j];
        }
        magnitude = new int[magnitudes.length][];
        sign = new int[signs.length][];
        for (int g = 0; g < magnitude.length; g++) {
            magnitude[g] = shared.of(magnitudes[g]);
            sign[g] = shared.of(signs[g]);
        }
        others = shared.of(other);
        leak = shared.of(leaks);
        noise = shared.of(noisy);
    }
}
