package org.axongrid.emulator.noc;

/** Receives packets as they leave the mesh, in the order of (cycle, router). */
@FunctionalInterface
public interface DeliveryListener {
    /**
     * @param packet  the number that {@link Mesh#offer} gave it; free for reuse afterwards
     * @param tag     what the sender attached
     * @param source  its router
     * @param destination this router
     * @param offered cycle of the offer
     * @param entered cycle in which it left the source queue
     * @param cycle   cycle of the delivery
     */
    void delivered(int packet, int tag, int source, int destination, long offered, long entered, long cycle);
}
