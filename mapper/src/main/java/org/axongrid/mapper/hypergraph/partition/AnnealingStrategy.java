package org.axongrid.mapper.hypergraph.partition;

/** Simulated annealing of single vertices, from hot to cold once in the time there is ({@link Annealer}). */
final class AnnealingStrategy implements PartitionStrategy {
    @Override
    public String id() {
        return "annealing";
    }

    @Override
    public int[] partition(Problem problem, Search search) {
        double effort = Evolution.effort(problem.level(), search.seconds() / 2);
        var settings = new Refinement.Settings(Double.MAX_VALUE, 1.5, 1.5, 0.05, 0.1, 0.05, effort);
        Dice dice = new Dice(search.seed());
        return problem.finished(new Refinement(problem, settings, dice, search.deadline()).fromScratch());
    }
}
