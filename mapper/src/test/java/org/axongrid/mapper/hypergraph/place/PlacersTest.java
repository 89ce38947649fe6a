package org.axongrid.mapper.hypergraph.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.PartitionMetrics;
import org.axongrid.mapper.hypergraph.PlacementMetrics;
import org.axongrid.mapper.hypergraph.RandomHypergraphs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every placer. */
class PlacersTest {
    static List<CorePlacer> placers() {
        return CorePlacer.ALL;
    }

    private static CoreTraffic traffic(long seed) {
        Hypergraph g = RandomHypergraphs.of(seed);
        int[] part = new Random(seed).ints(g.vertices(), 0, 12).toArray();
        int cores = PartitionMetrics.compact(part);
        return CoreTraffic.of(g, part, cores);
    }

    @ParameterizedTest
    @MethodSource("placers")
    void eachCoreHasATileOfItsOwn(CorePlacer placer) {
        for (long seed = 1; seed <= 20; seed++) {
            CoreTraffic traffic = traffic(seed);
            for (Mesh mesh : List.of(new Mesh(12, 1), new Mesh(1, 13), new Mesh(4, 3), new Mesh(5, 4))) {
                int[] tile = placer.place(traffic, mesh, seed, 0.02);
                assertEquals(traffic.cores(), tile.length);
                assertEquals(tile.length, Arrays.stream(tile).distinct().count(), placer.id() + ", seed " + seed + ", " + mesh);
                assertTrue(Arrays.stream(tile).allMatch(t -> t >= 0 && t < mesh.tiles()));
            }
        }
    }

    @Test
    void anExchangeSaysWhatItChanges() {
        for (long seed = 1; seed <= 30; seed++) {
            CoreTraffic traffic = traffic(seed);
            Mesh mesh = new Mesh(4, 4);
            int[] tile = new CurvePlacer(true).place(traffic, mesh, seed, 0);
            Layout layout = new Layout(traffic.symmetric(), mesh, tile);
            Random random = new Random(seed);
            for (int i = 0; i < 50; i++) {
                int a = random.nextInt(16);
                int b = (a + 1 + random.nextInt(15)) % 16;
                long before = layout.hopPackets();
                long delta = layout.delta(a, b);
                layout.exchange(a, b);
                assertEquals(before + delta, layout.hopPackets());
                assertEquals(PlacementMetrics.of(traffic, layout.tiles(), mesh).hopPackets(), layout.hopPackets());
            }
        }
    }

    /** A ring of cores has a placement in which each packet takes one hop. */
    @Test
    void aRingFitsTheMesh() {
        int n = 16;
        int[] start = new int[n + 1];
        int[] to = new int[n];
        long[] packets = new long[n];
        for (int c = 0; c < n; c++) {
            start[c + 1] = c + 1;
            to[c] = (c + 1) % n;
            packets[c] = 10;
        }
        CoreTraffic ring = new CoreTraffic(start, to, packets);
        Mesh mesh = new Mesh(4, 4);
        assertEquals(160, PlacementMetrics.of(ring, new AutoPlacer().place(ring, mesh, 1, 1), mesh).hopPackets());
    }
}
