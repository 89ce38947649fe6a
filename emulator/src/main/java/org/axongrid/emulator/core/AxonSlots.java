package org.axongrid.emulator.core;

import java.util.Arrays;

/**
 * The schedulers of all crossbar cores of a system, as one worker fills them: for each tick to come a bit for each line of each core, so that two
 * spikes for one axon are one, and the number of arrivals by core.
 *
 * <p>One thread writes and others read, never in the same slot between two barriers, as with {@link MessageQueue}. Lines are numbered through all
 * cores here; each core starts at a new word.
 */
final class AxonSlots {
    private final int[][] bits;
    private final int[][] arrivals;
    private final int mask;

    /**
     * @param horizon longest time from sending to effect, in steps
     * @param words   of all cores' lines, 32 each
     * @param cores   number of cores
     */
    AxonSlots(int horizon, int words, int cores) {
        int slots = WakeMap.slots(horizon);
        bits = new int[slots][words];
        arrivals = new int[slots][cores];
        mask = slots - 1;
    }

    /** @return longest time from sending to effect that it has slots for, in steps */
    int horizon() {
        return mask;
    }

    /**
     * @param step step in which the spike takes effect
     * @param core index of its core
     * @param line its line, among those of all cores
     */
    void push(int step, int core, int line) {
        bits[step & mask][line >> 5] |= 1 << line;
        arrivals[step & mask][core]++;
    }

    /** @return by step modulo their number and core: arrivals */
    int[][] arrivals() {
        return arrivals;
    }

    /** @return by word the lines that are active in a step */
    int[] bits(int step) {
        return bits[step & mask];
    }

    /** @return by core the spikes that take effect in a step */
    int[] arrivals(int step) {
        return arrivals[step & mask];
    }

    /** @return spikes that wait for a core in any slot */
    int waiting(int core) {
        int sum = 0;
        for (int[] slot : arrivals) {
            sum += slot[core];
        }
        return sum;
    }

    /** Forgets all spikes for a core, which has these words. */
    void clear(int core, int firstWord, int words) {
        for (int s = 0; s < bits.length; s++) {
            Arrays.fill(bits[s], firstWord, firstWord + words, 0);
            arrivals[s][core] = 0;
        }
    }
}
