package org.axongrid.emulator.noc;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A mesh of input-queued virtual-channel routers with pipeline stages, credits per virtual channel, dimension-order routing and packets of one or
 * more flits (Dally and Towles 2004, chapters 16 and 17; project reference on the network, section 3).
 *
 * <p>A packet at the front of an input channel computes its route, gets a channel of its output ({@link ChannelAllocator}), and then each of its
 * flits that has a credit asks for the switch ({@link SwitchAllocator}). With speculation it asks for channel and switch in one cycle, in the same
 * allocator as everybody else; a grant without a channel or a credit is wasted. The output channel is free for the next packet in the cycle after the
 * last flit's grant. The core's input behaves as a channel's FIFO that is emptied at once.
 *
 * <p>Two-phase as {@link Xy1Mesh}: what a cycle decides depends on the state at its start, so the order in which routers are visited does not matter,
 * and only routers that hold a flit are visited. Structure of arrays; no object per flit.
 */
public final class VcMesh extends CountedMesh {
    /** Flags of a packet's first flit, and of its last one. */
    static final int HEAD = 1;
    static final int TAIL = 2;
    /** Bits of the flags; a flit is its packet's number above them. */
    static final int FLAGS = 2;
    private static final int NONE = -1;

    private final VcParameters parameters;
    private final DeliveryListener listener;
    private final int channels;
    private final int inputs;
    private final int buffer;
    /** Where credits of cores' own channels begin. */
    private final int cores;

    private final int[] fifo;
    private final int[] head;
    private final int[] count;
    /** By input channel: output channel of the packet in front, NONE before it has one. */
    private final int[] held;
    private final byte[] route;
    private final long[] readyAt;
    private final ChannelWiring wiring;
    private final int[] portOf;
    /** By output channel. */
    private final int[] credits;
    private final long[] occupied;
    private final long[] activeRouters;

    private final CoreSenders senders;
    private final PacketTable packets;

    private final EventWheel arrivals;
    private final EventWheel returns;
    private final EventWheel ejections;
    private final GridRoutes grid;
    private final LinkQueues linkQueues;
    private final ChannelAllocator channelAllocator;
    private final SwitchAllocator switchAllocator;
    private final SwitchTurnaround turnaround;
    private final Watchdog watchdog;
    private final int[] visitOrder;

    private final Supplier<String> heads = this::heads;
    /** Whether no router could allocate anything in the last cycle, and none was computing a route. */
    private boolean quiet;

    /** Makes a mesh on one chip. */
    public VcMesh(VcParameters parameters, DeliveryListener listener) {
        this(parameters, ChipLinks.NONE, listener, null);
    }

    /**
     * @param parameters sizes and times
     * @param links      between chips
     * @param listener   receives deliveries
     */
    public VcMesh(VcParameters parameters, ChipLinks links, DeliveryListener listener) {
        this(parameters, links, listener, null);
    }

    /** @param visitOrder the order in which routers are visited, for tests: it must not matter; null for ascending */
    VcMesh(VcParameters parameters, ChipLinks links, DeliveryListener listener, int[] visitOrder) {
        super(parameters.routers() * PORTS);
        this.parameters = parameters;
        this.listener = listener;
        this.visitOrder = visitOrder;
        int routers = parameters.routers();
        channels = parameters.channels();
        inputs = PORTS * channels;
        buffer = parameters.buffer();
        cores = routers * inputs;
        fifo = new int[cores * buffer];
        head = new int[cores];
        count = new int[cores];
        held = new int[cores];
        Arrays.fill(held, NONE);
        route = new byte[cores];
        readyAt = new long[cores];
        credits = new int[cores];
        Arrays.fill(credits, buffer);
        occupied = new long[routers];
        activeRouters = new long[(routers + 63) / 64];
        senders = new CoreSenders(parameters);
        packets = senders.queues.packets;
        turnaround = new SwitchTurnaround(parameters);
        int toCore = parameters.toCore() + parameters.turnaround();
        linkQueues = new LinkQueues(links, parameters.width(), parameters.height());
        arrivals = new EventWheel(Math.max(Math.max(parameters.hop(EAST), parameters.hop(NORTH)) + parameters.turnaround(), parameters.injection())
            + linkQueues.horizon(buffer * channels));
        returns = new EventWheel(parameters.credit() + toCore);
        ejections = new EventWheel(toCore);
        grid = new GridRoutes(parameters.width(), parameters.height(), parameters.order());
        wiring = new ChannelWiring(grid, routers, channels);
        portOf = wiring.portOf;
        channelAllocator = new ChannelAllocator(routers, channels);
        switchAllocator = new SwitchAllocator(routers, channels);
        watchdog = new Watchdog(parameters.zeroLoadLatency(0, routers - 1)
            + (long) parameters.credit() * (parameters.width() + parameters.height()) * parameters.flits()
            + (long) parameters.width() * linkQueues.horizon(buffer * channels));
    }

    @Override
    public int offer(int source, int destination, int tag) {
        int packet = senders.queues.offer(source, destination, tag, cycle);
        if (inside++ == 0) {
            watchdog.woken(cycle);
        }
        counters.offered++;
        return packet;
    }

    @Override
    public long nextEventCycle() {
        // Where nothing could be allocated, nothing can be until something arrives.
        for (long bits : activeRouters) {
            if (bits != 0 && !quiet) {
                return cycle;
            }
        }
        if (senders.canSend()) {
            return cycle;
        }
        long next = Math.min(arrivals.next(cycle), Math.min(returns.next(cycle), ejections.next(cycle)));
        // A network that is stuck goes on, for the watchdog to see it.
        return next == Long.MAX_VALUE && inside > 0 ? cycle : next;
    }

    @Override
    public void skipTo(long to) {
        if (to < cycle || to > nextEventCycle()) {
            throw new IllegalArgumentException("cycle " + to + " from " + cycle);
        }
        watchdog.skipped(to - cycle);
        for (int w = 0; to > cycle && w < activeRouters.length; w++) {
            for (int at = 64 * w * inputs; activeRouters[w] != 0 && at < Math.min(cores, 64 * (w + 1) * inputs); at++) {
                counters.stalls[portOf[at]] += count[at] > 0 ? to - cycle : 0;
            }
        }
        cycle = to;
    }

    @Override
    public void step() {
        long t = cycle;
        land(t);
        quiet = true;
        if (visitOrder == null) {
            for (int w = 0; w < activeRouters.length; w++) {
                for (long bits = activeRouters[w]; bits != 0; bits &= bits - 1) {
                    visit(w * 64 + Long.numberOfTrailingZeros(bits), t);
                }
            }
        } else {
            for (int router : visitOrder) {
                visit(router, t);
            }
        }
        // A switch turnaround is not on the way to another chip: a queue is.
        linkQueues.depart(t, parameters.hop(EAST), arrivals);
        inject(t);
        cycle = t + 1;
        watchdog.check(cycle, inside, heads);
    }

    private void land(long t) {
        int slot = arrivals.slot(t);
        int[] items = arrivals.items(slot);
        for (int i = 0; i < arrivals.size(slot); i += 2) {
            int at = items[i];
            int place = head[at] + count[at];
            fifo[at * buffer + (place >= buffer ? place - buffer : place)] = items[i + 1];
            int port = portOf[at];
            if (count[at]++ == 0) {
                int router = port / PORTS;
                occupied[router] |= 1L << at - router * inputs;
                activeRouters[router >> 6] |= 1L << router;
                front(router, at, t);
            }
            counters.maxOccupancy[port] = Math.max(counters.maxOccupancy[port], count[at]);
        }
        arrivals.clear(slot);
        slot = returns.slot(t);
        items = returns.items(slot);
        for (int i = 0; i < returns.size(slot); i++) {
            int channel = items[i];
            if (channel < cores) {
                credits[channel]++;
            } else {
                senders.credits[channel - cores]++;
            }
        }
        returns.clear(slot);
        slot = ejections.slot(t);
        if (visitOrder != null || parameters.turnaround() > 0) {
            packets.sortByDestination(ejections.items(slot), ejections.size(slot));
        }
        items = ejections.items(slot);
        for (int i = 0; i < ejections.size(slot); i++) {
            deliver(items[i], t);
        }
        ejections.clear(slot);
    }

    /** A flit has come to the front of its FIFO; if it is a packet's first, the route is computed from cycle {@code from} on. */
    private void front(int router, int at, long from) {
        int flit = fifo[at * buffer + head[at]];
        if ((flit & HEAD) != 0) {
            route[at] = (byte) grid.route(router, packets.destination[flit >>> FLAGS]);
            readyAt[at] = from + parameters.routing();
        }
    }

    private void deliver(int packet, long t) {
        counters.delivered(packets.offered[packet], packets.entered[packet], t);
        inside--;
        drain = t;
        watchdog.arrived(t);
        listener.delivered(packet, packets.tag[packet], packets.source[packet], packets.destination[packet], packets.offered[packet], packets.entered[packet], t);
        packets.free(packet);
    }

    private void visit(int router, long t) {
        if (occupied[router] == 0) {
            return;
        }
        int base = router * inputs;
        switchAllocator.clear();
        channelAllocator.clear();
        long wanting = 0;
        int outputsWanted = 0;
        for (long bits = occupied[router]; bits != 0; bits &= bits - 1) {
            int input = Long.numberOfTrailingZeros(bits);
            int at = base + input;
            if (held[at] == NONE) {
                if (readyAt[at] > t) {
                    quiet = false;
                    continue;
                }
                wanting |= 1L << input;
                outputsWanted |= 1 << route[at];
            } else if (credits[held[at]] > 0) {
                switchAllocator.ask(route[at], input);
            }
            // Counted as stalled unless a channel or the switch is granted below.
            counters.stalls[portOf[base + input]]++;
        }
        for (; outputsWanted != 0; outputsWanted &= outputsWanted - 1) {
            allocateChannels(router, Integer.numberOfTrailingZeros(outputsWanted), wanting);
        }
        long won = channelAllocator.won();
        quiet &= won == 0;
        for (long bits = won; bits != 0; bits &= bits - 1) {
            int input = Long.numberOfTrailingZeros(bits);
            int at = base + input;
            held[at] = (router * PORTS + route[at]) * channels + channelAllocator.channelWon(input);
            counters.stalls[portOf[base + input]]--;
        }
        switchAllocator.allocate(router);
        for (int output = 0; output < PORTS; output++) {
            int input = switchAllocator.winner(output);
            // A speculative grant needs the channel that was asked for in the same cycle, and a credit there.
            quiet &= input == NONE;
            boolean speculative = input != NONE && (wanting >>> input & 1) != 0;
            if (input != NONE && (!speculative || (won >>> input & 1) != 0 && credits[held[base + input]] > 0)) {
                counters.stalls[portOf[base + input]] -= speculative ? 0 : 1;
                grant(router, input, output, t);
            }
        }
        if (occupied[router] == 0) {
            activeRouters[router >> 6] &= ~(1L << router);
        }
    }

    /** Gives channels of an output to packets; with speculation their first flits ask for the switch too. */
    private void allocateChannels(int router, int output, long wanting) {
        long here = 0;
        for (long bits = wanting; bits != 0; bits &= bits - 1) {
            int input = Long.numberOfTrailingZeros(bits);
            here |= route[router * inputs + input] == output ? 1L << input : 0;
        }
        if (parameters.speculative()) {
            int first = (router * PORTS + output) * channels;
            boolean credit = false;
            for (int free = channelAllocator.free(router, output); free != 0; free &= free - 1) {
                credit |= credits[first + Integer.numberOfTrailingZeros(free)] > 0;
            }
            for (long bits = credit ? here : 0; bits != 0; bits &= bits - 1) {
                switchAllocator.ask(output, Long.numberOfTrailingZeros(bits));
            }
        }
        channelAllocator.allocate(router, output, here);
    }

    private void grant(int router, int input, int output, long t) {
        int at = router * inputs + input;
        int flit = fifo[at * buffer + head[at]];
        int to = held[at];
        boolean tail = (flit & TAIL) != 0;
        head[at] = head[at] + 1 == buffer ? 0 : head[at] + 1;
        if (tail) {
            held[at] = NONE;
            channelAllocator.release(router, output, to - (router * PORTS + output) * channels);
        }
        if (--count[at] == 0) {
            occupied[router] &= ~(1L << input);
        } else {
            front(router, at, t + 1);
        }
        counters.flits[router * PORTS + output]++;
        watchdog.moved(t);
        returns.add(t + parameters.credit(), wiring.sender[at]);
        credits[to]--;
        long out = t + turnaround.granted(router, t);
        if (output == LOCAL) {
            if (tail) {
                ejections.add(out + parameters.toCore(), flit >>> FLAGS);
            }
            // The core's slot is free as soon as the flit is there, in the cycle before it counts as delivered.
            returns.add(out + parameters.toCore() - 1 + parameters.credit(), to);
        } else {
            if (linkQueues.crosses(router * PORTS + output)) {
                linkQueues.add(router * PORTS + output, wiring.ahead[to], flit);
            } else {
                arrivals.add(out + parameters.hop(output), wiring.ahead[to], flit);
            }
        }
    }

    private void inject(long t) {
        long[] waiting = senders.queues.waiting;
        for (int w = 0; w < waiting.length; w++) {
            for (long bits = waiting[w]; bits != 0; bits &= bits - 1) {
                int core = w * 64 + Long.numberOfTrailingZeros(bits);
                int channel = senders.channel(core);
                if (channel != NONE) {
                    watchdog.moved(t);
                    arrivals.add(t + parameters.injection(), (core * PORTS + LOCAL) * channels + channel, senders.send(core, channel, t));
                }
            }
        }
    }

    private String heads() {
        return wiring.heads(count, at -> packets.destination[fifo[at * buffer + head[at]] >>> FLAGS]);
    }

    /**
     * Checks that no credit is lost: per channel, credits in the counter, on their way back, flits in the FIFO and on the wire are B together.
     *
     * @throws IllegalStateException if not
     */
    public void checkCredits() {
        int[] all = Arrays.copyOf(credits, cores + senders.credits.length);
        System.arraycopy(senders.credits, 0, all, cores, senders.credits.length);
        wiring.check(all, count, returns, arrivals, buffer);
    }
}
