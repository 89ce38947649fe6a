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
    private int[] counts;
    /** Arrivals by slot and core, where they are counted anyhow: a mark for each spike costs a fourth of a busy crossbar core's time. Else null. */
    private int[][] arrivals;
    /** By bit: the core's index, -1 for none. */
    private int[] coreOf;

    /**
     * @param horizon longest time from sending to effect, in steps
     * @param words   words of all cores' bits
     */
    WakeMap(int horizon, int words) {
        int slots = slots(horizon);
        cores = new long[slots][words];
        mask = slots - 1;
    }

    /** @return slots for what takes effect after so many steps at most: a power of two, so that a step's slot is a mask away */
    static int slots(int horizon) {
        return 2 * Integer.highestOneBit(horizon);
    }

    /** @return by slot and bit: messages of the sender that wait for a core, kept by its queues; no other thread's lie beside them */
    int[] counts() {
        if (counts == null) {
            counts = new int[(mask + 2) * width()];
        }
        return counts;
    }

    /** @return elements of a slot in {@link #counts} */
    int width() {
        return 64 * cores[0].length;
    }

    /**
     * Has cores told by counters that their readers clear, and by no marks.
     *
     * @param counters by step modulo their number, which is that of this map's slots, and core: arrivals
     * @param bit      by core: its bit
     */
    void follow(int[][] counters, int[] bit) {
        arrivals = counters;
        coreOf = new int[64 * cores[0].length];
        Arrays.fill(coreOf, -1);
        for (int c = 0; c < bit.length; c++) {
            coreOf[bit[c]] = c;
        }
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
        if (arrivals != null) {
            takeCounted(arrivals[step & mask], set, first);
            return;
        }
        long[] bits = cores[step & mask];
        for (int w = 0; w < set.length; w++) {
            set[w] |= bits[first + w];
            bits[first + w] = 0;
        }
    }

    private void takeCounted(int[] counts, long[] set, int first) {
        for (int w = 0; w < set.length; w++) {
            long bits = 0;
            for (int b = 0; b < 64; b++) {
                int core = coreOf[(first + w) * 64 + b];
                bits |= core >= 0 && counts[core] != 0 ? 1L << b : 0;
            }
            set[w] |= bits;
        }
    }

    private static boolean any(int[] counts) {
        int all = 0;
        for (int n : counts) {
            all |= n;
        }
        return all != 0;
    }

    /** @return first step after {@code step} with messages, {@link Integer#MAX_VALUE} if there is none; for the writer, or between two steps */
    int next(int step) {
        for (int d = 1; d <= mask; d++) {
            if (arrivals != null && any(arrivals[step + d & mask])) {
                return step + d;
            }
            for (long bits : cores[step + d & mask]) {
                if (bits != 0) {
                    return step + d;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Forgets all messages to the cores of a reader, which has {@code words} words from {@code first} on. */
    void forget(int first, int words) {
        for (long[] slot : cores) {
            Arrays.fill(slot, first, first + words, 0);
        }
    }
}
