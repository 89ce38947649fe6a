package org.axongrid.emulator.noc;

import java.util.Arrays;

/**
 * Allocation of virtual channels in all routers of a mesh: a packet at the front of an input channel gets a channel of its output and keeps it
 * until its last flit has gone. Separable, outputs first, one iteration of iSLIP as in {@link SwitchAllocator}: each free output channel grants
 * one of the packets that want its port, each packet accepts one.
 */
final class ChannelAllocator {
    private final int channels;
    private final int inputs;
    /** By router and output: free channels, as bits. */
    private final int[] free;
    private final byte[] grantPointer;
    private final byte[] acceptPointer;
    private final int[] granted;
    /** Input channels of the router that won a channel in this cycle, as bits. */
    private long won;
    private final int[] channelWon;

    ChannelAllocator(int routers, int channels) {
        this.channels = channels;
        inputs = Mesh.PORTS * channels;
        free = new int[routers * Mesh.PORTS];
        Arrays.fill(free, (1 << channels) - 1);
        grantPointer = new byte[routers * inputs];
        acceptPointer = new byte[routers * inputs];
        granted = new int[inputs];
        channelWon = new int[inputs];
    }

    /** Forgets what was won in the router before. */
    void clear() {
        won = 0;
    }

    /** @return free channels of an output, as bits */
    int free(int router, int output) {
        return free[router * Mesh.PORTS + output];
    }

    /** Gives back a channel whose packet has gone. */
    void release(int router, int output, int channel) {
        free[router * Mesh.PORTS + output] |= 1 << channel;
    }

    /**
     * Gives free channels of an output to packets.
     *
     * @param wanting input channels whose packet wants the output, as bits
     */
    void allocate(int router, int output, long wanting) {
        int port = router * Mesh.PORTS + output;
        long candidates = 0;
        for (int f = free[port]; f != 0; f &= f - 1) {
            int channel = Integer.numberOfTrailingZeros(f);
            long above = wanting & -1L << grantPointer[port * channels + channel];
            int input = Long.numberOfTrailingZeros(above != 0 ? above : wanting);
            if ((candidates >>> input & 1) == 0) {
                granted[input] = 0;
                candidates |= 1L << input;
            }
            granted[input] |= 1 << channel;
        }
        for (long c = candidates; c != 0; c &= c - 1) {
            int input = Long.numberOfTrailingZeros(c);
            int at = router * inputs + input;
            int channel = SwitchAllocator.roundRobin(granted[input], acceptPointer[at]);
            free[port] &= ~(1 << channel);
            grantPointer[port * channels + channel] = (byte) (input + 1 == inputs ? 0 : input + 1);
            acceptPointer[at] = (byte) (channel + 1 == channels ? 0 : channel + 1);
            channelWon[input] = channel;
        }
        won |= candidates;
    }

    /** @return input channels that won, as bits, since {@link #clear} */
    long won() {
        return won;
    }

    /** @return the output channel that an input channel won */
    int channelWon(int input) {
        return channelWon[input];
    }
}
