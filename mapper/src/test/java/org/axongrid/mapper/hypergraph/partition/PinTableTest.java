package org.axongrid.mapper.hypergraph.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.RandomHypergraphs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After any moves the running sum of packets, and what each move said that it would change, are those of the metrics. */
class PinTableTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void packetsStayExact(long seed) {
        Hypergraph g = RandomHypergraphs.of(seed);
        Random random = new Random(seed);
        int cores = 2 + random.nextInt(9);
        int[] part = random.ints(g.vertices(), 0, cores).toArray();
        Problem problem = new Problem(g, null, 100, Math.max(cores, g.fewestCores(100)));
        Level level = problem.level();
        PinTable kept = new PinTable(problem, level, part, true);
        PinTable walked = new PinTable(problem, level, part, false);
        for (int i = 0; i < 200; i++) {
            int v = random.nextInt(g.vertices());
            int to = random.nextInt(cores);
            if (to == kept.part[v]) {
                continue;
            }
            long before = PartitionMetrics.of(g, kept.part).packets();
            long delta = kept.delta(v, to);
            assertEquals(delta, walked.delta(v, to));
            kept.move(v, to);
            walked.move(v, to);
            long after = PartitionMetrics.of(g, kept.part).packets();
            assertEquals(after - before, delta);
            assertEquals(after, kept.packets);
            assertEquals(after, walked.packets);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCoarserLevelCostsTheSame(long seed) {
        Hypergraph g = RandomHypergraphs.of(seed);
        Level fine = Level.of(g);
        Level coarse = new Coarsening(fine, new int[g.vertices()], 12, new Dice(seed)).step();
        if (coarse == null) {
            return;
        }
        Random random = new Random(seed);
        int[] part = random.ints(coarse.vertices(), 0, 5).toArray();
        int[] below = new int[g.vertices()];
        for (int v = 0; v < below.length; v++) {
            below[v] = part[coarse.holder[v]];
        }
        assertEquals(PartitionMetrics.of(g, below).packets(), new PinTable(new Problem(g, null, 100, 0), coarse, part, true).packets);
    }
}
