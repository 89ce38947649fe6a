package org.axongrid.emulator.core;

/**
 * Random words of all neurons of a crossbar core side by side: each neuron has its own place in the core's one stream ({@link WordStream}) and goes on by a
 * word where it draws. Loops without branches over whole arrays with one index, as in {@link TrueNorthLoops}.
 */
final class ChanceLoops {
    private ChanceLoops() { }

    /**
     * What one active axon brings through stochastic synapses: the sign of the weight where its magnitude is at least the random byte.
     *
     * @param column    by neuron: synapses with 32 axons, one bit each
     * @param axon      the axon among them, 0..31
     * @param magnitude by neuron: of the weight for its type
     * @param sign      by neuron: of the same
     * @param word      by neuron: the last word
     * @param input     by neuron: sum
     * @param n         neurons
     */
    static void synapses(int[] column, int axon, int[] magnitude, int[] sign, int[] word, int[] input, int n) {
        int shift = 31 - axon;
        for (int j = 0; j < n; j++) {
            int draws = column[j] << shift >> 31;
            int last = word[j];
            int x = last ^ last << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            input[j] += sign[j] & draws & ~(magnitude[j] - (x & 255) >> 31);
            word[j] = last ^ (last ^ x) & draws;
        }
    }

    /**
     * Draws leaks.
     *
     * @param draws by neuron: all ones if its leak is stochastic, else 0
     * @param leak  by neuron: leak
     * @param word  by neuron: the last word; left as it is, since another leak of the neuron may need the same word
     * @param drawn by neuron: comes to hold the leak, or its sign or 0
     * @param n     neurons
     */
    static void leaks(int[] draws, int[] leak, int[] word, int[] drawn, int n) {
        for (int j = 0; j < n; j++) {
            int x = word[j];
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            int value = leak[j];
            int negative = value >> 31;
            int byChance = (negative | -value >>> 31) & ~((value ^ negative) - negative - (x & 255) >> 31);
            drawn[j] = value ^ (value ^ byChance) & draws[j];
        }
    }

    /** Goes on by a word where a mask is all ones. */
    static void advance(int[] draws, int[] word, int n) {
        for (int j = 0; j < n; j++) {
            int last = word[j];
            int x = last ^ last << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            word[j] = last ^ (last ^ x) & draws[j];
        }
    }

    /** Takes threshold noise from the last words. */
    static void noise(int[] mask, int[] word, int[] noise, int n) {
        for (int j = 0; j < n; j++) {
            noise[j] = word[j] & mask[j];
        }
    }
}
