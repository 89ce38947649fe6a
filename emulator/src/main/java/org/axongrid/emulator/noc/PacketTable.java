package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Packets under way, as parallel arrays with a list of free numbers. */
final class PacketTable {
    int[] source = new int[64];
    int[] destination = new int[64];
    int[] tag = new int[64];
    long[] offered = new long[64];
    long[] entered = new long[64];
    /** Next packet of the same source queue; of a free number, the next free one. */
    int[] next = new int[64];
    private int used;
    private int firstFree = -1;

    int add(int from, int to, int withTag, long at) {
        int packet = firstFree;
        if (packet >= 0) {
            firstFree = next[packet];
        } else {
            packet = used++;
            if (packet == source.length) {
                grow();
            }
        }
        source[packet] = from;
        destination[packet] = to;
        tag[packet] = withTag;
        offered[packet] = at;
        next[packet] = -1;
        return packet;
    }

    void free(int packet) {
        next[packet] = firstFree;
        firstFree = packet;
    }

    /** Sorts packet numbers by their destination. */
    void sortByDestination(int[] numbers, int size) {
        for (int i = 1; i < size; i++) {
            for (int j = i; j > 0 && destination[numbers[j]] < destination[numbers[j - 1]]; j--) {
                int swap = numbers[j];
                numbers[j] = numbers[j - 1];
                numbers[j - 1] = swap;
            }
        }
    }

    private void grow() {
        int size = source.length * 2;
        source = Arrays.copyOf(source, size);
        destination = Arrays.copyOf(destination, size);
        tag = Arrays.copyOf(tag, size);
        offered = Arrays.copyOf(offered, size);
        entered = Arrays.copyOf(entered, size);
        next = Arrays.copyOf(next, size);
    }
}
