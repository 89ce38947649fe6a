package org.axongrid.emulator.noc;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A mesh of XY1 routers: single-flit packets, five input FIFOs a router, dimension-order routing, credits, round robin per output. Defined in
 * the project's golden README on the network, part A.1.
 *
 * <p>Two-phase: what a cycle grants depends on the state at its start only, because whatever a grant sets free or sends off arrives in a later
 * cycle. So the order in which routers are visited does not matter, and only routers with a flit are visited at all. State is
 * structure-of-arrays; there is no object per flit.
 *
 * <p>Not thread-safe.
 */
public final class Xy1Mesh extends CountedMesh {
    /** A flit in a FIFO is its packet's number above the output that it wants. */
    private static final int OUTPUT_BITS = 3;
    private static final int OUTPUT = 7;
    private static final int ALL = (1 << PORTS) - 1;

    private final MeshParameters parameters;
    private final DeliveryListener listener;
    private final int routers;
    private final int buffer;

    private final int[] fifo;
    private final int[] head;
    private final int[] count;
    private final int[] credits;
    private final byte[] pointer;
    /** By router: bit p is set if input p has a flit. */
    private final byte[] occupied;
    private final long[] activeRouters;

    private final SourceQueues sources;
    private final PacketTable packets;

    private final EventWheel arrivals;
    private final EventWheel returns;
    private final EventWheel ejections;
    private final GridRoutes grid;
    private final LinkQueues linkQueues;
    private final Watchdog watchdog;
    private final int[] visitOrder;

    /** By port: the port at the other end of its link, output of the one and input of the other; the local port is its own. */
    private final int[] peer;
    private final int hopX;
    private final int hopY;
    private final int creditTime;
    private final int ejectionTime;
    private final Supplier<String> heads = this::heads;

    private boolean moved;
    /** Whether no router could grant anything in the last cycle. */
    private boolean quiet;

    /**
     * @param parameters sizes and times
     * @param listener   receives deliveries
     */
    public Xy1Mesh(MeshParameters parameters, DeliveryListener listener) {
        this(parameters, ChipLinks.NONE, listener, null);
    }

    /**
     * @param parameters sizes and times
     * @param links      between chips
     * @param listener   receives deliveries
     */
    public Xy1Mesh(MeshParameters parameters, ChipLinks links, DeliveryListener listener) {
        this(parameters, links, listener, null);
    }

    /** @param visitOrder the order in which routers are visited, for tests: it must not matter; null for ascending */
    Xy1Mesh(MeshParameters parameters, ChipLinks links, DeliveryListener listener, int[] visitOrder) {
        super(parameters.routers() * PORTS);
        this.parameters = parameters;
        this.visitOrder = visitOrder;
        this.listener = listener;
        routers = parameters.routers();
        buffer = parameters.buffer();
        int ports = routers * PORTS;
        fifo = new int[Math.multiplyExact(ports, buffer)];
        head = new int[ports];
        count = new int[ports];
        credits = new int[ports];
        Arrays.fill(credits, buffer);
        pointer = new byte[ports];
        occupied = new byte[routers];
        activeRouters = new long[(routers + 63) / 64];
        sources = new SourceQueues(routers);
        packets = sources.packets;
        int longest = Math.max(Math.max(parameters.hopX(), parameters.hopY()), parameters.injection());
        linkQueues = new LinkQueues(links, parameters.width(), parameters.height());
        arrivals = new EventWheel(longest + linkQueues.horizon(buffer));
        returns = new EventWheel(parameters.credit());
        ejections = new EventWheel(parameters.ejection());
        grid = new GridRoutes(parameters.width(), parameters.height(), parameters.order());
        peer = new int[ports];
        Arrays.setAll(peer, at -> at % PORTS == LOCAL ? at : (at / PORTS + grid.step(at % PORTS)) * PORTS + (at % PORTS ^ 1));
        hopX = parameters.hopX();
        hopY = parameters.hopY();
        creditTime = parameters.credit();
        ejectionTime = parameters.ejection();
        watchdog = new Watchdog(parameters.zeroLoadLatency(0, routers - 1) + (long) parameters.credit() * (parameters.width() + parameters.height())
            + (long) parameters.width() * linkQueues.horizon(buffer));
    }

    @Override
    public int offer(int source, int destination, int tag) {
        int packet = sources.offer(source, destination, tag, cycle);
        if (inside++ == 0) {
            watchdog.woken(cycle);
        }
        counters.offered++;
        return packet;
    }

    @Override
    public long nextEventCycle() {
        // Where nothing could be granted, nothing can be until something arrives.
        if (!quiet && anySet(activeRouters)) {
            return cycle;
        }
        for (int w = 0; w < sources.waiting.length; w++) {
            for (long bits = sources.waiting[w]; bits != 0; bits &= bits - 1) {
                if (credits[(w * 64 + Long.numberOfTrailingZeros(bits)) * PORTS + LOCAL] > 0) {
                    return cycle;
                }
            }
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
            for (long bits = activeRouters[w]; bits != 0; bits &= bits - 1) {
                int router = w * 64 + Long.numberOfTrailingZeros(bits);
                for (int inputs = occupied[router]; inputs != 0; inputs &= inputs - 1) {
                    counters.stalls[router * PORTS + Integer.numberOfTrailingZeros(inputs)] += to - cycle;
                }
            }
        }
        cycle = to;
    }

    @Override
    public void step() {
        long t = cycle;
        land(t);
        if (visitOrder == null) {
            arbitrate(t);
        } else {
            for (int router : visitOrder) {
                if (occupied[router] != 0 && grants(router, t) == 0) {
                    activeRouters[router >> 6] &= ~(1L << router);
                }
            }
        }
        quiet = !moved;
        if (moved) {
            watchdog.moved(t);
            moved = false;
        }
        linkQueues.depart(t, parameters.hopX(), arrivals);
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
            int packet = items[i + 1];
            int router = at / PORTS;
            fifo[at * buffer + (place >= buffer ? place - buffer : place)] = packet << OUTPUT_BITS | grid.route(router, packets.destination[packet]);
            int occupancy = ++count[at];
            if (occupancy > counters.maxOccupancy[at]) {
                counters.maxOccupancy[at] = occupancy;
            }
            occupied[router] |= (byte) (1 << at - router * PORTS);
            activeRouters[router >> 6] |= 1L << router;
        }
        arrivals.clear(slot);
        slot = returns.slot(t);
        items = returns.items(slot);
        for (int i = 0; i < returns.size(slot); i++) {
            credits[items[i]]++;
        }
        returns.clear(slot);
        slot = ejections.slot(t);
        if (visitOrder != null) {
            packets.sortByDestination(ejections.items(slot), ejections.size(slot));
        }
        items = ejections.items(slot);
        for (int i = 0; i < ejections.size(slot); i++) {
            deliver(items[i], t);
        }
        ejections.clear(slot);
    }

    private void deliver(int packet, long t) {
        counters.delivered(packets.offered[packet], packets.entered[packet], t);
        inside--;
        drain = t;
        watchdog.arrived(t);
        listener.delivered(packet, packets.tag[packet], packets.source[packet], packets.destination[packet], packets.offered[packet],
            packets.entered[packet], t);
        packets.free(packet);
    }

    private void arbitrate(long t) {
        for (int w = 0; w < activeRouters.length; w++) {
            for (long bits = activeRouters[w]; bits != 0; bits &= bits - 1) {
                int router = w * 64 + Long.numberOfTrailingZeros(bits);
                if (grants(router, t) == 0) {
                    activeRouters[w] &= ~(1L << router);
                }
            }
        }
    }

    /** @return the router's inputs that still hold a flit */
    private int grants(int router, long t) {
        int first = router * PORTS;
        // Requests are taken before any grant: a FIFO's next flit may not ask in the same cycle. Five bits of inputs per output.
        int requests = 0;
        int outputs = 0;
        int stalled = occupied[router];
        for (int inputs = stalled; inputs != 0; inputs &= inputs - 1) {
            int input = Integer.numberOfTrailingZeros(inputs);
            int at = first + input;
            int output = fifo[at * buffer + head[at]] & OUTPUT;
            requests |= 1 << output * PORTS + input;
            outputs |= 1 << output;
        }
        for (; outputs != 0; outputs &= outputs - 1) {
            int output = Integer.numberOfTrailingZeros(outputs);
            if (output != LOCAL && credits[first + output] == 0) {
                continue;
            }
            int wanted = requests >> output * PORTS & ALL;
            // The first that asks from the pointer on, around the end.
            int above = wanted & -1 << pointer[first + output];
            int winner = Integer.numberOfTrailingZeros(above != 0 ? above : wanted);
            pointer[first + output] = (byte) (winner + 1 == PORTS ? 0 : winner + 1);
            stalled &= ~(1 << winner);
            grant(router, winner, output, t);
        }
        for (; stalled != 0; stalled &= stalled - 1) {
            counters.stalls[first + Integer.numberOfTrailingZeros(stalled)]++;
        }
        return occupied[router];
    }

    private void grant(int router, int input, int output, long t) {
        int at = router * PORTS + input;
        int port = router * PORTS + output;
        int packet = fifo[at * buffer + head[at]] >>> OUTPUT_BITS;
        head[at] = head[at] + 1 == buffer ? 0 : head[at] + 1;
        if (--count[at] == 0) {
            occupied[router] &= (byte) ~(1 << input);
        }
        counters.flits[port]++;
        moved = true;
        // The freed slot's credit goes to whoever sends into this input: the neighbour on that side, or the core.
        returns.add(t + creditTime, peer[at]);
        if (output == LOCAL) {
            ejections.add(t + ejectionTime, packet);
        } else {
            credits[port]--;
            if (linkQueues.crosses(port)) {
                linkQueues.add(port, peer[port], packet);
            } else {
                arrivals.add(t + (output <= WEST ? hopX : hopY), peer[port], packet);
            }
        }
    }

    private void inject(long t) {
        for (int w = 0; w < sources.waiting.length; w++) {
            for (long bits = sources.waiting[w]; bits != 0; bits &= bits - 1) {
                int router = w * 64 + Long.numberOfTrailingZeros(bits);
                int at = router * PORTS + LOCAL;
                if (credits[at] == 0) {
                    continue;
                }
                credits[at]--;
                int packet = sources.first(router);
                sources.leave(router);
                packets.entered[packet] = t;
                watchdog.moved(t);
                arrivals.add(t + parameters.injection(), at, packet);
            }
        }
    }

    private static boolean anySet(long[] bits) {
        for (long b : bits) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }

    private String heads() {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < count.length && text.length() < 500; at++) {
            if (count[at] > 0) {
                int packet = fifo[at * buffer + head[at]] >>> OUTPUT_BITS;
                text.append(text.isEmpty() ? "" : ", ").append("router ").append(at / PORTS).append(" input ").append("EWNSL".charAt(at % PORTS)).append(" for ").append(packets.destination[packet]);
            }
        }
        return text.isEmpty() ? "packets in source queues" : text.toString();
    }

    /**
     * Checks that no credit is lost: per link, credits in the counter, on their way back, flits in the FIFO and on the wire are B together.
     *
     * @throws IllegalStateException if not
     */
    public void checkCredits() {
        int[] sum = credits.clone();
        returns.forEach((item, second) -> sum[item]++, 1);
        for (int at = 0; at < count.length; at++) {
            addToSender(sum, at, count[at]);
        }
        arrivals.forEach((at, packet) -> addToSender(sum, at, 1), 2);
        for (int at = 0; at < sum.length; at++) {
            int router = at / PORTS;
            int port = at % PORTS;
            boolean link = port == LOCAL || port <= WEST && inRow(router, port) || port > WEST && router + grid.step(port) >= 0
                && router + grid.step(port) < routers;
            if (link && sum[at] != buffer) {
                throw new IllegalStateException("router " + router + " output " + port + ": " + sum[at] + " credits in all, not " + buffer);
            }
        }
    }

    private boolean inRow(int router, int port) {
        int x = router % parameters.width() + grid.step(port);
        return x >= 0 && x < parameters.width();
    }

    private void addToSender(int[] sum, int at, int flits) {
        if (flits > 0) {
            sum[peer[at]] += flits;
        }
    }
}
