package org.axongrid.mapper.hypergraph.place;

import java.util.SplittableRandom;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/**
 * Simulated annealing: exchanges the cores of two tiles, one of which may be empty, no farther apart than a range that shrinks so that
 * about half of the proposals are accepted (Betz and Rose, VPR, FPL 1997); in the end exchanges any pair as long as one gains. It starts
 * from the best of the quick placers.
 */
final class AnnealingPlacer implements CorePlacer {
    private static final double ACCEPTED = 0.44;
    private static final int BATCHES = 400;
    /** Temperature at the end, relative to the start. */
    private static final double COLD = 2e-4;
    /** The last batch starts no later than after 1/n of the time. */
    private static final double SLOWEST = 1.15;
    /** Nanoseconds of a proposal, and of each core that one of the two has packets with. */
    private static final double PROPOSAL_NS = 40;
    private static final double NEIGHBOUR_NS = 3;

    @Override
    public String id() {
        return "annealing";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        int[] start = AutoPlacer.bestQuick(traffic, mesh, seed, seconds / 4);
        return improve(traffic, mesh, start, seed, seconds);
    }

    static int[] improve(CoreTraffic traffic, Mesh mesh, int[] start, long seed, double seconds) {
        long deadline = System.nanoTime() + (long) (seconds * 1e9);
        CoreTraffic both = traffic.symmetric();
        Layout layout = new Layout(both, mesh, start);
        if (traffic.cores() < 2 || mesh.tiles() < 2) {
            return start;
        }
        int n = traffic.cores();
        SplittableRandom random = new SplittableRandom(seed);
        double perProposal = PROPOSAL_NS + NEIGHBOUR_NS * 2 * both.to().length / n;
        long batch = Math.max(1, (long) (0.7e9 * seconds / perProposal / BATCHES));
        double unit = 0;
        for (int i = 0; i < 200; i++) {
            unit += Math.abs(layout.delta(random.nextInt(mesh.tiles()), random.nextInt(mesh.tiles()))) / 200.0;
        }
        double hot = 0.5 * unit;
        long begun = System.nanoTime();
        double range = Math.max(mesh.width(), mesh.height());
        // On a slow or busy machine batches are left out, so that it still ends cold.
        for (int b = 0; b < BATCHES; b = Math.max(b + 1, (int) (BATCHES * SLOWEST * (System.nanoTime() - begun) * 1e-9 / seconds))) {
            double temperature = hot * Math.pow(COLD, (double) b / BATCHES);
            long accepted = 0;
            for (long i = 0; i < batch; i++) {
                int core = random.nextInt(n);
                int reach = (int) Math.max(1, range);
                int from = layout.tile[core];
                int x = from % mesh.width() + random.nextInt(2 * reach + 1) - reach;
                int y = from / mesh.width() + random.nextInt(2 * reach + 1) - reach;
                if (x < 0 || y < 0 || x >= mesh.width() || y >= mesh.height()) {
                    continue;
                }
                int to = y * mesh.width() + x;
                if (from == to) {
                    continue;
                }
                long delta = layout.delta(from, to);
                if (delta <= 0 || random.nextDouble() < Math.exp(-delta / temperature)) {
                    layout.exchange(from, to);
                    accepted++;
                }
            }
            range = Math.max(1, Math.min(Math.max(mesh.width(), mesh.height()), range * (1 - ACCEPTED + (double) accepted / batch)));
        }
        layout.descend(deadline);
        Layout before = new Layout(both, mesh, start);
        return layout.hopPackets() <= before.hopPackets() ? layout.tiles() : start;
    }
}
