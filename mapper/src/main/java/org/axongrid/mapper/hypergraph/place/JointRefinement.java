package org.axongrid.mapper.hypergraph.place;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.Mesh;

/**
 * Refines partition and placement together on hop-weighted packets: anneals vertices between placed cores, with the exact change of
 * hop-weighted packets for each proposal, then the placement for the new traffic, and so on in turns. Packets alone may rise by it.
 */
public final class JointRefinement {
    private static final int TURNS = 4;
    private static final double VERTEX_SHARE = 0.7;
    private static final double HOT = 0.15;
    private static final double COLD = 0.01;
    private static final int BATCH = 1024;
    private static final double NS_PER_NET = 25;

    private final Hypergraph graph;
    private final Mesh mesh;
    private final int capacity;
    private final SplittableRandom random;
    private final TargetTable table;
    private final long[] load;
    private final int[] tile;

    /**
     * What came out.
     *
     * @param part core by vertex
     * @param tile tile by core
     */
    public record Result(int[] part, int[] tile) { }

    private JointRefinement(Hypergraph graph, int capacity, Mesh mesh, Result start, long seed) {
        this.graph = graph;
        this.capacity = capacity;
        this.mesh = mesh;
        tile = start.tile().clone();
        random = new SplittableRandom(seed);
        load = new long[tile.length];
        table = new TargetTable(graph, start.part().clone(), tile.length);
        for (int v = 0; v < graph.vertices(); v++) {
            load[table.part[v]] += graph.weight(v);
        }
    }

    /**
     * @param graph    the hypergraph
     * @param capacity neurons per core, which the start keeps
     * @param mesh     the mesh
     * @param start    a partition and its placement
     * @param seed     of all that is random
     * @param seconds  time
     * @return the best found, the start if nothing is better
     */
    public static Result refine(Hypergraph graph, int capacity, Mesh mesh, Result start, long seed, double seconds) {
        Result best = start;
        long least = hops(graph, mesh, start);
        long deadline = System.nanoTime() + (long) (seconds * 1e9);
        for (int turn = 0; turn < TURNS && System.nanoTime() < deadline; turn++) {
            double share = seconds / TURNS;
            JointRefinement refinement = new JointRefinement(graph, capacity, mesh, best, seed + turn);
            refinement.anneal(share * VERTEX_SHARE, HOT / (1 + turn));
            int[] part = refinement.table.part;
            CoreTraffic traffic = CoreTraffic.of(graph, part, refinement.tile.length);
            int[] placed = AnnealingPlacer.improve(traffic, mesh, refinement.tile, seed + turn, share * (1 - VERTEX_SHARE));
            Result found = new Result(part, placed);
            long hops = hops(graph, mesh, found);
            if (hops < least) {
                least = hops;
                best = found;
            }
        }
        return best;
    }

    private static long hops(Hypergraph graph, Mesh mesh, Result r) {
        return new Layout(CoreTraffic.of(graph, r.part(), r.tile().length).symmetric(), mesh, r.tile()).hopPackets();
    }

    private void anneal(double seconds, double hot) {
        int n = graph.vertices();
        double rates = 0;
        for (int e = 0; e < graph.nets(); e++) {
            rates += graph.rate(e);
        }
        double unit = Math.max(1e-3, rates / n);
        double perProposal = 60 + NS_PER_NET * graph.pins() / n;
        long batches = Math.max(1, (long) (seconds * 1e9 / perProposal / BATCH));
        long begun = System.nanoTime();
        // On a slow or busy machine batches are left out, so that it still ends cold.
        for (long b = 0; b < batches; b = Math.max(b + 1, (long) (batches * (System.nanoTime() - begun) * 1e-9 / seconds))) {
            double temperature = hot * unit * Math.pow(COLD / hot, (double) b / batches);
            for (int i = 0; i < BATCH; i++) {
                propose(random.nextInt(n), temperature);
            }
        }
    }

    private void propose(int v, double temperature) {
        int e = table.anyNet(v, random);
        if (e < 0) {
            return;
        }
        int from = table.part[v];
        int to = table.anyCore(e, random);
        if (to == from) {
            return;
        }
        double limit = -temperature * Math.log(1 - random.nextDouble());
        int w = graph.weight(v);
        long delta = delta(v, to);
        if (load[to] + w <= capacity) {
            if (delta <= limit) {
                move(v, to);
            }
            return;
        }
        int size = graph.netStart(e + 1) - graph.netStart(e);
        int u = graph.pin(graph.netStart(e) + random.nextInt(size));
        if (table.part[u] != to || u == v) {
            return;
        }
        int more = w - graph.weight(u);
        if (load[to] + more > capacity || load[from] - more > capacity) {
            return;
        }
        move(v, to);
        long both = delta + delta(u, from);
        if (both <= limit) {
            move(u, from);
        } else {
            move(v, from);
        }
    }

    private void move(int v, int to) {
        load[table.part[v]] -= graph.weight(v);
        load[to] += graph.weight(v);
        table.move(v, to);
    }

    /** @return change of hop-weighted packets if the vertex moved */
    private long delta(int v, int to) {
        int from = table.part[v];
        long delta = 0;
        for (int i = table.inStart[v]; i < table.inStart[v + 1]; i++) {
            int e = table.in[i];
            int home = table.part[graph.source(e)];
            long change = 0;
            if (table.count(e, to) == 0) {
                change += mesh.distance(tile[home], tile[to]);
            }
            if (table.count(e, from) == 1) {
                change -= mesh.distance(tile[home], tile[from]);
            }
            delta += graph.rate(e) * change;
        }
        for (int i = table.outStart[v]; i < table.outStart[v + 1]; i++) {
            int e = table.out[i];
            long change = 0;
            for (int s = table.slotStart[e]; s < table.slotStart[e] + table.touched[e]; s++) {
                int core = table.slotCore[s];
                change += mesh.distance(tile[to], tile[core]) - mesh.distance(tile[from], tile[core]);
            }
            delta += graph.rate(e) * change;
        }
        return delta;
    }

    /** By net: the cores that hold a target and how many of them; the source itself is none. */
    private static final class TargetTable {
        private final int[] part;
        private final int[] inStart;
        private final int[] in;
        private final int[] outStart;
        private final int[] out;
        private final int[] slotStart;
        private final int[] slotCore;
        private final int[] slotCount;
        private final int[] touched;

        TargetTable(Hypergraph graph, int[] part, int cores) {
            this.part = part;
            int n = graph.vertices();
            inStart = new int[n + 1];
            outStart = new int[n + 1];
            int[] seen = new int[n];
            Arrays.fill(seen, -1);
            slotStart = new int[graph.nets() + 1];
            for (int e = 0; e < graph.nets(); e++) {
                outStart[graph.source(e) + 1]++;
                seen[graph.source(e)] = e;
                int targets = 0;
                for (int i = graph.netStart(e) + 1; i < graph.netStart(e + 1); i++) {
                    int v = graph.pin(i);
                    if (seen[v] != e) {
                        seen[v] = e;
                        inStart[v + 1]++;
                        targets++;
                    }
                }
                slotStart[e + 1] = slotStart[e] + Math.min(targets, cores);
            }
            for (int v = 0; v < n; v++) {
                inStart[v + 1] += inStart[v];
                outStart[v + 1] += outStart[v];
            }
            in = new int[inStart[n]];
            out = new int[outStart[n]];
            slotCore = new int[slotStart[graph.nets()]];
            slotCount = new int[slotCore.length];
            touched = new int[graph.nets()];
            int[] inFill = inStart.clone();
            int[] outFill = outStart.clone();
            Arrays.fill(seen, -1);
            for (int e = 0; e < graph.nets(); e++) {
                int source = graph.source(e);
                out[outFill[source]++] = e;
                seen[source] = e;
                for (int i = graph.netStart(e) + 1; i < graph.netStart(e + 1); i++) {
                    int v = graph.pin(i);
                    if (seen[v] != e) {
                        seen[v] = e;
                        in[inFill[v]++] = e;
                        add(e, part[v]);
                    }
                }
            }
        }

        /** @return a net of the vertex, -1 if it has none */
        int anyNet(int v, SplittableRandom random) {
            int ins = inStart[v + 1] - inStart[v];
            int outs = outStart[v + 1] - outStart[v];
            if (ins + outs == 0) {
                return -1;
            }
            // The own net decides as much as all that come in.
            boolean own = outs > 0 && (ins == 0 || random.nextInt(4) == 0);
            return own ? out[outStart[v] + random.nextInt(outs)] : in[inStart[v] + random.nextInt(ins)];
        }

        /** @return a core that holds a target of the net */
        int anyCore(int e, SplittableRandom random) {
            return touched[e] == 0 ? part[0] : slotCore[slotStart[e] + random.nextInt(touched[e])];
        }

        int count(int e, int core) {
            int at = find(e, core);
            return at < 0 ? 0 : slotCount[at];
        }

        void move(int v, int to) {
            int from = part[v];
            part[v] = to;
            for (int i = inStart[v]; i < inStart[v + 1]; i++) {
                int e = in[i];
                int at = find(e, from);
                if (--slotCount[at] == 0) {
                    int last = slotStart[e] + --touched[e];
                    slotCore[at] = slotCore[last];
                    slotCount[at] = slotCount[last];
                }
                add(e, to);
            }
        }

        private void add(int e, int core) {
            int at = find(e, core);
            if (at >= 0) {
                slotCount[at]++;
            } else {
                int last = slotStart[e] + touched[e]++;
                slotCore[last] = core;
                slotCount[last] = 1;
            }
        }

        private int find(int e, int core) {
            for (int s = slotStart[e]; s < slotStart[e] + touched[e]; s++) {
                if (slotCore[s] == core) {
                    return s;
                }
            }
            return -1;
        }
    }
}
