package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Things that happen within a bounded number of cycles, by cycle: a ring of growing lists. */
final class EventWheel {
    private static final int FIRST_SIZE = 8;

    private final int[][] items;
    private final int[] sizes;
    private int waiting;

    /** Receives what waits. */
    @FunctionalInterface
    interface Visitor {
        void item(int first, int second);
    }

    /** @param horizon longest time ahead, in cycles */
    EventWheel(int horizon) {
        items = new int[horizon + 1][];
        sizes = new int[horizon + 1];
    }

    int slot(long cycle) {
        return (int) (cycle % sizes.length);
    }

    int[] items(int slot) {
        return items[slot];
    }

    int size(int slot) {
        return sizes[slot];
    }

    void clear(int slot) {
        waiting -= sizes[slot];
        sizes[slot] = 0;
    }

    void add(long cycle, int item) {
        int slot = slot(cycle);
        if (items[slot] == null) {
            items[slot] = new int[FIRST_SIZE];
        } else if (sizes[slot] == items[slot].length) {
            items[slot] = Arrays.copyOf(items[slot], 2 * sizes[slot]);
        }
        items[slot][sizes[slot]++] = item;
        waiting++;
    }

    void add(long cycle, int first, int second) {
        add(cycle, first);
        add(cycle, second);
    }

    /** @return the first cycle from {@code now} on with something in it */
    long next(long now) {
        if (waiting == 0) {
            return Long.MAX_VALUE;
        }
        long cycle = now;
        while (sizes[slot(cycle)] == 0) {
            cycle++;
        }
        return cycle;
    }

    /** Visits everything, items taken {@code width} (1 or 2) at a time. */
    void forEach(Visitor visitor, int width) {
        for (int s = 0; s < sizes.length; s++) {
            for (int i = 0; i < sizes[s]; i += width) {
                visitor.item(items[s][i], width == 2 ? items[s][i + 1] : 0);
            }
        }
    }
}
