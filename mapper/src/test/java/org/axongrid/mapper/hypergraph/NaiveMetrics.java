package org.axongrid.mapper.hypergraph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The metrics word by word from their definitions, slowly. */
final class NaiveMetrics {
    final Map<Integer, Long> neurons = new HashMap<>();
    final Map<Integer, Long> in = new HashMap<>();
    final Map<Integer, Long> out = new HashMap<>();
    final Map<Integer, Long> synapses = new HashMap<>();
    long packets;
    long local;
    long cut;
    long unicast;
    long hops;

    NaiveMetrics(Hypergraph g, int[] part, int[] tile, Mesh mesh) {
        for (int v = 0; v < g.vertices(); v++) {
            neurons.merge(part[v], (long) g.weight(v), Long::sum);
        }
        for (int e = 0; e < g.nets(); e++) {
            int home = part[g.source(e)];
            long n = g.weight(g.source(e));
            Set<Integer> reached = new HashSet<>();
            for (int i = g.netStart(e) + 1; i < g.netStart(e + 1); i++) {
                int core = part[g.pin(i)];
                reached.add(core);
                synapses.merge(core, n * g.weight(g.pin(i)), Long::sum);
                unicast += core == home ? 0 : (long) g.rate(e) * g.weight(g.pin(i));
            }
            reached.forEach(core -> in.merge(core, n, Long::sum));
            local += reached.remove(home) ? g.rate(e) : 0;
            packets += (long) g.rate(e) * reached.size();
            cut += reached.isEmpty() ? 0 : g.rate(e);
            out.merge(home, n * reached.size(), Long::sum);
            for (int core : reached) {
                int dx = Math.abs(tile[core] % mesh.width() - tile[home] % mesh.width());
                int dy = Math.abs(tile[core] / mesh.width() - tile[home] / mesh.width());
                hops += (long) g.rate(e) * (dx + dy);
            }
        }
    }

    static long max(Map<Integer, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    static long sum(Map<Integer, Long> values) {
        return values.values().stream().mapToLong(Long::longValue).sum();
    }
}
