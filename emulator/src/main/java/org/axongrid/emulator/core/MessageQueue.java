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
    /** The sender's, by slot and core. */
    private final int[] counts;
    private final int mask;
    private final int width;
    private final int limit;
    private final WakeMap wakes;
    private final int wakeBit;

    /**
     * @param horizon longest time from sending to effect, in steps
     * @param limit   most messages that one step can bring: one for each source of each output axon that leads to the core
     * @param graded  whether messages have payloads
     * @param wakes   the sender's: where it is noted that the core gets messages in a step, for the same horizon
     * @param wakeBit the core's bit there
     */
    MessageQueue(int horizon, int limit, boolean graded, WakeMap wakes, int wakeBit) {
        int slots = WakeMap.slots(horizon);
        lines = new int[slots][Math.min(limit, 16)];
        payloads = graded ? new int[slots][Math.min(limit, 16)] : null;
        counts = wakes.counts();
        width = wakes.width();
        mask = slots - 1;
        this.limit = limit;
        this.wakes = wakes;
        this.wakeBit = wakeBit;
    }

    /** @return longest time from sending to effect that it has slots for, in steps */
    int horizon() {
        return mask;
    }

    void push(int step, int line) {
        int slot = step & mask;
        int n = counts[slot * width + wakeBit];
        if (n == 0) {
            wakes.mark(step, wakeBit);
        }
        if (n == lines[slot].length) {
            grow(slot);
        }
        lines[slot][n] = line;
        counts[slot * width + wakeBit] = n + 1;
    }

    void push(int step, int line, int payload) {
        push(step, line);
        if (payloads != null) {
            int slot = step & mask;
            payloads[slot][counts[slot * width + wakeBit] - 1] = payload;
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
        int slot = step & mask;
        int n = counts[slot * width + wakeBit];
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
        counts[slot * width + wakeBit] = n + (to - from);
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
        return lines[step & mask];
    }

    /** @return payloads in step with {@link #lines}, null where spikes are binary */
    int[] payloads(int step) {
        return payloads == null ? null : payloads[step & mask];
    }

    int count(int step) {
        return counts[(step & mask) * width + wakeBit];
    }

    void clear(int step) {
        counts[(step & mask) * width + wakeBit] = 0;
    }

    /** @return messages that wait in any slot */
    int waiting() {
        int sum = 0;
        for (int slot = 0; slot <= mask; slot++) {
            sum += counts[slot * width + wakeBit];
        }
        return sum;
    }

    /** Forgets all messages. */
    void clear() {
        for (int slot = 0; slot <= mask; slot++) {
            counts[slot * width + wakeBit] = 0;
        }
    }
}
