package org.axongrid.emulator.noc;

/**
 * A network on chip: packets go in at one router and come out at another. Three levels of detail are behind it (project reference on the network,
 * section 1): {@link AnalyticMesh}, {@link Xy1Mesh} and {@link VcMesh}. All of them deliver the same packets over the same links; only times differ.
 *
 * <p>Deliveries come in the order of (cycle, router), so whoever receives them does the same thing in every run. Not thread-safe.
 */
public interface Mesh {
    /** Port toward x + 1. */
    int EAST = 0;
    /** Port toward x - 1. */
    int WEST = 1;
    /** Port toward y + 1. */
    int NORTH = 2;
    /** Port toward y - 1. */
    int SOUTH = 3;
    /** Port of the router's core. */
    int LOCAL = 4;
    /** Ports of a router. */
    int PORTS = 5;

    /** @return the current cycle: the one that {@link #step} will run next */
    long cycle();

    /** @return counters, live */
    MeshCounters counters();

    /** @return whether no packet is waiting or under way */
    boolean drained();

    /**
     * Offers a packet in the current cycle; packets of one core enter in the order of their offers.
     *
     * @param source      router of the sending core
     * @param destination router of the receiving core
     * @param tag         handed to the listener
     * @return the packet's number, free for reuse once it is delivered
     * @throws IllegalArgumentException if a router is off the grid
     */
    int offer(int source, int destination, int tag);

    /**
     * @return the first cycle, from the current one on, in which anything can happen; {@link Long#MAX_VALUE} if the mesh is empty. Cycles before
     *     it can be skipped
     */
    long nextEventCycle();

    /** Skips cycles in which nothing happens; {@code to} must not be beyond {@link #nextEventCycle}. */
    void skipTo(long to);

    /**
     * Runs the current cycle.
     *
     * @throws NetworkStuckException if packets are under way and nothing has moved for as long as the watchdog allows
     */
    void step();

    /**
     * @return the cycle by which everything offered so far has left the mesh; final once {@link #drained}. For {@link AnalyticMesh} a lower bound
     *     of what the others find, for those the last delivery
     */
    long drainCycle();

    /**
     * Runs until the mesh is empty, skipping cycles in which nothing happens.
     *
     * @return {@link #drainCycle}
     */
    default long drain() {
        while (!drained()) {
            skipTo(nextEventCycle());
            step();
        }
        return drainCycle();
    }
}
