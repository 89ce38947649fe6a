package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/** A binary heap of vertices by gain, with gains that can be raised; of equal gains the lower vertex comes first. */
final class GainHeap {
    private final int[] heap;
    private final int[] place;
    private final double[] gain;
    private int size;

    GainHeap(int vertices) {
        heap = new int[vertices];
        place = new int[vertices];
        gain = new double[vertices];
        Arrays.fill(place, -1);
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            place[heap[i]] = -1;
        }
        size = 0;
    }

    /** Sets a vertex's gain, which is not lower than before; adds the vertex if it is not there. */
    void raise(int v, double to) {
        gain[v] = to;
        if (place[v] < 0) {
            place[v] = size;
            heap[size++] = v;
        }
        up(place[v]);
    }

    /** @return the vertex of highest gain, taken out; -1 if there is none */
    int pop() {
        if (size == 0) {
            return -1;
        }
        int top = heap[0];
        place[top] = -1;
        int last = heap[--size];
        if (size > 0) {
            heap[0] = last;
            place[last] = 0;
            down(0);
        }
        return top;
    }

    private boolean before(int a, int b) {
        return gain[a] > gain[b] || gain[a] == gain[b] && a < b;
    }

    private void up(int i) {
        int v = heap[i];
        while (i > 0 && before(v, heap[(i - 1) / 2])) {
            heap[i] = heap[(i - 1) / 2];
            place[heap[i]] = i;
            i = (i - 1) / 2;
        }
        heap[i] = v;
        place[v] = i;
    }

    private void down(int i) {
        int v = heap[i];
        while (2 * i + 1 < size) {
            int child = 2 * i + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], v)) {
                break;
            }
            heap[i] = heap[child];
            place[heap[i]] = i;
            i = child;
        }
        heap[i] = v;
        place[v] = i;
    }
}
