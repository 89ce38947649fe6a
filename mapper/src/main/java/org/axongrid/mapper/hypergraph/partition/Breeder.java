package org.axongrid.mapper.hypergraph.partition;

import java.util.Arrays;

/** Makes partitions: from scratch, with settings that turned out well for this hypergraph, and from others. */
final class Breeder {
    /** Vertices of the coarsest level per core; the last is none, a single level. */
    private static final double[] PER_CORE = {3, 12, 6, 25, 4, 8, Double.MAX_VALUE, 16};
    private static final double[] PRICE = {0.05, 0.1, 0.2, 0.1, 0.1, 0.05, 0.1, 0.2};
    private static final double[] CHILD_PER_CORE = {3, 6, 12, 25};
    private static final double[] CHILD_WARM = {0.05, 0.1, 0.2, 0.4};
    private static final double[] CHILD_PRICE = {0.1, 0.2, 0.4};
    /** Long annealing on one level: so many times the usual proposals. */
    private static final double LONG = 8;
    /** It is worth while where a short one is no worse than this times the best multilevel one. */
    private static final double FLAT_IS_GOOD = 1.1;
    private static final int FLAT = 6;

    private final Problem problem;
    private final double effort;
    private final long deadline;
    private final long[] found = new long[PER_CORE.length];

    /**
     * @param problem  what to cut
     * @param effort   proposals per vertex and level
     * @param deadline {@code System.nanoTime()} at which to stop
     */
    Breeder(Problem problem, double effort, long deadline) {
        this.problem = problem;
        this.effort = effort;
        this.deadline = deadline;
        Arrays.fill(found, Long.MAX_VALUE);
    }

    /** @return number of settings for a search from scratch */
    static int settings() {
        return PER_CORE.length;
    }

    /** @return a partition from scratch with the settings of that number */
    Solution scratch(int number, Dice dice) {
        var settings = new Refinement.Settings(PER_CORE[number], 2, 0.2, 0.02, PRICE[number], 0.15, effort);
        return solution(new Refinement(problem, settings, dice, deadline).fromScratch());
    }

    /** @return a partition by long annealing of the finest level alone */
    Solution flat(Dice dice) {
        var settings = new Refinement.Settings(Double.MAX_VALUE, 1.5, 1.5, 0.05, 0.1, 0.05, LONG * effort);
        return solution(new Refinement(problem, settings, dice, deadline).fromScratch());
    }

    /** Remembers what settings led to. */
    void learn(int number, Solution result) {
        found[number] = Math.min(found[number], result.overload() > 0 ? Long.MAX_VALUE : result.packets());
    }

    /** @return the number of settings that turned out well, the better the likelier */
    int draw(Dice dice) {
        int a = dice.below(found.length);
        int b = dice.below(found.length);
        int c = dice.below(found.length);
        int better = found[a] <= found[b] ? a : b;
        return found[better] <= found[c] ? better : c;
    }

    /** @return whether annealing on the finest level alone competes with multilevel search here */
    boolean flatIsGood() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < found.length; i++) {
            best = i == FLAT ? best : Math.min(best, found[i]);
        }
        return found[FLAT] < Long.MAX_VALUE && found[FLAT] <= FLAT_IS_GOOD * best;
    }

    /** @return what becomes of a partition made elsewhere */
    Solution improved(int[] start, Dice dice) {
        var settings = new Refinement.Settings(6, 0.1, 0.1, 0.02, 0.2, 0.1, effort);
        return solution(new Refinement(problem, settings, dice, deadline).from(start));
    }

    /** @return a child of two members, or of one of them alone */
    Solution child(Population population, Dice dice) {
        double warm = CHILD_WARM[dice.below(CHILD_WARM.length)];
        var settings = new Refinement.Settings(CHILD_PER_CORE[dice.below(CHILD_PER_CORE.length)], warm, warm, 0.02,
            CHILD_PRICE[dice.below(CHILD_PRICE.length)], 0.1, effort);
        Solution a = population.draw(dice);
        Solution b = population.any(dice);
        Solution first = a.betterThan(b, problem.cores()) ? a : b;
        Solution second = first == a ? b : a;
        Refinement refinement = new Refinement(problem, settings, dice, deadline);
        boolean alone = first == second || dice.below(4) == 0;
        return solution(alone ? refinement.from(first.part()) : refinement.combine(first.part(), second.part()));
    }

    private Solution solution(int[] part) {
        return Solution.of("multilevel", problem, part);
    }
}
