package org.axongrid.emulator.kernel.vector;

/** Lists compartments that fired, from masks of 64 of them. */
final class FiredWords {
    private FiredWords() { }

    /**
     * Lists a whole word, four at a time without a branch: which words have a spike cannot be predicted, whether one has more than four can. Up to three
     * elements beyond the last spike are written, none beyond the word's 64.
     */
    static void list(long fired, long activity, int first, int[] spikes, int[] before, int n, int active) {
        long left = fired;
        int at = n;
        do {
            one(left, activity, first, spikes, before, at, active);
            left &= left - 1;
            one(left, activity, first, spikes, before, at + 1, active);
            left &= left - 1;
            one(left, activity, first, spikes, before, at + 2, active);
            left &= left - 1;
            one(left, activity, first, spikes, before, at + 3, active);
            left &= left - 1;
            at += 4;
        } while (left != 0);
    }

    /** Lists a word of fewer than 64 compartments, and writes no other elements. */
    static void listExactly(long fired, long activity, int first, int[] spikes, int[] before, int n, int active) {
        int at = n;
        for (long left = fired; left != 0; left &= left - 1) {
            one(left, activity, first, spikes, before, at++, active);
        }
    }

    private static void one(long left, long activity, int first, int[] spikes, int[] before, int at, int active) {
        spikes[at] = first + Long.numberOfTrailingZeros(left);
        before[at] = active + Long.bitCount(activity & (left & -left) - 1);
    }
}
