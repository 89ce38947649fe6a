package org.axongrid.mapper.hypergraph.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass of multilevel search: coarsen, anneal the coarsest level, and anneal each finer one from what the coarser one found. Coarse levels
 * decide how the network is laid out over cores, fine ones where exactly cores meet; what cores may hold too much shrinks on the way to
 * nothing at the finest.
 */
final class Refinement {
    /** Proposals at the coarsest level of a search from scratch, relative to a level's usual ones. */
    private static final int SCRATCH = 4;
    private static final int SQUEEZES = 6;

    /**
     * @param perCore  vertices of the coarsest level per core
     * @param hot      temperature at the start of a search from scratch, in mean rates of a vertex
     * @param warm     temperature at the start of each other level
     * @param cold     temperature at the end of a level
     * @param price    price of a neuron above capacity, in packets that a neuron takes part in
     * @param room     what a core may hold above capacity at the coarsest level, as a fraction
     * @param effort   proposals per vertex and level
     */
    record Settings(double perCore, double hot, double warm, double cold, double price, double room, double effort) { }

    private final Problem problem;
    private final Dice dice;
    private final Settings settings;
    private final long deadline;
    private final double pricePerNeuron;

    Refinement(Problem problem, Settings settings, Dice dice, long deadline) {
        this.problem = problem;
        this.settings = settings;
        this.dice = dice;
        this.deadline = deadline;
        Level level = problem.level();
        double pins = 0;
        for (int e = 0; e < level.nets(); e++) {
            pins += (double) level.rate[e] * (level.netStart[e + 1] - level.netStart[e]);
        }
        pricePerNeuron = settings.price * pins / Math.max(1, problem.graph().totalWeight());
    }

    /** @return a partition from scratch; cores may be too full if the deadline cut it short */
    int[] fromScratch() {
        return run(null, new int[problem.level().vertices()]);
    }

    /** @return a partition from another one, whose cores may change clusters of their vertices */
    int[] from(int[] start) {
        return run(start, start);
    }

    /** @return a partition from two: clusters are what both hold together, and the first one says where they are at the start */
    int[] combine(int[] first, int[] second) {
        int[] pair = new int[first.length];
        for (int v = 0; v < pair.length; v++) {
            pair[v] = first[v] * (problem.cores() + 1) + second[v];
        }
        return run(first, pair);
    }

    private int[] run(int[] start, int[] community) {
        List<Level> levels = new ArrayList<>(List.of(problem.level()));
        // With a start, vertices of a community share a core, and so a colour.
        int[] colour = problem.colour();
        int[] within = colour == null || start != null ? community : colour;
        List<int[]> colours = new ArrayList<>();
        colours.add(colour);
        int[] part = start;
        long largest = Math.max(problem.graph().largestWeight(), (long) (1.5 * problem.capacity() / settings.perCore));
        while (last(levels).vertices() > settings.perCore * problem.cores()) {
            Level fine = last(levels);
            Level coarse = new Coarsening(fine, within, largest, dice).step();
            if (coarse == null) {
                break;
            }
            within = lifted(within, coarse);
            part = part == null ? null : lifted(part, coarse);
            levels.add(coarse);
            colour = colour == null ? null : lifted(colour, coarse);
            colours.add(colour);
        }
        for (int i = levels.size() - 1; i >= 0; i--) {
            Level level = levels.get(i);
            boolean scratch = start == null && i == levels.size() - 1;
            if (part == null) {
                part = even(level, colours.get(i));
            } else if (i < levels.size() - 1) {
                int[] coarse = part;
                int[] holder = levels.get(i + 1).holder;
                part = new int[level.vertices()];
                Arrays.setAll(part, v -> coarse[holder[v]]);
            }
            double coarseness = levels.size() == 1 ? 0 : (double) i / (levels.size() - 1);
            part = anneal(level, colours.get(i), part, scratch, i == 0, coarseness);
        }
        return part;
    }

    private int[] anneal(Level level, int[] colour, int[] part, boolean scratch, boolean finest, double coarseness) {
        PinTable table = new PinTable(problem, level, part, true);
        Annealer annealer = new Annealer(table, colour, dice);
        double unit = meanRate(level);
        long proposals = (long) (settings.effort * level.vertices());
        double hot = (scratch ? settings.hot : settings.warm) * unit;
        double cold = settings.cold * unit;
        double price = pricePerNeuron;
        annealer.room = settings.room * (0.1 + 0.9 * coarseness);
        annealer.run(scratch ? SCRATCH * proposals : proposals, hot, Math.min(hot, cold), price, deadline);
        if (finest) {
            for (int i = 0; i < SQUEEZES && table.overload() > 0; i++) {
                price *= 2;
                annealer.run(proposals / 4, 2 * cold, cold, price, deadline);
            }
            if (annealer.repair()) {
                annealer.run(proposals / 2, cold, 0.2 * cold, 0, deadline);
            }
        }
        return table.part;
    }

    /** Mean over vertices of the rate of a net: what a typical move can change. */
    private static double meanRate(Level level) {
        double sum = 0;
        for (int r : level.rate) {
            sum += r;
        }
        return Math.max(1e-3, sum / level.vertices());
    }

    /** Vertices in their order, dealt to the cores of their colour in shares that go with the capacities. */
    private int[] even(Level level, int[] colour) {
        int[] part = new int[level.vertices()];
        long[] total = new long[problem.cores() + 1];
        long[] room = new long[problem.cores() + 1];
        for (int v = 0; v < part.length; v++) {
            total[colour == null ? 0 : colour[v]] += level.weight[v];
        }
        for (int c = 0; c < problem.cores(); c++) {
            room[colour == null ? 0 : problem.coreColour()[c]] += problem.capacity(c);
        }
        int[] core = new int[problem.cores() + 1];
        long[] dealt = new long[problem.cores() + 1];
        long[] filled = new long[problem.cores() + 1];
        Arrays.fill(core, -1);
        for (int v = 0; v < part.length; v++) {
            int own = colour == null ? 0 : colour[v];
            while (core[own] < 0 || (double) dealt[own] * room[own] >= (double) filled[own] * total[own]) {
                int next = nextCore(core[own], colour == null ? -1 : own);
                if (next < 0) {
                    break;
                }
                core[own] = next;
                filled[own] += problem.capacity(next);
            }
            part[v] = core[own];
            dealt[own] += level.weight[v];
        }
        return part;
    }

    private int nextCore(int after, int colour) {
        for (int c = after + 1; c < problem.cores(); c++) {
            if (colour < 0 || problem.coreColour()[c] == colour) {
                return c;
            }
        }
        return -1;
    }

    private static int[] lifted(int[] values, Level coarse) {
        int[] lifted = new int[coarse.vertices()];
        for (int v = 0; v < values.length; v++) {
            lifted[coarse.holder[v]] = values[v];
        }
        return lifted;
    }

    private static Level last(List<Level> levels) {
        return levels.get(levels.size() - 1);
    }
}
