package org.axongrid.mapper.hypergraph.place;

import java.util.Arrays;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/**
 * From a Hilbert curve: in each round every pair of neighbouring tiles says what an exchange would gain, and the pairs in the upper third
 * are exchanged as long as that still gains, until no pair does (after Jin et al., ASPLOS 2023, who take 30 %).
 */
final class ForceDirectedPlacer implements CorePlacer {
    private static final double SHARE = 0.3;
    private static final int ROUNDS_MAX = 100_000;

    @Override
    public String id() {
        return "force-directed";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        long deadline = System.nanoTime() + (long) (seconds * 1e9);
        int[] start = new CurvePlacer(true).place(traffic, mesh, seed, seconds);
        Layout layout = new Layout(traffic.symmetric(), mesh, start);
        int pairs = mesh.links() / 2;
        int[] first = new int[pairs];
        int[] second = new int[pairs];
        int n = 0;
        for (int t = 0; t < mesh.tiles(); t++) {
            if (t % mesh.width() + 1 < mesh.width()) {
                first[n] = t;
                second[n++] = t + 1;
            }
            if (t + mesh.width() < mesh.tiles()) {
                first[n] = t;
                second[n++] = t + mesh.width();
            }
        }
        long[] gain = new long[pairs];
        for (int round = 0; round < ROUNDS_MAX && System.nanoTime() < deadline; round++) {
            int gaining = 0;
            for (int i = 0; i < pairs; i++) {
                gain[i] = -layout.delta(first[i], second[i]);
                gaining += gain[i] > 0 ? 1 : 0;
            }
            if (gaining == 0) {
                break;
            }
            long[] sorted = Arrays.stream(gain).filter(g -> g > 0).sorted().toArray();
            long least = sorted[sorted.length - Math.max(1, (int) (SHARE * sorted.length))];
            for (int i = 0; i < pairs; i++) {
                if (gain[i] >= least && layout.delta(first[i], second[i]) < 0) {
                    layout.exchange(first[i], second[i]);
                }
            }
        }
        return layout.tiles();
    }
}
