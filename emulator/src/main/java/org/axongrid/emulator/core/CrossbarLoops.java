package org.axongrid.emulator.core;

/**
 * Integration of crossbar cores. Columns are bit-parallel: a neuron's word holds its synapses with 32 axons of one type, so that the bits it has in common
 * with the active axons, counted, times one weight are what these axons bring. Rows are walked, synapse by synapse.
 *
 * <p>Each loop is alone and small, over whole arrays of {@code int}, so that also older compilers make vector instructions of it.
 */
final class CrossbarLoops {
    private CrossbarLoops() { }

    /** Adds what the active axons of one word of columns bring. */
    static void count(int active, int[] column, int[] weights, int[] input, int neurons) {
        for (int j = 0; j < neurons; j++) {
            input[j] += Integer.bitCount(active & column[j]) * weights[j];
        }
    }

    /** The same for two words of one type. */
    static void count(int active0, int active1, int[] column0, int[] column1, int[] weights, int[] input, int neurons) {
        for (int j = 0; j < neurons; j++) {
            input[j] += (Integer.bitCount(active0 & column0[j]) + Integer.bitCount(active1 & column1[j])) * weights[j];
        }
    }

    /** Adds the number of events, not what they bring. */
    static void countEvents(int active, int[] column, int[] events, int neurons) {
        for (int j = 0; j < neurons; j++) {
            events[j] += Integer.bitCount(active & column[j]);
        }
    }

    /** Adds what one axon brings, whose row starts at word {@code at}. */
    static void walk(long[] rows, int at, int words, int[] weights, int[] input) {
        for (int w = 0; w < words; w++) {
            for (long bits = rows[at + w]; bits != 0; bits &= bits - 1) {
                int j = 64 * w + Long.numberOfTrailingZeros(bits);
                input[j] += weights[j];
            }
        }
    }
}
