package org.axongrid.emulator.noc;

import java.util.Arrays;

/** Packets that wait in front of the network, one unbounded queue per core, and everything known of packets under way. */
final class SourceQueues {
    private static final int NONE = -1;

    final PacketTable packets = new PacketTable();
    /** By core: bit set if its queue holds a packet. */
    final long[] waiting;
    private final int routers;
    private final int[] first;
    private final int[] last;

    SourceQueues(int routers) {
        this.routers = routers;
        waiting = new long[(routers + 63) / 64];
        first = new int[routers];
        last = new int[routers];
        Arrays.fill(first, NONE);
    }

    int offer(int source, int destination, int tag, long cycle) {
        if (source < 0 || source >= routers || destination < 0 || destination >= routers) {
            throw new IllegalArgumentException("from " + source + " to " + destination + " on a mesh of " + routers + " routers");
        }
        int packet = packets.add(source, destination, tag, cycle);
        if (first[source] == NONE) {
            first[source] = packet;
            waiting[source >> 6] |= 1L << source;
        } else {
            packets.next[last[source]] = packet;
        }
        last[source] = packet;
        return packet;
    }

    /** @return the packet that waits longest */
    int first(int core) {
        return first[core];
    }

    /** Takes it out of the queue. */
    void leave(int core) {
        first[core] = packets.next[first[core]];
        if (first[core] == NONE) {
            waiting[core >> 6] &= ~(1L << core);
        }
    }
}
