package org.axongrid.mapper.truenorth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.network.TrafficPlacer;
import org.axongrid.mapper.hypergraph.place.CorePlacer;
import org.axongrid.mapper.place.Placement;
import org.axongrid.mapper.place.Placer;

/**
 * Places crossbar cores: chip after chip in a fixed order, or by their traffic. {@code auto} takes the cheapest in hops and weighted crossings of
 * placement by traffic and of the fixed orders, annealed, among those that keep the reach of addresses if there is one.
 */
public final class CrossbarPlacer {
    private static final String AUTO = "auto";
    /** Share of the time in which the fixed orders are annealed. */
    private static final double IMPROVEMENT_SHARE = 0.5;

    private CrossbarPlacer() { }

    /** @return the names of placers; {@code row-major}, {@code hilbert} and {@code random} fill chips one after the other */
    public static List<String> names() {
        List<String> names = new ArrayList<>(Placer.names());
        CorePlacer.names().stream().filter(n -> !names.contains(n)).forEach(names::add);
        return List.copyOf(names);
    }

    /**
     * @param partition what cores hold
     * @param traffic  packets between its cores
     * @param chip     the chip
     * @param chipsMax chips that may be used
     * @param name     one of {@link #names}
     * @param crossing what a border between chips is worth in hops; -1: as if there were none
     * @param seed     of all that is random
     * @param seconds  time of searching placers
     * @return the placement, on as few chips as hold the cores
     * @throws InvalidInputException if they do not fit {@code chipsMax} chips, saying by how much
     */
    public static Placement place(CrossbarPartition partition, CoreTraffic traffic, ChipSpec chip, int chipsMax, String name, int crossing, long seed,
                                  double seconds) {
        Placement filled = (Placer.names().contains(name) ? Placer.of(name) : Placer.HILBERT).place(traffic.cores(), chip, chipsMax, seed);
        if (Placer.names().contains(name)) {
            return filled;
        }
        TrafficPlacer placer = new TrafficPlacer(chip, filled.chips(), crossing);
        if (!name.equals(AUTO)) {
            return placer.place(traffic, CorePlacer.of(name), seed, seconds);
        }
        Placement rows = Placer.ROW_MAJOR.place(traffic.cores(), chip, chipsMax, seed);
        Placement aligned = aligned(filled, traffic, partition.stages());
        Placement cheaper = Stream.of(filled, rows, aligned).min(Comparator.comparingLong(p -> placer.cost(traffic, p))).orElseThrow();
        List<Placement> all = List.of(filled, rows, aligned, placer.improved(traffic, cheaper, seed, seconds * IMPROVEMENT_SHARE),
            placer.place(traffic, CorePlacer.of(AUTO), seed, seconds * (1 - IMPROVEMENT_SHARE)));
        Placement best = null;
        boolean within = false;
        long least = Long.MAX_VALUE;
        for (Placement p : all) {
            boolean reaches = reach(traffic, chip, p) <= chip.get(ChipParameter.ADDRESS_REACH);
            long cost = placer.cost(traffic, p);
            if (best == null || reaches && !within || reaches == within && cost < least) {
                best = p;
                within = reaches;
                least = cost;
            }
        }
        return new Placement(AUTO, best.chips(), best.coreOf());
    }

    /** Deals the places of each stage to its cores in the order in which the cores that they send to lie, so that ways through many chips stay short. */
    private static Placement aligned(Placement filled, CoreTraffic traffic, int[] stage) {
        int cores = stage.length;
        double[] rank = new double[cores];
        int[] coreOf = new int[cores];
        for (int from = 0, to; from < cores; from = to) {
            to = from;
            while (to < cores && stage[to] == stage[from]) {
                rank[to] = mean(traffic, to, rank);
                to++;
            }
            Integer[] order = IntStream.range(from, to).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(c -> rank[c]));
            for (int i = 0; i < order.length; i++) {
                rank[order[i]] = from + i;
                coreOf[order[i]] = filled.coreOf()[from + i];
            }
        }
        return new Placement(filled.placer(), filled.chips(), coreOf);
    }

    private static double mean(CoreTraffic traffic, int core, double[] rank) {
        double sum = 0;
        double packets = 0;
        for (int i = traffic.start()[core]; i < traffic.start()[core + 1]; i++) {
            sum += traffic.packets()[i] * rank[traffic.to()[i]];
            packets += traffic.packets()[i];
        }
        return packets == 0 ? core : sum / packets;
    }

    /** @return columns or rows, whichever are more, between the two cores with traffic that are farthest apart in one of them */
    private static int reach(CoreTraffic traffic, ChipSpec chip, Placement placement) {
        int most = 0;
        for (int a = 0; a < traffic.cores(); a++) {
            int from = placement.coreOf()[a];
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                int to = placement.coreOf()[traffic.to()[i]];
                most = Math.max(most, Math.max(Math.abs(chip.columnOf(from) - chip.columnOf(to)), Math.abs(chip.rowOf(from) - chip.rowOf(to))));
            }
        }
        return most;
    }
}
