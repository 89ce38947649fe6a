package org.axongrid.mapper.hypergraph.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.RandomHypergraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every strategy. */
class StrategiesTest {
    static List<PartitionStrategy> strategies() {
        return PartitionStrategy.ALL;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void noCoreIsTooFullAndNoneIsEmpty(PartitionStrategy strategy) {
        for (long seed = 1; seed <= 12; seed++) {
            Hypergraph g = RandomHypergraphs.of(seed);
            int capacity = g.largestWeight() + new Random(seed).nextInt(30) + 1;
            int[] part = strategy.partition(new Problem(g, null, capacity, 0), new Search(seed, 2, 0.1));
            PartitionMetrics m = PartitionMetrics.of(g, part);
            assertTrue(m.maxNeurons() <= capacity, strategy.id() + ", seed " + seed + ": " + m.maxNeurons() + " of " + capacity);
            assertEquals(m.cores(), PartitionMetrics.compact(part.clone()), strategy.id());
        }
    }

    /** A chain of dense layers, a core each at best. */
    private static Hypergraph layers(int layers, int width) {
        int nets = (layers - 1) * width;
        int[] weight = new int[layers * width];
        Arrays.fill(weight, 1);
        int[] rate = new int[nets];
        int[] start = new int[nets + 1];
        int[] pins = new int[nets * (width + 1)];
        for (int e = 0; e < nets; e++) {
            rate[e] = 1 + e % 7;
            start[e + 1] = (e + 1) * (width + 1);
            pins[start[e]] = e;
            for (int i = 0; i < width; i++) {
                pins[start[e] + 1 + i] = (e / width + 1) * width + i;
            }
        }
        return new Hypergraph(weight, rate, start, pins);
    }

    @Test
    void searchFindsLayersAndRepeatsItself() {
        Hypergraph g = layers(8, 20);
        Problem problem = new Problem(g, null, 20, 8);
        long best = PartitionMetrics.of(g, new SequentialStrategy("s", VertexOrder::file, false).partition(problem, null)).packets();
        for (String name : List.of("multilevel", "annealing", "auto")) {
            int[] part = PartitionStrategy.of(name).partition(problem, new Search(1, 1, 1));
            assertTrue(PartitionMetrics.of(g, part).packets() <= 1.3 * best, name);
            assertTrue(PartitionMetrics.of(g, part).cores() <= 8, name);
        }
        assertEquals(best, PartitionMetrics.of(g, new AutoStrategy().partition(problem, new Search(1, 2, 1))).packets());
    }

    /** Groups of vertices, each group dense in nets of its own, few nets between: only the groups are a good cut. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void spectralFindsHiddenGroups(long seed) {
        Random random = new Random(seed);
        int groups = 2 + random.nextInt(6);
        int size = 30 + random.nextInt(40);
        List<Integer> names = new ArrayList<>(IntStream.range(0, groups * size).boxed().toList());
        Collections.shuffle(names, random);
        int nets = 6 * groups * size;
        int[] rate = new int[nets];
        Arrays.fill(rate, 10);
        int[] start = new int[nets + 1];
        int[] pins = new int[4 * nets];
        int between = 0;
        for (int e = 0; e < nets; e++) {
            start[e + 1] = 4 * (e + 1);
            int group = random.nextInt(groups);
            int[] chosen = random.ints(0, size).distinct().limit(4).map(i -> names.get(group * size + i)).toArray();
            if (e % 30 == 0) {
                chosen[3] = names.get((group + 1) % groups * size + random.nextInt(size));
                between++;
            }
            System.arraycopy(chosen, 0, pins, 4 * e, 4);
        }
        int[] weight = new int[groups * size];
        Arrays.fill(weight, 1);
        Hypergraph g = new Hypergraph(weight, rate, start, pins);
        int[] part = new SpectralStrategy().partition(new Problem(g, null, size + 2, groups), new Search(seed, 1, 1));
        long packets = PartitionMetrics.of(g, part).packets();
        assertTrue(packets <= 10L * between + 10L * groups * 12, "seed " + seed + ": " + packets + ", groups cost " + 10 * between);
    }

    @Test
    void strategiesOfUsersAreFound() {
        assertTrue(PartitionStrategy.of("core-each") instanceof UserStrategy);
        assertEquals("no mapping strategy named 'core-eech'; did you mean 'core-each'?", assertThrows(InvalidInputException.class,
            () -> PartitionStrategy.of("core-eech")).getMessage().replaceFirst(" \\(known:.*", ""));
    }

    @Test
    void sameSeedSamePartition() {
        Hypergraph g = layers(6, 16);
        var settings = new Refinement.Settings(4, 2, 0.2, 0.02, 0.1, 0.15, 64);
        Problem problem = new Problem(g, null, 20, 0);
        int[] first = new Refinement(problem, settings, new Dice(5), Long.MAX_VALUE).fromScratch();
        assertArrayEquals(first, new Refinement(problem, settings, new Dice(5), Long.MAX_VALUE).fromScratch());
    }

    @Test
    void autoIsNoWorseThanWhatItIsGiven() {
        Hypergraph g = RandomHypergraphs.of(3);
        Problem problem = new Problem(g, null, g.largestWeight() + 10, 0);
        int[] known = new MultilevelStrategy().partition(problem, new Search(9, 1, 0.2));
        int[] part = new AutoStrategy().partition(problem, new Search(1, 1, 0.01), List.of(known));
        assertTrue(PartitionMetrics.of(g, part).packets() <= PartitionMetrics.of(g, known).packets());
    }

    @Test
    void whatCannotFitIsSaid() {
        Hypergraph g = layers(4, 10);
        assertEquals("40 neurons need at least 4 cores of 10, allowed are 3 (1 too few)",
            assertThrows(InvalidInputException.class, () -> new Problem(g, null, 10, 3)).getMessage());
        Hypergraph heavy = new Hypergraph(new int[] {3, 9}, new int[0], new int[1], new int[0]);
        assertEquals("vertex 2 has 9 neurons, the capacity of a core is 8 (1 too many)",
            assertThrows(InvalidInputException.class, () -> new Problem(heavy, null, 8, 0)).getMessage());
    }
}
