package org.axongrid.mapper.hypergraph.place;

import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/** All quick placers and annealing with several seeds, and the best of them. */
final class AutoPlacer implements CorePlacer {
    private static final int RUNS = 3;

    @Override
    public String id() {
        return "auto";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        int[] best = bestQuick(traffic, mesh, seed, seconds / 8);
        CoreTraffic both = traffic.symmetric();
        long least = new Layout(both, mesh, best).hopPackets();
        int[] start = best;
        for (int i = 0; i < RUNS; i++) {
            int[] tile = AnnealingPlacer.improve(traffic, mesh, start, seed + i, seconds * 0.875 / RUNS);
            long hops = new Layout(both, mesh, tile).hopPackets();
            if (hops < least) {
                least = hops;
                best = tile;
            }
        }
        return best;
    }

    static int[] bestQuick(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        CoreTraffic both = traffic.symmetric();
        int[] best = null;
        long least = Long.MAX_VALUE;
        for (CorePlacer placer : ALL) {
            if (placer instanceof AnnealingPlacer || placer instanceof AutoPlacer) {
                continue;
            }
            int[] tile = placer.place(traffic, mesh, seed, seconds);
            long hops = new Layout(both, mesh, tile).hopPackets();
            if (hops < least) {
                least = hops;
                best = tile;
            }
        }
        return best;
    }
}
