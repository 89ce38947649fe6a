package org.axongrid.mapper.hypergraph.partition;

/**
 * Coarsening, annealing of the coarsest level from scratch, refinement level by level; then V-cycles, which coarsen only within cores, in the
 * rest of the time ({@link Refinement}).
 */
final class MultilevelStrategy implements PartitionStrategy {
    private static final int CYCLES = 5;

    @Override
    public String id() {
        return "multilevel";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        double effort = Evolution.effort(problem.level(), search.seconds() / (CYCLES + 2));
        long deadline = search.deadline();
        Dice dice = new Dice(search.seed());
        var scratch = new Refinement.Settings(6, 2, 0.2, 0.02, 0.1, 0.15, effort);
        Solution best = Solution.of(id(), problem, new Refinement(problem, scratch, dice, deadline).fromScratch());
        for (int i = 0; i < CYCLES && System.nanoTime() < deadline; i++) {
            var cycle = new Refinement.Settings(i % 2 == 0 ? 3 : 12, 0.1, 0.1, 0.02, 0.2, 0.1, effort);
            Solution next = Solution.of(id(), problem, new Refinement(problem, cycle, dice, deadline).from(best.part()));
            best = next.betterThan(best, problem.cores()) ? next : best;
        }
        return problem.finished(best.part());
    }
}
