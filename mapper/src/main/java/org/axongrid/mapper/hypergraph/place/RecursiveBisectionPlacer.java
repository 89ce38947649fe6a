package org.axongrid.mapper.hypergraph.place;

import java.util.Arrays;
import java.util.Random;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Mesh;

/**
 * Dual recursive bisection (Pellegrini, 1994): halves the mesh across its longer side and the cores with it, so that few packets cross, and
 * goes on in both halves. Cores outside pull towards the half that is nearer to them.
 */
final class RecursiveBisectionPlacer implements CorePlacer {
    private static final int STARTS = 8;
    private static final int PASSES = 20;

    /** Entries of the traffic looked at on a level of the recursion at most, for each start. */
    private static final double WORK = 4e7;
    /** With more cores than that there is one start, their order. */
    private static final int CORES_MANY = 2000;

    @Override
    public String id() {
        return "recursive-bisection";
    }

    @Override
    public int[] place(CoreTraffic traffic, Mesh mesh, long seed, double seconds) {
        int[] cores = new int[traffic.cores()];
        Arrays.setAll(cores, c -> c);
        Halving halving = new Halving(traffic.symmetric(), mesh, new Random(seed));
        halving.split(cores, 0, 0, mesh.width(), mesh.height());
        return halving.tile;
    }

    /** The recursion's state. */
    private static final class Halving {
        private final CoreTraffic both;
        private final Mesh mesh;
        private final Random random;
        private final int[] tile;
        private final double[] centreX;
        private final double[] centreY;
        private final int[] side;

        Halving(CoreTraffic both, Mesh mesh, Random random) {
            this.both = both;
            this.mesh = mesh;
            this.random = random;
            int n = both.cores();
            tile = new int[n];
            centreX = new double[n];
            centreY = new double[n];
            side = new int[n];
            Arrays.fill(centreX, 0.5 * mesh.width());
            Arrays.fill(centreY, 0.5 * mesh.height());
            Arrays.fill(side, -1);
        }

        void split(int[] cores, int x, int y, int width, int height) {
            if (cores.length == 0) {
                return;
            }
            for (int c : cores) {
                centreX[c] = x + 0.5 * width;
                centreY[c] = y + 0.5 * height;
            }
            if (width * height == 1) {
                tile[cores[0]] = y * mesh.width() + x;
                return;
            }
            boolean across = width >= height;
            int half = (across ? width : height) / 2;
            int tiles = half * (across ? height : width);
            int rest = width * height - tiles;
            // Empty tiles are shared out as tiles are.
            int first = (int) Math.min(tiles, Math.max(cores.length - rest, Math.round((double) cores.length * tiles / (width * height))));
            int[] best = null;
            double least = Double.MAX_VALUE;
            int starts = side.length > CORES_MANY ? 1 : STARTS;
            for (int s = 0; s < starts; s++) {
                double cut = halve(cores, first, across, x + (across ? half : 0), y + (across ? 0 : half), s == 0);
                if (cut < least) {
                    least = cut;
                    best = Arrays.stream(cores).map(c -> side[c]).toArray();
                }
            }
            int[] low = new int[first];
            int[] high = new int[cores.length - first];
            int l = 0;
            int h = 0;
            for (int i = 0; i < cores.length; i++) {
                if (best[i] == 0) {
                    low[l++] = cores[i];
                } else {
                    high[h++] = cores[i];
                }
                side[cores[i]] = -1;
            }
            split(low, x, y, across ? half : width, across ? height : half);
            split(high, across ? x + half : x, across ? y : y + half, across ? width - half : width, across ? height : height - half);
        }

        /** Exchanges pairs across the cut as long as one gains. @return what crosses in the end */
        private double halve(int[] cores, int first, boolean across, int cutX, int cutY, boolean inOrder) {
            int[] order = cores.clone();
            for (int i = order.length - 1; i > 0 && !inOrder; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int i = 0; i < order.length; i++) {
                side[order[i]] = i < first ? 0 : 1;
            }
            double[] gain = new double[cores.length];
            long entries = 1;
            for (int c : cores) {
                entries += both.start()[c + 1] - both.start()[c];
            }
            // A pass looks at all packets for one exchange; with thousands of cores only the best exchanges are worth that.
            long most = Math.min((long) PASSES * cores.length, (long) (WORK / entries * cores.length / side.length));
            for (int pass = 0; pass < most; pass++) {
                int bestLow = -1;
                int bestHigh = -1;
                for (int i = 0; i < cores.length; i++) {
                    gain[i] = gain(cores[i], across, cutX, cutY);
                    if (side[cores[i]] == 0) {
                        bestLow = bestLow < 0 || gain[i] > gain[bestLow] ? i : bestLow;
                    } else {
                        bestHigh = bestHigh < 0 || gain[i] > gain[bestHigh] ? i : bestHigh;
                    }
                }
                if (bestLow < 0 || bestHigh < 0
                    || gain[bestLow] + gain[bestHigh] - 2 * between(cores[bestLow], cores[bestHigh]) <= 1e-9) {
                    break;
                }
                side[cores[bestLow]] = 1;
                side[cores[bestHigh]] = 0;
            }
            double cut = 0;
            for (int c : cores) {
                cut += crossing(c, side[c], across, cutX, cutY);
            }
            return cut;
        }

        private double gain(int core, boolean across, int cutX, int cutY) {
            return crossing(core, side[core], across, cutX, cutY) - crossing(core, 1 - side[core], across, cutX, cutY);
        }

        private double crossing(int core, int own, boolean across, int cutX, int cutY) {
            double sum = 0;
            for (int i = both.start()[core]; i < both.start()[core + 1]; i++) {
                int other = both.to()[i];
                int at = side[other] >= 0 ? side[other] : (across ? centreX[other] >= cutX : centreY[other] >= cutY) ? 1 : 0;
                sum += at != own ? both.packets()[i] : 0;
            }
            return sum;
        }

        private double between(int a, int b) {
            int found = Arrays.binarySearch(both.to(), both.start()[a], both.start()[a + 1], b);
            return found < 0 ? 0 : both.packets()[found];
        }
    }
}
