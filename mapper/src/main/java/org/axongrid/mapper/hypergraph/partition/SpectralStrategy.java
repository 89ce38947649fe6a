package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/**
 * Recursive spectral bisection. Each half is found as Hagen and Kahng do (IEEE TCAD 1992): vertices in the order of the second eigenvector
 * ({@link FiedlerVector}), cut where the rates of the nets cut are least, among the places that leave both halves enough room. Where cores
 * have colours, each colour's cores are filled in the order that the bisection ends with.
 */
final class SpectralStrategy implements PartitionStrategy {
    /** Where cores have colours, halves are cut this far from the middle at most. */
    private static final double COLOURED_SLACK = 0.05;

    @Override
    public String id() {
        return "spectral";
    }

    @Override
    public boolean heedsColours() {
        return true;
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        Level level = problem.level();
        Dice dice = new Dice(search.seed());
        int[] order = new int[level.vertices()];
        Arrays.setAll(order, v -> v);
        int[] core = new int[level.vertices()];
        double mean = (double) problem.graph().totalWeight() / problem.cores();
        double capacity = problem.coloured() ? mean * (1 + COLOURED_SLACK) : problem.capacity();
        new Bisection(order, core, capacity, dice).cut(level, 0, order.length, 0, problem.cores());
        return problem.finished(problem.coloured() ? dealt(problem, order) : core);
    }

    /** Fills the cores of each colour one after the other. */
    private static int[] dealt(Problem problem, int[] order) {
        int[] part = new int[order.length];
        long[] load = new long[problem.cores()];
        for (int v : order) {
            int best = -1;
            for (int c = 0; c < load.length && best < 0; c++) {
                best = problem.allows(v, c) && load[c] + problem.level().weight[v] <= problem.capacity(c) ? c : -1;
            }
            for (int c = 0; best < 0 && c < load.length; c++) {
                // Splinters of room in each: what is too full is counted by the caller.
                best = problem.allows(v, c) ? c : best;
            }
            part[v] = best;
            load[best] += problem.level().weight[v];
        }
        return part;
    }

    /** Cuts stretches of {@code order} in two until each is a core. */
    private static final class Bisection {
        private final int[] order;
        private final int[] core;
        private final double capacity;
        private final Dice dice;

        Bisection(int[] order, int[] core, double capacity, Dice dice) {
            this.order = order;
            this.core = core;
            this.capacity = capacity;
            this.dice = dice;
        }

        /**
         * @param level what vertices {@code order[from .. to-1]} are among themselves, in that order
         * @param first number of the first core
         * @param cores cores that they get
         */
        void cut(Level level, int from, int to, int first, int cores) {
            if (cores <= 1 || to - from <= 1) {
                for (int i = from; i < to; i++) {
                    core[order[i]] = first;
                }
                return;
            }
            int[] sorted = byFiedler(level);
            int left = bestPlace(level, sorted, cores / 2, cores - cores / 2);
            int[] moved = new int[to - from];
            Arrays.setAll(moved, i -> order[from + sorted[i]]);
            System.arraycopy(moved, 0, order, from, moved.length);
            Level low = level.among(Arrays.copyOfRange(sorted, 0, left));
            cut(low, from, from + left, first, cores / 2);
            cut(level.among(Arrays.copyOfRange(sorted, left, sorted.length)), from + left, to, first + cores / 2, cores - cores / 2);
        }

        private int[] byFiedler(Level level) {
            double[] x = FiedlerVector.of(level, dice);
            long[] key = new long[x.length];
            int[] byKey = new int[x.length];
            // Bits of a float that order as the float does, then the number: sorts without boxes.
            for (int v = 0; v < x.length; v++) {
                int bits = Float.floatToIntBits((float) x[v] + 0f);
                key[v] = (long) (bits ^ bits >> 31 & Integer.MAX_VALUE) << 32 | v;
            }
            Arrays.sort(key);
            Arrays.setAll(byKey, i -> (int) key[i]);
            return byKey;
        }

        /** @return how many vertices of the order go left: where both sides have room the place of the least cut, else the nearest to it */
        private int bestPlace(Level level, int[] sorted, int leftCores, int rightCores) {
            long total = 0;
            for (int w : level.weight) {
                total += w;
            }
            double most = leftCores * capacity;
            double least = total - rightCores * capacity;
            double middle = (double) total * leftCores / (leftCores + rightCores);
            int[] pinsLeft = new int[level.nets()];
            long cut = 0;
            long weight = 0;
            int best = 0;
            double bestCost = Double.MAX_VALUE;
            for (int i = 0; i + 1 < sorted.length; i++) {
                int v = sorted[i];
                weight += level.weight[v];
                for (int k = level.vertexStart[v]; k < level.vertexStart[v + 1]; k++) {
                    int e = level.vertexNets[k];
                    int size = level.netStart[e + 1] - level.netStart[e];
                    cut += pinsLeft[e] == 0 ? level.rate[e] : 0;
                    cut -= ++pinsLeft[e] == size ? level.rate[e] : 0;
                }
                double tooMuch = Math.max(0, Math.max(weight - most, least - weight));
                // Among equal cuts the one nearest to the middle.
                double cost = tooMuch > 0 ? 1e18 * (1 + tooMuch) : cut + 0.5 * Math.abs(weight - middle) / Math.max(1, total);
                if (cost < bestCost) {
                    bestCost = cost;
                    best = i + 1;
                }
            }
            return best;
        }
    }
}
