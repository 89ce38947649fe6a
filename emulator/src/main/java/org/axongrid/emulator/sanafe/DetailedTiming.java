package org.axongrid.emulator.sanafe;

import java.util.Arrays;

/**
 * The length of a step from its messages one by one, in the order of their sending (among equal times in that of {@link IndexHeap}). While a message is under way it
 * loads every link of its path, the core's own way out and in included, with 1 / (hops + 2). The next one finds the sum {@code L} of the loads
 * on its path (its destination's way in excepted) and needs {@code max(sum of its hops, L * m / (hops + 1))}, with {@code m} the mean work that
 * the messages under way will cause at their destinations. A destination works on one message after the other.
 *
 * <p>Full links do not hold back a sender here: no case of the reference data has one.
 */
final class DetailedTiming {
    private static final int DIRECTIONS = SanafeChip.Direction.values().length;

    private final SanafeChip chip;
    private final int[] tileOf;
    /** Load by tile and direction. */
    private final double[] load;
    /** Load of the cores' ways out. */
    private final double[] loadOut;
    private final double[] busyUntil;
    private final int[] nextOf;
    private final IndexHeap sending = new IndexHeap();
    private final IndexHeap underWay = new IndexHeap();

    DetailedTiming(SanafeChip chip, int[] tileOf) {
        this.chip = chip;
        this.tileOf = tileOf;
        load = new double[chip.tiles().size() * DIRECTIONS];
        loadOut = new double[tileOf.length];
        busyUntil = new double[tileOf.length];
        nextOf = new int[tileOf.length];
    }

    /** @return seconds until the last core has done its last work */
    double time(Messages messages) {
        Arrays.fill(load, 0);
        Arrays.fill(loadOut, 0);
        Arrays.fill(busyUntil, 0);
        sending.clear();
        underWay.clear();
        double last = 0;
        for (int core = 0, m = 0; core < nextOf.length; core++) {
            nextOf[core] = m;
            queue(messages, core, 0);
            while (m < messages.count && messages.source[m] == core) {
                m++;
            }
        }
        int moving = 0;
        double work = 0;
        while (!sending.isEmpty()) {
            double now = sending.time();
            last = Math.max(last, now);
            int core = sending.poll();
            if (!sends(messages, core)) {
                continue;
            }
            while (!underWay.isEmpty() && underWay.time() <= now) {
                int done = underWay.poll();
                moving--;
                work = moving == 0 ? 0 : work - messages.receive[done];
                weigh(messages.source[done], messages.destination[done], -1);
            }
            int m = nextOf[core]++;
            int to = messages.destination[m];
            double received = Math.max(now + delay(core, to, moving == 0 ? 0 : work / moving), busyUntil[to]);
            busyUntil[to] = received + messages.receive[m];
            last = Math.max(last, busyUntil[to]);
            weigh(core, to, 1);
            underWay.add(received, m);
            moving++;
            work += messages.receive[m];
            queue(messages, core, now);
        }
        return last;
    }

    private boolean sends(Messages messages, int core) {
        return nextOf[core] < messages.count && messages.source[nextOf[core]] == core;
    }

    /** Queues a core's next message, or the end of its work behind the last one. */
    private void queue(Messages messages, int core, double now) {
        if (sends(messages, core)) {
            sending.add(now + messages.generation[nextOf[core]], core);
        } else if (messages.rest[core] > 0) {
            sending.add(now + messages.rest[core], core);
        }
    }

    private double delay(int from, int to, double meanWork) {
        double found = loadOut[from];
        double least = 0;
        int hops = 0;
        for (int tile = tileOf[from]; tile != tileOf[to];) {
            SanafeChip.Direction d = chip.next(tile, tileOf[to]);
            found += load[tile * DIRECTIONS + d.ordinal()];
            least += chip.tiles().get(tile).hopLatency()[d.ordinal()];
            hops++;
            tile = chip.neighbour(tile, d);
        }
        return Math.max(least, found * meanWork / (hops + 1));
    }

    /** Puts a message's load on its path, or takes it away. */
    private void weigh(int from, int to, int sign) {
        int a = tileOf[from];
        int b = tileOf[to];
        int hops = Math.abs(a / chip.height() - b / chip.height()) + Math.abs(a % chip.height() - b % chip.height());
        double share = sign / (hops + 2.0);
        loadOut[from] += share;
        for (int tile = a; tile != b;) {
            SanafeChip.Direction d = chip.next(tile, b);
            load[tile * DIRECTIONS + d.ordinal()] += share;
            tile = chip.neighbour(tile, d);
        }
    }
}
