package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Things that happen within a bounded number of cycles, by cycle: a ring of growing lists. */
final class EventWheel {
    private static final int FIRST_SIZE = 8;
    private static final int[] NOTHING = new int[0];

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
        // A power of two, so that a cycle's slot is a mask away.
        int slots = Math.max(2, Integer.highestOneBit(horizon) << 1);
        items = new int[slots][];
        Arrays.fill(items, NOTHING);
        sizes = new int[slots];
    }

    int slot(long cycle) {
        return (int) cycle & sizes.length - 1;
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
        int n = sizes[slot];
        int[] list = items[slot];
        if (n == list.length) {
            list = grow(slot);
        }
        list[n] = item;
        sizes[slot] = n + 1;
        waiting++;
    }

    void add(long cycle, int first, int second) {
        int slot = slot(cycle);
        int n = sizes[slot];
        int[] list = items[slot];
        if (n + 1 >= list.length) {
            list = grow(slot);
        }
        list[n] = first;
        list[n + 1] = second;
        sizes[slot] = n + 2;
        waiting += 2;
    }

    private int[] grow(int slot) {
        items[slot] = Arrays.copyOf(items[slot], Math.max(FIRST_SIZE, 2 * items[slot].length));
        return items[slot];
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
