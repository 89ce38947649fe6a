package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/**
 * A partition of a level that is being changed: for each net the cores it touches, so that a move changes the packets exactly and at once.
 *
 * <p>The cores of net e are {@code touched[e]} triples (core, its pins of e, the sum of their numbers) from {@code STRIDE * slotStart[e]} on,
 * in no order; the sum names the pin where there is only one. A good partition has two or three per net, so that looking one up is a walk
 * over a cache line.
 *
 * <p>Where memory allows, the gain of every move is kept as well (as in KaHyPar, Schlag et al., JEA 2023, section 5): {@code reach[v][c]}, the
 * rates of v's nets that touch core c, and {@code alone[v]}, the rates of those that v alone holds in its core. A proposal then costs three
 * reads, and only a net that enters or leaves a core is walked.
 */
final class PinTable {
    static final int STRIDE = 3;
    /** Entries of the gain table at most: 256 MiB. */
    private static final long GAINS_MAX = 1L << 26;

    final Level level;
    final int cores;
    final int[] capacity;
    /** By core, null if any core takes any vertex. */
    final int[] coreColour;
    final int[] part;
    final long[] load;
    final int[] slotStart;
    final int[] slots;
    final int[] touched;
    long packets;
    private final int[] reach;
    private final int[] alone;
    private final int[] incident;

    /**
     * @param problem capacities and colours of the cores
     * @param level   the hypergraph, at its finest or coarser
     * @param part    core by vertex, copied; cores beyond those of the problem may occur
     * @param gains   whether gains are to be kept where memory allows
     */
    PinTable(Problem problem, Level level, int[] part, boolean gains) {
        this.level = level;
        this.cores = Math.max(problem.cores(), Arrays.stream(part).max().orElse(0) + 1);
        this.capacity = new int[cores];
        Arrays.setAll(capacity, problem::capacity);
        this.coreColour = problem.coreColour();
        this.part = part.clone();
        load = new long[cores];
        touched = new int[level.nets()];
        slotStart = new int[level.nets() + 1];
        long rates = 0;
        for (int e = 0; e < level.nets(); e++) {
            slotStart[e + 1] = slotStart[e] + Math.min(cores, level.netStart[e + 1] - level.netStart[e]);
            rates += level.rate[e];
        }
        slots = new int[Math.multiplyExact(STRIDE, slotStart[level.nets()])];
        boolean kept = gains && (long) level.vertices() * cores <= GAINS_MAX && rates <= Integer.MAX_VALUE;
        reach = kept ? new int[level.vertices() * cores] : null;
        alone = kept ? new int[level.vertices()] : null;
        incident = kept ? new int[level.vertices()] : null;
        fill();
    }

    private void fill() {
        for (int v = 0; v < part.length; v++) {
            load[part[v]] += level.weight[v];
        }
        int[] seen = new int[cores];
        int[] at = new int[cores];
        Arrays.fill(seen, -1);
        for (int e = 0; e < touched.length; e++) {
            int base = STRIDE * slotStart[e];
            int n = 0;
            for (int i = level.netStart[e]; i < level.netStart[e + 1]; i++) {
                int c = part[level.pins[i]];
                if (seen[c] != e) {
                    seen[c] = e;
                    at[c] = base + STRIDE * n++;
                    slots[at[c]] = c;
                }
                slots[at[c] + 1]++;
                slots[at[c] + 2] += level.pins[i];
            }
            touched[e] = n;
            packets += (long) level.rate[e] * (n - 1);
            if (reach != null) {
                for (int i = level.netStart[e]; i < level.netStart[e + 1]; i++) {
                    int v = level.pins[i];
                    incident[v] += level.rate[e];
                    for (int s = base; s < base + STRIDE * n; s += STRIDE) {
                        reach[v * cores + slots[s]] += level.rate[e];
                    }
                    alone[v] += slots[at[part[v]] + 1] == 1 ? level.rate[e] : 0;
                }
            }
        }
    }

    /** @return change of packets if vertex {@code v} moved to core {@code to}, which is not its own */
    long delta(int v, int to) {
        if (reach != null) {
            return incident[v] - alone[v] - reach[v * cores + to];
        }
        int from = part[v];
        long delta = 0;
        for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
            int e = level.vertexNets[i];
            int at = STRIDE * slotStart[e];
            int end = at + STRIDE * touched[e];
            int change = 1;
            for (; at < end; at += STRIDE) {
                int c = slots[at];
                if (c == to || c == from && slots[at + 1] == 1) {
                    change--;
                }
            }
            delta += (long) level.rate[e] * change;
        }
        return delta;
    }

    /** Moves vertex {@code v} to core {@code to}, which is not its own. */
    void move(int v, int to) {
        int from = part[v];
        part[v] = to;
        load[from] -= level.weight[v];
        load[to] += level.weight[v];
        for (int i = level.vertexStart[v]; i < level.vertexStart[v + 1]; i++) {
            move(level.vertexNets[i], v, from, to);
        }
    }

    private void move(int e, int v, int from, int to) {
        int base = STRIDE * slotStart[e];
        int n = touched[e];
        int out = -1;
        int in = -1;
        for (int at = base; at < base + STRIDE * n; at += STRIDE) {
            if (slots[at] == from) {
                out = at;
            } else if (slots[at] == to) {
                in = at;
            }
        }
        int rate = level.rate[e];
        int left = --slots[out + 1];
        slots[out + 2] -= v;
        if (reach != null) {
            if (left == 0) {
                alone[v] -= rate;
                addToReach(e, from, -rate);
            } else if (left == 1) {
                alone[slots[out + 2]] += rate;
            }
            if (in < 0) {
                alone[v] += rate;
                addToReach(e, to, rate);
            } else if (slots[in + 1] == 1) {
                alone[slots[in + 2]] -= rate;
            }
        }
        if (in < 0) {
            in = left == 0 ? out : base + STRIDE * n;
            packets += left == 0 ? 0 : rate;
            touched[e] = left == 0 ? n : n + 1;
            slots[in] = to;
            slots[in + 1] = 1;
            slots[in + 2] = v;
            return;
        }
        slots[in + 1]++;
        slots[in + 2] += v;
        if (left == 0) {
            System.arraycopy(slots, base + STRIDE * (n - 1), slots, out, STRIDE);
            touched[e] = n - 1;
            packets -= rate;
        }
    }

    private void addToReach(int e, int core, int rate) {
        for (int i = level.netStart[e]; i < level.netStart[e + 1]; i++) {
            reach[level.pins[i] * cores + core] += rate;
        }
    }

    /** @return neurons over capacity, of all cores */
    long overload() {
        long over = 0;
        for (int c = 0; c < cores; c++) {
            over += Math.max(0, load[c] - capacity[c]);
        }
        return over;
    }
}
