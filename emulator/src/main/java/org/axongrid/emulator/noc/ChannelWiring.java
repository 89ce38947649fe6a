package org.axongrid.emulator.noc;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Which virtual channel is at the other end of which, and checks of what is on the way between them. */
final class ChannelWiring {
    private static final int TEXT_MAX = 300;

    /** By channel: its port, {@code router * PORTS + port}. */
    final int[] portOf;
    /** By input channel: where its credits are counted, at the neighbour's output or at the core ({@code channels in all} and up). */
    final int[] sender;
    /** By output channel: the neighbour's input channel. */
    final int[] ahead;
    private final int channels;

    ChannelWiring(GridRoutes grid, int routers, int channels) {
        this.channels = channels;
        int all = routers * Mesh.PORTS * channels;
        portOf = new int[all];
        sender = new int[all];
        ahead = new int[all];
        for (int at = 0; at < all; at++) {
            int router = at / (Mesh.PORTS * channels);
            int port = at / channels % Mesh.PORTS;
            int channel = at % channels;
            portOf[at] = at / channels;
            ahead[at] = port == Mesh.LOCAL ? at : ((router + grid.step(port)) * Mesh.PORTS + (port ^ 1)) * channels + channel;
            sender[at] = port == Mesh.LOCAL ? all + router * channels + channel : ahead[at];
        }
    }

    /**
     * Checks that per channel the credits in the counter, those on their way back, flits in the FIFO and flits on the wire are B together.
     *
     * @param credits  counters of output channels, then of cores' channels
     * @param flits    by input channel: flits in its FIFO
     * @throws IllegalStateException if not
     */
    void check(int[] credits, int[] flits, EventWheel returns, EventWheel arrivals, int buffer) {
        int[] sum = credits.clone();
        returns.forEach((channel, second) -> sum[channel]++, 1);
        for (int at = 0; at < flits.length; at++) {
            if (flits[at] > 0) {
                sum[sender[at]] += flits[at];
            }
        }
        arrivals.forEach((at, flit) -> sum[sender[at]]++, 2);
        int wrong = Arrays.stream(sum).filter(s -> s != buffer).findFirst().orElse(buffer);
        if (wrong != buffer) {
            throw new IllegalStateException("a channel has " + wrong + " credits in all, not " + buffer);
        }
    }

    /**
     * @param flits       by input channel: flits in its FIFO
     * @param destination of the flit in front, by input channel
     * @return what waits where, not all of it if it is much
     */
    String heads(int[] flits, IntUnaryOperator destination) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < flits.length && text.length() < TEXT_MAX; at++) {
            if (flits[at] > 0) {
                text.append(text.isEmpty() ? "" : ", ").append("router ").append(portOf[at] / Mesh.PORTS).append(" input ")
                    .append("EWNSL".charAt(portOf[at] % Mesh.PORTS)).append(at % channels).append(" for ").append(destination.applyAsInt(at));
            }
        }
        return text.isEmpty() ? "packets in source queues" : text.toString();
    }
}
