package org.axongrid.emulator.core;

import java.util.Arrays;

/**
 * Messages from one worker to one core, by the step in which they take effect: the lock-free hand-over between threads.
 *
 * <p>One thread writes and one thread reads, never in the same slot between two barriers: what is sent in step t takes effect in t + 1 or
 * later, and the engine's barrier between the two steps is what publishes it. So there is no atomic operation per message, only the swap
 * of slots. Grows while it warms up, then allocates no more.
 */
public final class MessageQueue {
    private final int[][] lines;
    /** By slot: payloads in step with the lines; null where spikes are binary. */
    private final int[][] payloads;
    private final int[] counts;
    private final int limit;
    private final WakeMap wakes;
    private final int wakeBit;

    /**
     * @param horizon longest time from sending to effect, in steps
     * @param limit   most messages that one step can bring: one for each source of each output axon that leads to the core
     * @param graded  whether messages have payloads
     * @param wakes   where it is noted that the core gets messages in a step
     * @param wakeBit its bit there
     */
    MessageQueue(int horizon, int limit, boolean graded, WakeMap wakes, int wakeBit) {
        // A power of two, so that a step's slot is a mask away.
        int slots = 2 * Integer.highestOneBit(horizon);
        lines = new int[slots][Math.min(limit, 16)];
        payloads = graded ? new int[slots][Math.min(limit, 16)] : null;
        counts = new int[slots];
        this.limit = limit;
        this.wakes = wakes;
        this.wakeBit = wakeBit;
    }

    /** @return longest time from sending to effect that it has slots for, in steps */
    int horizon() {
        return counts.length - 1;
    }

    void push(int step, int line) {
        int slot = step & counts.length - 1;
        int n = counts[slot];
        if (n == 0) {
            wakes.mark(step, wakeBit);
        }
        if (n == lines[slot].length) {
            grow(slot);
        }
        lines[slot][n] = line;
        counts[slot] = n + 1;
    }

    void push(int step, int line, int payload) {
        push(step, line);
        if (payloads != null) {
            int slot = step & counts.length - 1;
            payloads[slot][counts[slot] - 1] = payload;
        }
    }

    /**
     * Sends messages of several compartments.
     *
     * @param step         step in which they take effect
     * @param first        line of compartment 0
     * @param compartments which compartments, from element {@code from} to {@code to - 1}
     * @param payload      by the same elements, null if all are 1
     */
    void push(int step, int first, int[] compartments, int[] payload, int from, int to) {
        int slot = step & counts.length - 1;
        int n = counts[slot];
        if (n == 0) {
            wakes.mark(step, wakeBit);
        }
        while (n + (to - from) > lines[slot].length) {
            grow(slot);
        }
        int[] line = lines[slot];
        for (int s = from; s < to; s++) {
            line[n + s - from] = first + compartments[s];
        }
        if (payloads != null) {
            for (int s = from; s < to; s++) {
                payloads[slot][n + s - from] = payload == null ? 1 : payload[s];
            }
        }
        counts[slot] = n + (to - from);
    }

    private void grow(int slot) {
        if (lines[slot].length == limit) {
            throw new IllegalStateException("more messages for one core in one step than it has sources (" + limit + ")");
        }
        lines[slot] = Arrays.copyOf(lines[slot], (int) Math.min(limit, lines[slot].length * 2L + 16));
        if (payloads != null) {
            payloads[slot] = Arrays.copyOf(payloads[slot], lines[slot].length);
        }
    }

    int[] lines(int step) {
        return lines[step & counts.length - 1];
    }

    /** @return payloads in step with {@link #lines}, null where spikes are binary */
    int[] payloads(int step) {
        return payloads == null ? null : payloads[step & counts.length - 1];
    }

    int count(int step) {
        return counts[step & counts.length - 1];
    }

    void clear(int step) {
        counts[step & counts.length - 1] = 0;
    }

    /** @return messages that wait in any slot */
    int waiting() {
        int sum = 0;
        for (int c : counts) {
            sum += c;
        }
        return sum;
    }

    /** Forgets all messages. */
    void clear() {
        Arrays.fill(counts, 0);
    }
}
