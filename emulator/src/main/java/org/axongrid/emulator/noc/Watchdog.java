package org.axongrid.emulator.noc;

import java.util.function.Supplier;

/**
 * Notices that a network with packets in it is stuck: no flit moves (deadlock), or flits move and none arrives (livelock). Skipped cycles do not
 * count.
 */
final class Watchdog {
    private static final long CYCLES = 100_000;
    private static final int LONGEST_WAYS = 16;

    private final long limit;
    private long lastMove;
    private long lastArrival;

    /** @param longestWay cycles from corner to corner, credits back included; how long a network may be quiet grows with it */
    Watchdog(long longestWay) {
        limit = CYCLES + LONGEST_WAYS * longestWay;
    }

    void moved(long cycle) {
        lastMove = cycle;
    }

    void arrived(long cycle) {
        lastMove = cycle;
        lastArrival = cycle;
    }

    /** A packet came into an empty network. */
    void woken(long cycle) {
        arrived(cycle);
    }

    void skipped(long cycles) {
        lastMove += cycles;
        lastArrival += cycles;
    }

    /** @throws NetworkStuckException if it is stuck */
    void check(long cycle, int packets, Supplier<String> heads) {
        if (packets > 0 && (cycle - lastMove > limit || cycle - lastArrival > limit)) {
            throw new NetworkStuckException(cycle - lastMove > limit, limit, packets, heads.get());
        }
    }
}
