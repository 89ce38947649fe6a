package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds exact partial sums from gates without memory. With S the sum of one part and q a step, coarse gates compare S with multiples of q:
 * {@code F = floor(S / q)} is the number of those for positive sums that are active less that of those for negative ones. A tick later fine gates compare
 * the rest {@code S - q F}, 0 .. q - 1, with 1 .. q - 1. So S is q for each coarse gate and 1 for each fine gate, and no gate is active when S is 0.
 */
final class PartialSums {
    private final GateBuilder builder;
    private final int bits;
    private final int leakMax;

    PartialSums(GateBuilder builder, int bits, int leakMax) {
        this.builder = builder;
        this.bits = bits;
        this.leakMax = leakMax;
    }

    /** @return consecutive partial sums, as many together as axons and the range of leaks allow */
    List<List<PartialSum>> together(List<PartialSum> sums, int linesMax) {
        List<List<PartialSum>> all = new ArrayList<>();
        int lines = 0;
        int lowest = 0;
        int highest = 0;
        for (PartialSum sum : sums) {
            lines += sum.gates();
            lowest += sum.lowest();
            highest += sum.highest();
            if (all.isEmpty() || lines > linesMax || lowest > leakMax || highest > leakMax) {
                all.add(new ArrayList<>());
                lines = sum.gates();
                lowest = sum.lowest();
                highest = sum.highest();
            }
            all.get(all.size() - 1).add(sum);
        }
        return all;
    }

    int stepAgain(List<List<PartialSum>> together, int inner, int unit) {
        int best = inner;
        long fewest = Long.MAX_VALUE;
        for (int q = inner; q * unit <= leakMax && q / inner < Gate.SAME_LINES_MAX; q += inner) {
            long lines = 0;
            for (List<PartialSum> group : together) {
                int[] range = range(group);
                lines += coarseGates(range, q) + fineGates(range, q);
            }
            if (lines < fewest) {
                fewest = lines;
                best = q;
            }
        }
        return best;
    }

    private static int[] range(List<PartialSum> group) {
        return new int[] {group.stream().mapToInt(PartialSum::lowest).sum(), group.stream().mapToInt(PartialSum::highest).sum()};
    }

    /** Adds partial sums up to one with a larger step, by the same two stages. */
    PartialSum sumAgain(int i, List<PartialSum> group, int inner, int q, Stage coarse, Stage fine) {
        int[] range = range(group);
        Lines in = new Lines();
        group.forEach(sum -> sum.addTo(in));
        long[] shared = in.toArray();
        int[] plus = {inner, -inner, 1, 0};
        int[] minus = {-inner, inner, -1, 0};
        // The rest needs a step of both signs, and there is one axon type for it: the other is made up of inner steps.
        int[] rest = {inner, -inner, 1, -q};
        return sum(i, range, q, new int[][] {plus, minus, rest}, shared, coarse, fine, (gate, positive, more) -> {
            for (int n = 0; n < (positive ? 1 : q / inner); n++) {
                more.add(Gate.line(gate.id, positive ? GateBuilder.LAST_TYPE : 0, n));
            }
        });
    }

    /** Adds to the rest's lines those of a coarse gate. */
    private interface Feedback {
        void add(Gate gate, boolean positive, Lines more);
    }

    private PartialSum sum(int i, int[] range, int q, int[][] weights, long[] shared, Stage coarse, Stage fine, Feedback feedback) {
        PartialSum sum = new PartialSum(range[0], range[1], new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Lines more = new Lines();
        for (int k = 1; k * q <= range[1]; k++) {
            sum.plus().add(builder.gate(coarse, i, GateBuilder.comparator(weights[0], k * q), shared, null));
        }
        for (int k = 1; (k - 1) * q + 1 <= range[0]; k++) {
            sum.minus().add(builder.gate(coarse, i, GateBuilder.comparator(weights[1], (k - 1) * q + 1), shared, null));
        }
        if (q > 1) {
            sum.plus().forEach(gate -> feedback.add(gate, true, more));
            sum.minus().forEach(gate -> feedback.add(gate, false, more));
        }
        long[] own = more.toArray();
        for (int m = 1; m <= fineGates(range, q); m++) {
            sum.ones().add(builder.gate(fine, i, GateBuilder.comparator(weights[2], m), shared, own));
        }
        return sum;
    }

    int partialLines(FanIn fan, int i, int[] cuts, int q) {
        int lines = 0;
        for (int part = 0; part + 1 < cuts.length; part++) {
            int[] range = fan.range(i, cuts[part], cuts[part + 1]);
            lines += coarseGates(range, q) + fineGates(range, q);
        }
        return lines;
    }

    /** @return the step q of a neuron's partial sums that takes the fewest lines */
    int step(FanIn fan, int i, int[] cuts, int unit) {
        int best = 1;
        int fewest = Integer.MAX_VALUE;
        for (int q = 1; q * unit <= leakMax && q <= 16; q *= q == 1 ? 1 << bits - 1 : 2) {
            int lines = partialLines(fan, i, cuts, q);
            if (lines < fewest) {
                fewest = lines;
                best = q;
            }
        }
        return best;
    }

    /** @return the largest rest; what is left of a negative sum can be anything below the step */
    private static int fineGates(int[] range, int q) {
        return range[0] > 0 ? q - 1 : Math.min(q - 1, range[1]);
    }

    private static int coarseGates(int[] range, int q) {
        return range[1] / q + (range[0] + q - 1) / q;
    }

    PartialSum partial(FanIn fan, int i, int from, int to, int q, Stage coarse, Stage fine) {
        boolean mirrored = fan.mirrored(i);
        Lines sources = new Lines();
        fan.lines(i, from, to, mirrored, sources);
        int[] plus = builder.digits(mirrored ? -1 : 1);
        int[] rest = plus.clone();
        rest[GateBuilder.LAST_TYPE] = mirrored ? -q : q;
        if (bits < GateBuilder.LAST_TYPE) {
            rest[bits] = -rest[GateBuilder.LAST_TYPE];
        }
        // One sign by the last axon type, the other by a type that is left, or else by the highest digit, as often as its weight makes up q.
        return sum(i, fan.range(i, from, to), q, new int[][] {plus, builder.digits(mirrored ? 1 : -1), rest}, sources.toArray(), coarse, fine,
            (gate, positive, more) -> {
                boolean last = positive == mirrored;
                for (int n = 0; n < (last || bits < GateBuilder.LAST_TYPE ? 1 : q >> bits - 1); n++) {
                    more.add(Gate.line(gate.id, last ? GateBuilder.LAST_TYPE : bits < GateBuilder.LAST_TYPE ? bits : bits - 1, n));
                }
            });
    }
}
