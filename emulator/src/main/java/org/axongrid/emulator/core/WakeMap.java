package org.axongrid.emulator.core;

import java.util.Arrays;

/**
 * Which cores get messages from one worker, by the step in which these take effect: a bit for each core. So cores without messages need not be asked.
 *
 * <p>One thread writes, and each reader reads and clears words of its own, never in the same slot between two barriers, as with {@link MessageQueue}.
 */
final class WakeMap {
    private final long[][] cores;
    private final int mask;

    /**
     * @param horizon longest time from sending to effect, in steps
     * @param words   words of all cores' bits
     */
    WakeMap(int horizon, int words) {
        // A power of two, so that a step's slot is a mask away.
        int slots = 2 * Integer.highestOneBit(horizon);
        cores = new long[slots][words];
        mask = slots - 1;
    }

    /**
     * @param step step in which a message takes effect
     * @param bit  its core's
     */
    void mark(int step, int bit) {
        cores[step & mask][bit >> 6] |= 1L << bit;
    }

    /** Adds the cores of a reader that get messages in a step to a set, and forgets them; its words begin at {@code first}. */
    void take(int step, long[] set, int first) {
        long[] bits = cores[step & mask];
        for (int w = 0; w < set.length; w++) {
            set[w] |= bits[first + w];
            bits[first + w] = 0;
        }
    }

    /** @return first step after {@code step} with messages, {@link Integer#MAX_VALUE} if there is none; for the writer, or between two steps */
    int next(int step) {
        for (int d = 1; d <= mask; d++) {
            for (long bits : cores[step + d & mask]) {
                if (bits != 0) {
                    return step + d;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Forgets all messages. */
    void clear() {
        for (long[] slot : cores) {
            Arrays.fill(slot, 0);
        }
    }
}
