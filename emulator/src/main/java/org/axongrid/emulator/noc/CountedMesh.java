package org.axongrid.emulator.noc;

/** What every level of detail keeps: the cycle, the packets inside, the last delivery, and counters. */
abstract class CountedMesh implements Mesh {
    final MeshCounters counters;
    long cycle;
    /** Packets waiting or under way. */
    int inside;
    /** Cycle by which everything offered so far has left. */
    long drain;

    /** @param ports ports of all routers */
    CountedMesh(int ports) {
        counters = new MeshCounters(ports);
    }

    @Override
    public final long cycle() {
        return cycle;
    }

    @Override
    public final MeshCounters counters() {
        return counters;
    }

    @Override
    public final boolean drained() {
        return inside == 0;
    }

    @Override
    public final long drainCycle() {
        return drain;
    }
}
