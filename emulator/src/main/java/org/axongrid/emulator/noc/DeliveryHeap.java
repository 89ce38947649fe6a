package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Packets by (cycle, router) of their delivery: a binary heap of primitives. */
final class DeliveryHeap {
    private final int routers;
    private long[] keys = new long[64];
    private int[] packets = new int[64];
    private int size;

    DeliveryHeap(int routers) {
        this.routers = routers;
    }

    void add(long cycle, int router, int packet) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            packets = Arrays.copyOf(packets, 2 * size);
        }
        long key = cycle * routers + router;
        int i = size++;
        for (; i > 0 && keys[(i - 1) / 2] > key; i = (i - 1) / 2) {
            keys[i] = keys[(i - 1) / 2];
            packets[i] = packets[(i - 1) / 2];
        }
        keys[i] = key;
        packets[i] = packet;
    }

    /** @return cycle of the first delivery, {@link Long#MAX_VALUE} if there is none */
    long nextCycle() {
        return size == 0 ? Long.MAX_VALUE : keys[0] / routers;
    }

    /** @return the packet that is delivered first, taken out */
    int take() {
        int first = packets[0];
        long key = keys[--size];
        int packet = packets[size];
        int i = 0;
        for (int child = 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[i] = keys[child];
            packets[i] = packets[child];
            i = child;
        }
        keys[i] = key;
        packets[i] = packet;
        return first;
    }
}
