package org.axongrid.emulator.core;

import java.util.Arrays;

/**
 * Decoded synapse lists of a core, as <em>rows</em> of runs. A run of a dense row is a sequence of consecutive targets with an array of weights; a
 * run of a scattered row is what has one synaptic delay, with a target for each weight.
 */
final class SynapseRows {
    private static final int SYNAPSES = 0;
    private static final int WORDS = 1;
    private static final int FIRST_RUN = 2;
    private static final int START = 3;
    /** Elements of {@link #record} that a row has. */
    private static final int RECORD = 4;
    /** Bits of a record's second element below the words: whether the row is scattered, and the kind of its operations. */
    private static final int WORDS_SHIFT = 3;

    /**
     * By row: its synapses; words of synapse memory that are read with it, kind, whether it is scattered; its first run; the first of its scattered
     * synapses. Side by side, since messages select rows in any order, and a cache line is what each of them waits for. One record more, for the end.
     */
    private int[] record;
    /** By row: equal numbers for dense rows whose runs have the same targets, lengths and delays. */
    int[] shape;
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
    /** By row: a bit for each block of {@link ActiveBlocks} that its targets lie in, from the base on. */
    long[] blocks;
    /** Compartments of a block, as a power of two. */
    int blockShift;
    /** Synapses of all rows. */
    long stored;

    /** Makes room for so many rows. */
    void allocate(int rows) {
        record = new int[(rows + 1) * RECORD];
        shape = new int[rows];
    }

    /** Sets what a row is; {@code kind} is the ordinal of the kind of its synaptic operations, {@code start} counts for scattered rows. */
    void set(int row, int synapses, int words, int kind, boolean scattered, int firstRun, int start) {
        int at = row * RECORD;
        record[at + SYNAPSES] = synapses;
        record[at + WORDS] = words << WORDS_SHIFT | kind << 1 | (scattered ? 1 : 0);
        record[at + FIRST_RUN] = firstRun;
        record[at + START] = start;
    }

    /** Sets the number of runs. */
    void end(int runs) {
        record[record.length - RECORD + FIRST_RUN] = runs;
    }

    /** @return synapses of the longest run of a dense row, 0 if there is none */
    int longestDenseRun() {
        int longest = 0;
        for (int run = 0; run < runWeights.length; run++) {
            longest = runWeights[run] == null ? longest : Math.max(longest, runLength[run]);
        }
        return longest;
    }

    /** @return number of rows */
    int count() {
        return shape.length;
    }

    int synapses(int row) {
        return record[row * RECORD + SYNAPSES];
    }

    /** @return words of synapse memory that are read with a row */
    int words(int row) {
        return record[row * RECORD + WORDS] >>> WORDS_SHIFT;
    }

    /** @return ordinal of the kind of a row's synaptic operations */
    int kind(int row) {
        return record[row * RECORD + WORDS] >>> 1 & 3;
    }

    boolean isScattered(int row) {
        return (record[row * RECORD + WORDS] & 1) != 0;
    }

    /** @return a row's first run; for the number of rows, the number of runs */
    int firstRun(int row) {
        return record[row * RECORD + FIRST_RUN];
    }

    /** @return the first of a scattered row's synapses; they follow each other, run by run */
    int start(int row) {
        return record[row * RECORD + START];
    }

    /** Numbers the shapes: a dense row has that of the one decoded before it, or a new one, since the atoms of an axon follow each other. */
    void findShapes() {
        for (int r = 1; r < shape.length; r++) {
            shape[r] = shape[r - 1] + (!isScattered(r) && !isScattered(r - 1) && sameRuns(r - 1, r) ? 0 : 1);
        }
    }

    private boolean sameRuns(int a, int b) {
        return same(runTarget, a, b) && same(runLength, a, b) && same(runDelay, a, b);
    }

    private boolean same(int[] ofRun, int a, int b) {
        return Arrays.equals(ofRun, firstRun(a), firstRun(a + 1), ofRun, firstRun(b), firstRun(b + 1));
    }
}
