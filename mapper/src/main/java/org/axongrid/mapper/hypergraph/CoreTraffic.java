package org.axongrid.mapper.hypergraph;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Packets between cores, as sparse rows: core a sends {@code packets[i]} to core {@code to[i]} for i in {@code start[a] .. start[a+1]-1}.
 *
 * @param start   by core: its first entry; one more than cores
 * @param to      receiving core, ascending within a row
 * @param packets packets in the observed time
 */
public record CoreTraffic(int[] start, int[] to, long[] packets) {
    private static final long ABSENT = -1;

    /** @return number of cores */
    public int cores() {
        return start.length - 1;
    }

    /** @return packets of all pairs */
    public long total() {
        return Arrays.stream(packets).sum();
    }

    /**
     * @param graph the hypergraph
     * @param part  core by vertex
     * @param cores number of cores
     * @return the packets between them
     */
    public static CoreTraffic of(Hypergraph graph, int[] part, int cores) {
        Long2LongHashMap sums = new Long2LongHashMap(ABSENT);
        int[] seen = new int[cores];
        Arrays.fill(seen, -1);
        for (int e = 0; e < graph.nets(); e++) {
            int from = part[graph.source(e)];
            seen[from] = e;
            for (int i = graph.netStart(e) + 1; i < graph.netStart(e + 1); i++) {
                int to = part[graph.pin(i)];
                if (seen[to] != e) {
                    seen[to] = e;
                    add(sums, from, to, graph.rate(e));
                }
            }
        }
        return rows(sums, cores);
    }

    /** @return the sum of both directions, in both rows */
    public CoreTraffic symmetric() {
        Long2LongHashMap sums = new Long2LongHashMap(ABSENT);
        for (int a = 0; a < cores(); a++) {
            for (int i = start[a]; i < start[a + 1]; i++) {
                add(sums, a, to[i], packets[i]);
                add(sums, to[i], a, packets[i]);
            }
        }
        return rows(sums, cores());
    }

    private static void add(Long2LongHashMap sums, int from, int to, long packets) {
        long key = (long) from << 32 | to;
        long known = sums.get(key);
        sums.put(key, known == ABSENT ? packets : known + packets);
    }

    private static CoreTraffic rows(Long2LongHashMap sums, int cores) {
        long[] keys = new long[sums.size()];
        int n = 0;
        for (var i = sums.keySet().iterator(); i.hasNext();) {
            keys[n++] = i.nextValue();
        }
        Arrays.sort(keys);
        int[] start = new int[cores + 1];
        int[] to = new int[n];
        long[] packets = new long[n];
        for (int i = 0; i < n; i++) {
            start[(int) (keys[i] >>> 32) + 1]++;
            to[i] = (int) keys[i];
            packets[i] = sums.get(keys[i]);
        }
        for (int c = 0; c < cores; c++) {
            start[c + 1] += start[c];
        }
        return new CoreTraffic(start, to, packets);
    }
}
