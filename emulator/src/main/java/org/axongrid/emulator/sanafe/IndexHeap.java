package org.axongrid.emulator.sanafe;

import java.util.Arrays;

/** Numbers ordered by a time, and among equal times by themselves: a binary heap in two arrays. */
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
        int hole = size++;
        while (hole > 0 && before(at, number, (hole - 1) / 2)) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        time[hole] = at;
        item[hole] = number;
    }

    /** @return the earliest number, which is removed */
    int poll() {
        int first = item[0];
        double at = time[--size];
        int number = item[size];
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && before(time[child + 1], item[child + 1], child)) {
                child++;
            }
            if (before(at, number, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        time[hole] = at;
        item[hole] = number;
        return first;
    }

    private boolean before(double at, int number, int index) {
        return at < time[index] || at == time[index] && number < item[index];
    }

    private void move(int from, int to) {
        time[to] = time[from];
        item[to] = item[from];
    }
}
