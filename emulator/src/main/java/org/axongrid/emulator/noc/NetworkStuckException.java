package org.axongrid.emulator.noc;

import org.axongrid.isa.InvalidInputException;

/**
 * Packets are under way and for a long time nothing has moved (a deadlock, or a sink that takes nothing), or nothing has arrived (a livelock).
 * Dimension order excludes both (project reference on the network, section 7), so it tells of a mistake in a router.
 */
public final class NetworkStuckException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /**
     * @param deadlock whether nothing moved; if not, nothing arrived
     * @param cycles   for how long
     * @param packets  packets that are under way
     * @param heads    what waits where
     */
    public NetworkStuckException(boolean deadlock, long cycles, int packets, String heads) {
        super((deadlock ? "the network is stuck: no flit moved" : "the network is in a livelock: flits move and none arrived") + " for " + cycles
            + " cycles with " + packets + " packets under way; waiting: " + heads);
    }
}
