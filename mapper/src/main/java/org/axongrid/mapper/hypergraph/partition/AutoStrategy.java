package org.axongrid.mapper.hypergraph.partition;

import java.util.ArrayList;
import java.util.List;

/**
 * All quick strategies, then a memetic search that starts from them and from multilevel and flat annealing ({@link Evolution}). What it
 * returns is the best of all of these that fits, so that it is never worse than one of them.
 */
final class AutoStrategy implements PartitionStrategy {
    /** Time kept back, for what comes before and after the search. */
    private static final double RESERVE = 0.02;

    @Override
    public String id() {
        return "auto";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        return partition(problem, search, List.of());
    }

    @Override
    public int[] partition(Problem problem, Search search, List<int[]> known) {
        long deadline = System.nanoTime() + (long) (search.seconds() * (1 - RESERVE) * 1e9);
        List<Solution> starts = new ArrayList<>();
        for (PartitionStrategy strategy : ALL) {
            boolean ordered = strategy instanceof SequentialStrategy || strategy instanceof RandomStrategy;
            if (ordered && problem.coloured()) {
                continue;
            }
            boolean quick = !(strategy instanceof AnnealingStrategy || strategy instanceof MultilevelStrategy || strategy == this);
            if (quick && System.nanoTime() < deadline) {
                starts.add(Solution.of(strategy.id(), problem, strategy.partition(problem, search)));
            }
        }
        known.forEach(part -> starts.add(Solution.of("known", problem, part)));
        Solution best = new Evolution(problem, search.seed(), search.threads(), deadline).run(starts);
        for (Solution start : starts) {
            best = start.betterThan(best, problem.cores()) ? start : best;
        }
        return problem.finished(best.part());
    }
}
