package org.axongrid.emulator.noc;

import java.util.Arrays;

/**
 * The sending side of the cores of a {@link VcMesh}: each sends one flit a cycle, a packet on one virtual channel of its router's local input, which
 * it takes by round robin among those with a credit.
 */
final class CoreSenders {
    /** No channel, so no flit can go. */
    static final int NONE = -1;
    private static final int HEAD = VcMesh.HEAD;
    private static final int TAIL = VcMesh.TAIL;

    final SourceQueues queues;
    /** By core and channel. */
    final int[] credits;
    private final int channels;
    private final int flits;
    /** By core: flits of the packet that is being sent which have not gone. */
    private final int[] flitsLeft;
    private final int[] channelInUse;

    CoreSenders(VcParameters parameters) {
        queues = new SourceQueues(parameters.routers());
        channels = parameters.channels();
        flits = parameters.flits();
        credits = new int[parameters.routers() * channels];
        Arrays.fill(credits, parameters.buffer());
        flitsLeft = new int[parameters.routers()];
        channelInUse = new int[parameters.routers()];
    }

    /** @return whether any core can send */
    boolean canSend() {
        for (int w = 0; w < queues.waiting.length; w++) {
            for (long bits = queues.waiting[w]; bits != 0; bits &= bits - 1) {
                if (channel(w * 64 + Long.numberOfTrailingZeros(bits)) != NONE) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @return the channel on which a core with a packet can send its next flit, NONE if it has to wait */
    int channel(int core) {
        int first = core * channels;
        if (flitsLeft[core] > 0) {
            return credits[first + channelInUse[core]] > 0 ? channelInUse[core] : NONE;
        }
        for (int i = 1; i <= channels; i++) {
            int channel = (channelInUse[core] + i) % channels;
            if (credits[first + channel] > 0) {
                return channel;
            }
        }
        return NONE;
    }

    /** @return the next flit of a core, which goes on {@code channel} in cycle {@code t} */
    int send(int core, int channel, long t) {
        int packet = queues.first(core);
        int flit = packet << VcMesh.FLAGS;
        if (flitsLeft[core] == 0) {
            flitsLeft[core] = flits;
            channelInUse[core] = channel;
            queues.packets.entered[packet] = t;
            flit |= HEAD;
        }
        if (--flitsLeft[core] == 0) {
            flit |= TAIL;
            queues.leave(core);
        }
        credits[core * channels + channel]--;
        return flit;
    }
}
