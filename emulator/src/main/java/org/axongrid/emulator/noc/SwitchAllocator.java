package org.axongrid.emulator.noc;

/**
 * Switch allocation of all routers of a mesh: which input sends to which output in a cycle. Separable, outputs first, one iteration of iSLIP
 * (McKeown, IEEE/ACM Trans. Networking 7(2), 1999; Dally and Towles 2004, section 19.3.2): each output grants one of the inputs that ask, each
 * input accepts one of the outputs that granted, by round robin, and pointers move only with a grant that is accepted. The virtual channel of an
 * input that goes is chosen by round robin too.
 */
final class SwitchAllocator {
    private static final int PORTS = Mesh.PORTS;

    private final int channels;
    private final long channelMask;
    private final byte[] grantPointer;
    private final byte[] acceptPointer;
    private final byte[] channelPointer;
    /** By input: outputs that granted it in this cycle. */
    private final int[] granted = new int[PORTS];
    /** By output: virtual channels that ask, bit {@code input * channels + channel}. */
    private final long[] asking = new long[PORTS];
    /** By output: the virtual channel that goes, as such a bit's number; -1 if none. */
    private final int[] winner = new int[PORTS];

    SwitchAllocator(int routers, int channels) {
        this.channels = channels;
        channelMask = (1L << channels) - 1;
        grantPointer = new byte[routers * PORTS];
        acceptPointer = new byte[routers * PORTS];
        channelPointer = new byte[routers * PORTS];
    }

    /** Forgets the requests of the router before. */
    void clear() {
        for (int o = 0; o < PORTS; o++) {
            asking[o] = 0;
        }
    }

    /** Notes that virtual channel {@code bit} of the router's inputs asks for an output. */
    void ask(int output, int bit) {
        asking[output] |= 1L << bit;
    }

    /** Decides on the requests; see {@link #winner}. */
    void allocate(int router) {
        int first = router * PORTS;
        int grantedInputs = 0;
        for (int output = 0; output < PORTS; output++) {
            winner[output] = -1;
            if (asking[output] == 0) {
                continue;
            }
            int inputs = 0;
            for (long a = asking[output]; a != 0;) {
                int input = Long.numberOfTrailingZeros(a) / channels;
                inputs |= 1 << input;
                a &= ~(channelMask << input * channels);
            }
            int input = roundRobin(inputs, grantPointer[first + output]);
            if ((grantedInputs >> input & 1) == 0) {
                granted[input] = 0;
                grantedInputs |= 1 << input;
            }
            granted[input] |= 1 << output;
        }
        for (; grantedInputs != 0; grantedInputs &= grantedInputs - 1) {
            int input = Integer.numberOfTrailingZeros(grantedInputs);
            int output = roundRobin(granted[input], acceptPointer[first + input]);
            int which = (int) (asking[output] >>> input * channels & channelMask);
            int channel = roundRobin(which, channelPointer[first + input]);
            winner[output] = input * channels + channel;
            grantPointer[first + output] = (byte) (input + 1 == PORTS ? 0 : input + 1);
            acceptPointer[first + input] = (byte) (output + 1 == PORTS ? 0 : output + 1);
            channelPointer[first + input] = (byte) (channel + 1 == channels ? 0 : channel + 1);
        }
    }

    /** @return the virtual channel that may send to the output, -1 if none */
    int winner(int output) {
        return winner[output];
    }

    /** @return the first set bit from {@code pointer} on, around the end */
    static int roundRobin(int bits, int pointer) {
        int above = bits & -1 << pointer;
        return Integer.numberOfTrailingZeros(above != 0 ? above : bits);
    }
}
