package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/**
 * Simulated annealing on packets (Kirkpatrick, Gelatt, Vecchi, Science 1983; for partitions: Johnson et al., Operations Research 1989) with
 * the exact change of packets for each proposal. A vertex is proposed for a core that one of its nets touches already; where that core is
 * full, it is proposed to change places with a pin of the same net there.
 *
 * <p>Cores may be a little too full on the way, at a price per neuron; {@link #repair} ends that.
 */
final class Annealer {
    private static final int PARTNERS_TRIED = 4;
    /** One proposal in so many goes to any core, so that empty and far ones are found. */
    private static final int ANYWHERE = 256;

    private final PinTable table;
    private final Level level;
    private final Dice dice;
    private final int[] colour;
    private final int[] mark;
    private int stamp;
    /** Price of a neuron above capacity. */
    private double price;
    /** What a core may hold above its capacity, as a fraction of it. */
    double room;
    long accepted;

    /**
     * @param table  the partition
     * @param colour by vertex of the table's level, or null
     * @param dice   for proposals
     */
    Annealer(PinTable table, int[] colour, Dice dice) {
        this.table = table;
        this.colour = colour;
        this.level = table.level;
        this.dice = dice;
        mark = new int[level.nets()];
    }

    /**
     * @param proposals number of proposals
     * @param hot       temperature at the start, in packets
     * @param cold      temperature at the end
     * @param overPrice packets that a neuron above capacity costs; 0 if no core may take more than its capacity
     * @param deadline  {@code System.nanoTime()} at which it stops in any case
     */
    void run(long proposals, double hot, double cold, double overPrice, long deadline) {
        price = overPrice;
        int n = level.vertices();
        if (table.cores < 2 || level.nets() == 0) {
            return;
        }
        int batch = 4096;
        long batches = Math.max(1, proposals / batch);
        double cooling = Math.pow(cold / hot, 1.0 / batches);
        double temperature = hot;
        for (long b = 0; b < batches; b++) {
            for (int i = 0; i < batch; i++) {
                propose(dice.below(n), temperature);
            }
            temperature *= cooling;
            if ((b & 15) == 0 && System.nanoTime() > deadline) {
                return;
            }
        }
    }

    private void propose(int v, double temperature) {
        int first = level.vertexStart[v];
        int degree = level.vertexStart[v + 1] - first;
        if (degree == 0) {
            return;
        }
        int e = level.vertexNets[first + dice.below(degree)];
        int n = table.touched[e];
        int from = table.part[v];
        int to;
        long r = dice.next();
        if ((r & ANYWHERE - 1) == 0) {
            to = dice.below(table.cores);
        } else if (n == 1) {
            return;
        } else {
            int base = PinTable.STRIDE * table.slotStart[e];
            int pick = (int) ((r >>> 32) * n >>> 32);
            to = table.slots[base + PinTable.STRIDE * pick];
            if (to == from) {
                to = table.slots[base + PinTable.STRIDE * (pick + 1 == n ? 0 : pick + 1)];
            }
        }
        if (to == from || !takes(to, v)) {
            return;
        }
        double limit = temperature * dice.exponential();
        int w = level.weight[v];
        long over = table.load[to] + w - table.capacity[to];
        if (over > 0) {
            if (swap(v, e, to, limit)) {
                return;
            }
            if (price == 0 || over > room * table.capacity[to]) {
                return;
            }
        }
        double cost = price == 0 ? 0 : price * (extra(to, w) + extra(from, -w));
        if (table.delta(v, to) + cost <= limit) {
            table.move(v, to);
            accepted++;
        }
    }

    private boolean takes(int core, int v) {
        return colour == null || table.coreColour[core] == colour[v];
    }

    private double extra(int core, int weight) {
        long load = table.load[core] - table.capacity[core];
        return Math.max(0, load + weight) - Math.max(0, load);
    }

    /** Tries to exchange {@code v} with a pin of net {@code e} in core {@code to}. */
    private boolean swap(int v, int e, int to, double limit) {
        int u = -1;
        int first = level.netStart[e];
        int size = level.netStart[e + 1] - first;
        for (int i = 0; i < PARTNERS_TRIED && u < 0; i++) {
            int pin = level.pins[first + dice.below(size)];
            u = table.part[pin] == to ? pin : -1;
        }
        if (u < 0) {
            return false;
        }
        int from = table.part[v];
        int more = level.weight[v] - level.weight[u];
        double cost = 0;
        if (more > 0 && table.load[to] + more > table.capacity[to] || more < 0 && table.load[from] - more > table.capacity[from]) {
            if (price == 0) {
                return false;
            }
            cost = price * (extra(to, more) + extra(from, -more));
        }
        // Without what the two share: never more than the true change.
        double bound = table.delta(v, to) + cost;
        bound += table.delta(u, from);
        if (bound > limit || bound + shared(v, u, from, to) > limit) {
            return false;
        }
        table.move(v, to);
        table.move(u, from);
        accepted++;
        return true;
    }

    /** What the two moves of an exchange gain in nets of both vertices when looked at one by one, and do not gain together. */
    private long shared(int v, int u, int from, int to) {
        stamp++;
        for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
            mark[level.vertexNets[i]] = stamp;
        }
        long sum = 0;
        for (int i = level.vertexStart[u]; i < level.vertexStart[u + 1]; i++) {
            int e = level.vertexNets[i];
            if (mark[e] == stamp) {
                int first = PinTable.STRIDE * table.slotStart[e];
                for (int at = first; at < first + PinTable.STRIDE * table.touched[e]; at += PinTable.STRIDE) {
                    int c = table.slots[at];
                    if ((c == from || c == to) && table.slots[at + 1] == 1) {
                        sum += level.rate[e];
                    }
                }
            }
        }
        return sum;
    }

    /**
     * Moves vertices out of cores that are too full, each time the one that costs the fewest packets per neuron, until none is or nothing
     * fits any more.
     *
     * @return whether all cores keep their capacity
     */
    boolean repair() {
        for (int core = 0; core < table.cores; core++) {
            if (table.load[core] <= table.capacity[core]) {
                continue;
            }
            int[] members = members(core);
            while (table.load[core] > table.capacity[core] && relieve(core, members)) {
                accepted++;
            }
        }
        return table.overload() == 0;
    }

    private boolean relieve(int core, int[] members) {
        int bestV = -1;
        int bestTo = -1;
        double best = Double.MAX_VALUE;
        for (int v : members) {
            int w = level.weight[v];
            if (table.part[v] != core || w == 0) {
                continue;
            }
            double relieved = Math.min(w, table.load[core] - table.capacity[core]);
            for (int to = 0; to < table.cores; to++) {
                if (to != core && table.load[to] + w <= table.capacity[to] && takes(to, v)) {
                    double cost = (table.delta(v, to) + 1e-3 * w) / relieved;
                    if (cost < best) {
                        best = cost;
                        bestV = v;
                        bestTo = to;
                    }
                }
            }
        }
        if (bestV >= 0) {
            table.move(bestV, bestTo);
        }
        return bestV >= 0;
    }

    private int[] members(int core) {
        int[] members = new int[level.vertices()];
        int n = 0;
        for (int v = 0; v < members.length; v++) {
            if (table.part[v] == core) {
                members[n++] = v;
            }
        }
        return Arrays.copyOf(members, n);
    }
}
