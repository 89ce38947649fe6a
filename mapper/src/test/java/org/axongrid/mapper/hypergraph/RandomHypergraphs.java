package org.axongrid.mapper.hypergraph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small random hypergraphs: empty nets, sources among their targets, several nets of a source, vertices and rates of 0. */
public final class RandomHypergraphs {
    private RandomHypergraphs() { }

    /** @return a hypergraph of up to 60 vertices */
    public static Hypergraph of(long seed) {
        Random random = new Random(seed);
        int vertices = 1 + random.nextInt(60);
        int nets = random.nextInt(80);
        int[] weight = new int[vertices];
        for (int v = 0; v < vertices; v++) {
            weight[v] = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(9);
        }
        int[] rate = new int[nets];
        int[] start = new int[nets + 1];
        List<Integer> pins = new ArrayList<>();
        for (int e = 0; e < nets; e++) {
            rate[e] = random.nextInt(5) == 0 ? 0 : random.nextInt(1000);
            pins.add(random.nextInt(vertices));
            int targets = random.nextInt(8);
            for (int i = 0; i < targets; i++) {
                pins.add(random.nextInt(vertices));
            }
            start[e + 1] = pins.size();
        }
        return new Hypergraph(weight, rate, start, pins.stream().mapToInt(Integer::intValue).toArray());
    }

    /** @return its text in hMETIS format */
    public static String text(Hypergraph g) {
        StringBuilder text = new StringBuilder("% made at random\n").append(g.nets()).append(' ').append(g.vertices()).append(" 11\n");
        for (int e = 0; e < g.nets(); e++) {
            text.append(g.rate(e));
            for (int i = g.netStart(e); i < g.netStart(e + 1); i++) {
                text.append(' ').append(g.pin(i) + 1);
            }
            text.append('\n');
        }
        for (int v = 0; v < g.vertices(); v++) {
            text.append(g.weight(v)).append('\n');
        }
        return text.toString();
    }
}
