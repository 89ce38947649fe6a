package org.axongrid.emulator.noc;

import java.util.Arrays;

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
public final class Xy1Mesh implements Mesh {
    private final MeshParameters parameters;
    private final DeliveryListener listener;
    private final MeshCounters counters;
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

    private long cycle;
    private long lastDelivery;
    private int inside;

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
        this.parameters = parameters;
        this.visitOrder = visitOrder;
        this.listener = listener;
        routers = parameters.routers();
        buffer = parameters.buffer();
        int ports = routers * PORTS;
        counters = new MeshCounters(ports);
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
        watchdog = new Watchdog(parameters.zeroLoadLatency(0, routers - 1) + (long) parameters.credit() * (parameters.width() + parameters.height())
            + (long) parameters.width() * linkQueues.horizon(buffer));
    }

    @Override
    public long cycle() {
        return cycle;
    }

    @Override
    public MeshCounters counters() {
        return counters;
    }

    @Override
    public boolean drained() {
        return inside == 0;
    }

    @Override
    public long drainCycle() {
        return lastDelivery;
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
        if (anySet(activeRouters)) {
            return cycle;
        }
        for (int w = 0; w < sources.waiting.length; w++) {
            for (long bits = sources.waiting[w]; bits != 0; bits &= bits - 1) {
                if (credits[(w * 64 + Long.numberOfTrailingZeros(bits)) * PORTS + LOCAL] > 0) {
                    return cycle;
                }
            }
        }
        return Math.min(arrivals.next(cycle), Math.min(returns.next(cycle), ejections.next(cycle)));
    }

    @Override
    public void skipTo(long to) {
        if (to < cycle || to > nextEventCycle()) {
            throw new IllegalArgumentException("cycle " + to + " from " + cycle);
        }
        watchdog.skipped(to - cycle);
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
        linkQueues.depart(t, parameters.hopX(), arrivals);
        inject(t);
        cycle = t + 1;
        watchdog.check(cycle, inside, this::heads);
    }

    private void land(long t) {
        int slot = arrivals.slot(t);
        int[] items = arrivals.items(slot);
        for (int i = 0; i < arrivals.size(slot); i += 2) {
            int at = items[i];
            int place = head[at] + count[at];
            fifo[at * buffer + (place >= buffer ? place - buffer : place)] = items[i + 1];
            count[at]++;
            counters.maxOccupancy[at] = Math.max(counters.maxOccupancy[at], count[at]);
            int router = at / PORTS;
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
        lastDelivery = t;
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
        for (int inputs = occupied[router]; inputs != 0; inputs &= inputs - 1) {
            int input = Integer.numberOfTrailingZeros(inputs);
            int at = first + input;
            requests |= 1 << grid.route(router, packets.destination[fifo[at * buffer + head[at]]]) * PORTS + input;
            // Counted as stalled unless granted below.
            counters.stalls[at]++;
        }
        for (int output = 0; output < PORTS; output++) {
            int wanted = requests >> output * PORTS & 31;
            if (wanted == 0 || output != LOCAL && credits[first + output] == 0) {
                continue;
            }
            int from = pointer[first + output];
            int rotated = (wanted >> from | wanted << PORTS - from) & 31;
            int winner = from + Integer.numberOfTrailingZeros(rotated);
            winner = winner >= PORTS ? winner - PORTS : winner;
            pointer[first + output] = (byte) (winner + 1 == PORTS ? 0 : winner + 1);
            grant(router, winner, output, t);
        }
        return occupied[router];
    }

    private void grant(int router, int input, int output, long t) {
        int at = router * PORTS + input;
        int packet = fifo[at * buffer + head[at]];
        head[at] = head[at] + 1 == buffer ? 0 : head[at] + 1;
        if (--count[at] == 0) {
            occupied[router] &= (byte) ~(1 << input);
        }
        counters.stalls[at]--;
        counters.flits[router * PORTS + output]++;
        watchdog.moved(t);
        // The freed slot's credit goes to whoever sends into this input: the neighbour on that side, or the core.
        int sender = input == LOCAL ? at : (router + grid.step(input)) * PORTS + (input ^ 1);
        returns.add(t + parameters.credit(), sender);
        if (output == LOCAL) {
            ejections.add(t + parameters.ejection(), packet);
        } else {
            credits[router * PORTS + output]--;
            int hop = output <= WEST ? parameters.hopX() : parameters.hopY();
            int to = (router + grid.step(output)) * PORTS + (output ^ 1);
            if (linkQueues.crosses(router * PORTS + output)) {
                linkQueues.add(router * PORTS + output, to, packet);
            } else {
                arrivals.add(t + hop, to, packet);
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
                int packet = fifo[at * buffer + head[at]];
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
        int router = at / PORTS;
        int input = at % PORTS;
        if (flits > 0) {
            sum[input == LOCAL ? at : (router + grid.step(input)) * PORTS + (input ^ 1)] += flits;
        }
    }
}
