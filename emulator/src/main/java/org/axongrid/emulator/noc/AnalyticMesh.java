package org.axongrid.emulator.noc;

import java.util.Arrays;

/**
 * A mesh without contention: a core sends a packet a cycle, and each packet takes the latency of an empty network. Beside the last of these
 * deliveries it knows the load of each link, and from that a time before which the network cannot be empty: first use, plus a cycle for each further
 * packet, plus the shortest way from there (project reference on the network, section 1, level 0). Both are lower bounds of what {@link Xy1Mesh}
 * with the same parameters finds; packets, links and counts of flits are the same.
 */
public final class AnalyticMesh extends CountedMesh {
    private final MeshParameters parameters;
    private final ChipLinks links;
    private final DeliveryListener listener;
    private final GridRoutes grid;
    private final SourceQueues sources;
    private final PacketTable packets;
    private final DeliveryHeap underWay;
    /** By router and output, since the network was last empty: earliest use, packets, shortest time from there to a core. */
    private final long[] firstUse;
    private final int[] load;
    private final int[] shortestRest;
    /** By router and output: the packet whose tree used the link last. */
    private final long[] tree;
    private boolean[] copy = new boolean[64];
    private long trees;
    private int[] used = new int[64];
    private int usedLinks;


    /**
     * @param parameters sizes and times; the buffer and the credit's time do not matter
     * @param listener   receives deliveries
     */
    public AnalyticMesh(MeshParameters parameters, DeliveryListener listener) {
        this(parameters, ChipLinks.NONE, listener);
    }

    /**
     * @param parameters sizes and times
     * @param links      between chips; how many flits they take does not matter
     * @param listener   receives deliveries
     */
    public AnalyticMesh(MeshParameters parameters, ChipLinks links, DeliveryListener listener) {
        super(parameters.routers() * PORTS);
        this.links = links;
        this.parameters = parameters;
        this.listener = listener;
        int ports = parameters.routers() * PORTS;
        grid = new GridRoutes(parameters.width(), parameters.height(), parameters.order());
        sources = new SourceQueues(parameters.routers());
        packets = sources.packets;
        underWay = new DeliveryHeap(parameters.routers());
        firstUse = new long[ports];
        load = new int[ports];
        tree = new long[ports];
        shortestRest = new int[ports];
    }

    @Override
    public int offer(int source, int destination, int tag) {
        int packet = sources.offer(source, destination, tag, cycle);
        if (inside++ == 0) {
            for (int i = 0; i < usedLinks; i++) {
                load[used[i]] = 0;
            }
            usedLinks = 0;
        }
        counters.offered++;
        mark(packet, false);
        return packet;
    }

    /**
     * Offers a copy of the packet offered before by the same core: both enter together, share links as far as their ways do, and the network copies the
     * packet where they part.
     *
     * @param source      router of the sending core
     * @param destination router of the receiving core
     * @param tag         handed to the listener
     * @return its number
     */
    public int branch(int source, int destination, int tag) {
        int packet = offer(source, destination, tag);
        mark(packet, true);
        return packet;
    }

    private void mark(int packet, boolean isCopy) {
        if (packet >= copy.length) {
            copy = Arrays.copyOf(copy, 2 * packet);
        }
        copy[packet] = isCopy;
    }

    @Override
    public long nextEventCycle() {
        for (long w : sources.waiting) {
            if (w != 0) {
                return cycle;
            }
        }
        return underWay.nextCycle();
    }

    @Override
    public void skipTo(long to) {
        if (to < cycle || to > nextEventCycle()) {
            throw new IllegalArgumentException("cycle " + to + " from " + cycle);
        }
        cycle = to;
    }

    @Override
    public void step() {
        long t = cycle;
        while (underWay.nextCycle() == t) {
            int packet = underWay.take();
            counters.delivered(packets.offered[packet], packets.entered[packet], t);
            inside--;
            listener.delivered(packet, packets.tag[packet], packets.source[packet], packets.destination[packet], packets.offered[packet],
                packets.entered[packet], t);
            packets.free(packet);
        }
        for (int w = 0; w < sources.waiting.length; w++) {
            for (long bits = sources.waiting[w]; bits != 0; bits &= bits - 1) {
                int core = w * 64 + Long.numberOfTrailingZeros(bits);
                trees++;
                do {
                    int packet = sources.first(core);
                    sources.leave(core);
                    packets.entered[packet] = t;
                    travel(packet, core, packets.destination[packet], t);
                } while (sources.first(core) >= 0 && copy[sources.first(core)]);
            }
        }
        cycle = t + 1;
    }

    private void travel(int packet, int source, int destination, long t) {
        int width = parameters.width();
        long delivery = t + parameters.zeroLoadLatency(source, destination)
            + links.crossings(source % width, destination % width) * links.crossing();
        drain = Math.max(drain, delivery);
        underWay.add(delivery, destination, packet);
        long at = t + parameters.injection();
        for (int router = source;;) {
            int output = grid.route(router, destination);
            int link = router * PORTS + output;
            // Copies leave their router each on its own, but are one flit as long as they go the same way.
            boolean shared = output != LOCAL && tree[link] == trees;
            tree[link] = trees;
            counters.flits[link] += shared ? 0 : 1;
            if (load[link] == 0) {
                note(link);
                firstUse[link] = at;
                shortestRest[link] = (int) (delivery - at);
            }
            load[link] += shared ? 0 : 1;
            firstUse[link] = Math.min(firstUse[link], at);
            shortestRest[link] = (int) Math.min(shortestRest[link], delivery - at);
            drain = Math.max(drain, firstUse[link] + load[link] - 1 + shortestRest[link]);
            if (output == LOCAL) {
                return;
            }
            at += links.crosses(router % width, output) ? links.crossing() : 0;
            at += output <= WEST ? parameters.hopX() : parameters.hopY();
            router += grid.step(output);
        }
    }

    private void note(int link) {
        if (usedLinks == used.length) {
            used = Arrays.copyOf(used, 2 * usedLinks);
        }
        used[usedLinks++] = link;
    }
}
