package org.axongrid.emulator.sanafe;

import java.util.Arrays;

/**
 * Numbers ordered by a time: a binary heap in two arrays. The order among equal times is that of the heap itself, with deletion from the bottom up
 * (Wegener, Theoretical Computer Science 118, 1993) as C++ libraries do it: the hole sinks to a leaf, on equal times to the right, and the last
 * entry rises from there. SANA-FE's printed times show that order.
 */
final class IndexHeap {
    private double[] time = new double[64];
    private int[] item = new int[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    /** @return the earliest time */
    double time() {
        return time[0];
    }

    void add(double at, int number) {
        if (size == item.length) {
            time = Arrays.copyOf(time, 2 * size);
            item = Arrays.copyOf(item, 2 * size);
        }
        place(size++, at, number);
    }

    /** @return the earliest number, which is removed */
    int poll() {
        int first = item[0];
        double at = time[--size];
        int number = item[size];
        int hole = 0;
        int child = 2;
        for (; child < size; child = 2 * hole + 2) {
            if (time[child] > time[child - 1]) {
                child--;
            }
            move(child, hole);
            hole = child;
        }
        if (child == size) {
            move(child - 1, hole);
            hole = child - 1;
        }
        place(hole, at, number);
        return first;
    }

    /** Moves a hole up to where an entry belongs, and fills it. */
    private void place(int at, double when, int number) {
        int hole = at;
        while (hole > 0 && time[(hole - 1) / 2] > when) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        time[hole] = when;
        item[hole] = number;
    }

    private void move(int from, int to) {
        time[to] = time[from];
        item[to] = item[from];
    }
}
