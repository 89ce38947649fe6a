package org.axongrid.mapper.hypergraph.partition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axongrid.mapper.hypergraph.PartitionMetrics;

/**
 * Memetic search (as in KaFFPaE and KaHyPar-E: Sanders and Schulz, ALENEX 2012; Andre, Schlag and Schulz, GECCO 2018). A population of
 * partitions from multilevel annealing with different settings breeds children, each from two parents by joining only what both hold
 * together, or from one by coarsening within its cores. When the best has not improved for a while the population starts anew; the best of
 * each go into one last population.
 *
 * <p>A generation has {@link #BROOD} children whatever the number of threads, and the next one starts when all are there. So for a seed and a
 * budget the generations are the same on any machine; what the clock decides is how many there are, when the last population starts, and
 * where the last children are cut short.
 */
final class Evolution {
    private static final int BROOD = 2;
    private static final int POPULATION = 10;
    private static final int PATIENCE = 5;
    /** Fraction of the time after which the best of all populations come together. */
    private static final double LAST = 0.75;
    /** Children that a thread should have time for. */
    private static final double CHILDREN_PER_THREAD = 60;
    private static final double EFFORT_MAX = 2048;
    /** Nanoseconds of a proposal, and of each net of its vertex: measured, to choose the number of proposals from the time. */
    private static final double PROPOSAL_NS = 50;
    private static final double NET_NS = 8;
    /** Proposals of all levels together, relative to those of the finest. */
    private static final double LEVELS = 3.5;

    private final Problem problem;
    private final long seed;
    private final int threads;
    private final long deadline;
    private final long together;
    private final Breeder breeder;
    private final Population archive;
    private long dealt;
    private ExecutorService pool;

    /**
     * @param problem  what to cut
     * @param seed     of all that is random
     * @param threads  threads to use, more than {@value #BROOD} are of no use
     * @param deadline {@code System.nanoTime()} at which to stop
     */
    Evolution(Problem problem, long seed, int threads, long deadline) {
        this.problem = problem;
        this.seed = seed;
        this.threads = threads;
        this.deadline = deadline;
        long time = Math.max(0, deadline - System.nanoTime());
        together = deadline - (long) (time * (1 - LAST));
        breeder = new Breeder(problem, effort(problem.level(), 1e-9 * time / CHILDREN_PER_THREAD), deadline);
        archive = new Population(problem, POPULATION);
    }

    /** @return proposals per vertex and level that take so long; a power of two, so that a few milliseconds more or less do not change it. */
    static double effort(Level level, double seconds) {
        double netsPerVertex = (double) level.pins.length / level.vertices();
        double proposals = 1e9 * seconds / (PROPOSAL_NS + NET_NS * netsPerVertex) / LEVELS;
        double perVertex = Math.max(1, Math.min(EFFORT_MAX, proposals / level.vertices()));
        return Math.pow(2, Math.round(Math.log(perVertex) / Math.log(2)));
    }

    /** @return the best of what was found and of the starts */
    Solution run(List<Solution> starts) {
        pool = Executors.newFixedThreadPool(Math.min(threads, BROOD), r -> {
            Thread thread = new Thread(r, "partition");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Solution> confined = starts.stream().map(this::confined).sorted(Comparator.comparingLong(Solution::packets)).toList();
            confined.forEach(archive::admit);
            for (boolean first = true; System.nanoTime() < together; first = false) {
                evolve(first ? firstPopulation(confined) : nextPopulation(), together);
            }
            evolve(archive, deadline);
            return archive.best();
        } finally {
            pool.shutdownNow();
        }
    }

    private Population firstPopulation(List<Solution> starts) {
        Population population = new Population(problem, POPULATION);
        if (!starts.isEmpty()) {
            brood((dice, i) -> breeder.improved(starts.get(Math.min(i, starts.size() - 1)).part(), dice)).forEach(population::admit);
        }
        for (int first = 0; first < Breeder.settings() && inTime(); first += BROOD) {
            int from = first;
            List<Solution> found = brood((dice, i) -> breeder.scratch((from + i) % Breeder.settings(), dice));
            for (int i = 0; i < found.size(); i++) {
                breeder.learn((from + i) % Breeder.settings(), found.get(i));
                population.admit(found.get(i));
            }
        }
        flat(population);
        return population;
    }

    private Population nextPopulation() {
        Population population = new Population(problem, POPULATION);
        for (int n = 0; n < Breeder.settings() && inTime(); n += BROOD) {
            brood((dice, i) -> breeder.scratch(breeder.draw(dice), dice)).forEach(population::admit);
        }
        flat(population);
        return population;
    }

    private void flat(Population population) {
        if (breeder.flatIsGood() && inTime()) {
            brood((dice, i) -> breeder.flat(dice)).forEach(population::admit);
        }
    }

    private void evolve(Population population, long until) {
        for (int idle = 0; idle < PATIENCE && population.size() > 0 && System.nanoTime() < until;) {
            boolean better = false;
            for (Solution child : brood((dice, i) -> breeder.child(population, dice))) {
                better |= population.admit(child);
            }
            idle = better || population == archive ? 0 : idle + 1;
        }
        if (population.size() > 0) {
            archive.admit(population.best());
        }
    }

    private boolean inTime() {
        return System.nanoTime() < together;
    }

    /** Makes a child from dice of its own. */
    private interface Birth {
        Solution of(Dice dice, int i);
    }

    private List<Solution> brood(Birth birth) {
        List<Future<Solution>> futures = new ArrayList<>();
        for (int i = 0; i < BROOD; i++) {
            Dice dice = new Dice(seed * 1_000_003 + dealt++);
            int number = i;
            futures.add(pool.submit(() -> birth.of(dice, number)));
        }
        List<Solution> born = new ArrayList<>();
        for (Future<Solution> future : futures) {
            born.add(got(future));
        }
        return born;
    }

    private static Solution got(Future<Solution> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("partitioning failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("partitioning was interrupted", e);
        }
    }

    /** @return the start with its smallest cores emptied into others, too full as these then are, until it keeps the number of cores */
    private Solution confined(Solution start) {
        if (problem.coloured()) {
            return start;
        }
        int[] part = start.part().clone();
        int cores = PartitionMetrics.compact(part);
        if (cores > problem.cores()) {
            long[] load = new long[cores];
            for (int v = 0; v < part.length; v++) {
                load[part[v]] += problem.graph().weight(v);
            }
            int[] bySize = IntStream.range(0, cores).boxed().sorted(Comparator.comparingLong(c -> -load[c])).mapToInt(c -> c).toArray();
            int[] number = new int[cores];
            for (int i = 0; i < cores; i++) {
                number[bySize[i]] = i < problem.cores() ? i : problem.cores() - 1 - (i - problem.cores()) % problem.cores();
            }
            for (int v = 0; v < part.length; v++) {
                part[v] = number[part[v]];
            }
        }
        return Solution.of(start.origin(), problem, part);
    }
}
