package org.axongrid.mapper.hypergraph.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.axongrid.mapper.hypergraph.CoreTraffic;
import org.axongrid.mapper.hypergraph.Hypergraph;
import org.axongrid.mapper.hypergraph.Mesh;
import org.axongrid.mapper.hypergraph.partition.PartitionStrategy;
import org.axongrid.mapper.hypergraph.partition.Problem;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.hypergraph.place.CorePlacer;

/**
 * Places cores on several chips, level by level: which cores share a chip so that fewest packets cross, in which order chips stand, where each core
 * is on its chip, and then small moves over all chips on hops and crossings together.
 *
 * <p>Messages are unicast, one for each destination core, so packets that cross are cut by pairs of cores: the hypergraph has a net of two pins for each
 * pair, and its connectivity metric is exactly the number of crossing packets.
 */
final class ChipFirst {
    private static final String GROUPING = "multilevel";
    private static final double GROUPING_SHARE = 0.4;
    private static final double ORDER_SHARE = 0.05;
    private static final double INSIDE_SHARE = 0.25;
    /** Rates of a hypergraph are integers; traffic is scaled to this sum at most. */
    private static final double RATE_SUM_MAX = 1e9;

    private final CoreTraffic traffic;
    private final Mesh mesh;
    private final int chips;
    private final long seed;
    private final double seconds;

    /**
     * @param traffic packets between cores
     * @param mesh    all chips side by side, a core on each tile
     * @param chips   number of chips
     * @param seed    of all that is random
     * @param seconds time
     */
    ChipFirst(CoreTraffic traffic, Mesh mesh, int chips, long seed, double seconds) {
        this.traffic = traffic;
        this.mesh = mesh;
        this.chips = chips;
        this.seed = seed;
        this.seconds = seconds;
    }

    /**
     * @param placer for each chip
     * @param known  chip by core, or null to find which share one
     * @return tile by core
     */
    int[] place(CorePlacer placer, int[] known) {
        int perChip = mesh.tiles() / chips;
        int[] chip = ordered(known == null ? group(perChip) : known);
        int width = mesh.width() / chips;
        Mesh own = new Mesh(width, mesh.height(), mesh.sharedX(), mesh.sharedY());
        int[] tile = new int[traffic.cores()];
        for (int k = 0; k < chips; k++) {
            int[] members = members(chip, k);
            int[] inside = placer.place(within(members), own, seed, seconds * INSIDE_SHARE / chips);
            for (int i = 0; i < members.length; i++) {
                tile[members[i]] = inside[i] / width * mesh.width() + k * width + inside[i] % width;
            }
        }
        double rest = seconds * (1 - GROUPING_SHARE - ORDER_SHARE - INSIDE_SHARE);
        return CorePlacer.improved(traffic, mesh, tile, seed, rest);
    }

    /** @return chip by core */
    private int[] group(int perChip) {
        int[] inOrder = new int[traffic.cores()];
        Arrays.setAll(inOrder, c -> c / perChip);
        int[] weight = new int[traffic.cores()];
        Arrays.fill(weight, 1);
        double scale = Math.max(1, traffic.total() / RATE_SUM_MAX);
        IntArrayList rate = new IntArrayList();
        IntArrayList start = new IntArrayList();
        IntArrayList pins = new IntArrayList();
        start.addInt(0);
        for (int a = 0; a < traffic.cores(); a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                if (traffic.to()[i] != a) {
                    rate.addInt((int) Math.max(1, traffic.packets()[i] / scale));
                    pins.addInt(a);
                    pins.addInt(traffic.to()[i]);
                    start.addInt(pins.size());
                }
            }
        }
        Hypergraph pairs = new Hypergraph(weight, rate.toIntArray(), start.toIntArray(), pins.toIntArray());
        Problem problem = new Problem(pairs, null, perChip, chips);
        int[] found = PartitionStrategy.of(GROUPING).partition(problem, new Search(seed, 1, seconds * GROUPING_SHARE), List.of(inOrder));
        boolean holds = Arrays.stream(found).max().orElse(0) < chips;
        return holds && crossings(found) <= crossings(inOrder) ? found : inOrder;
    }

    private long crossings(int[] chip) {
        long sum = 0;
        for (int a = 0; a < chip.length; a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                sum += chip[a] == chip[traffic.to()[i]] ? 0 : traffic.packets()[i];
            }
        }
        return sum;
    }

    /** Numbers chips so that those with much traffic between them stand next to each other. */
    private int[] ordered(int[] chip) {
        long[][] between = new long[chips][chips];
        for (int a = 0; a < chip.length; a++) {
            for (int i = traffic.start()[a]; i < traffic.start()[a + 1]; i++) {
                between[chip[a]][chip[traffic.to()[i]]] += traffic.packets()[i];
            }
        }
        int[] start = new int[chips + 1];
        IntArrayList to = new IntArrayList();
        List<Long> packets = new ArrayList<>();
        for (int a = 0; a < chips; a++) {
            for (int b = 0; b < chips; b++) {
                if (a != b && between[a][b] > 0) {
                    to.addInt(b);
                    packets.add(between[a][b]);
                }
            }
            start[a + 1] = to.size();
        }
        CoreTraffic ofChips = new CoreTraffic(start, to.toIntArray(), packets.stream().mapToLong(Long::longValue).toArray());
        int[] place = CorePlacer.of("auto").place(ofChips, new Mesh(chips, 1), seed, seconds * ORDER_SHARE);
        return Arrays.stream(chip).map(c -> place[c]).toArray();
    }

    private static int[] members(int[] chip, int k) {
        IntArrayList members = new IntArrayList();
        for (int c = 0; c < chip.length; c++) {
            if (chip[c] == k) {
                members.addInt(c);
            }
        }
        return members.toIntArray();
    }

    private CoreTraffic within(int[] members) {
        int[] number = new int[traffic.cores()];
        Arrays.fill(number, -1);
        for (int i = 0; i < members.length; i++) {
            number[members[i]] = i;
        }
        int[] start = new int[members.length + 1];
        IntArrayList to = new IntArrayList();
        List<Long> packets = new ArrayList<>();
        for (int m = 0; m < members.length; m++) {
            for (int i = traffic.start()[members[m]]; i < traffic.start()[members[m] + 1]; i++) {
                if (number[traffic.to()[i]] >= 0) {
                    to.addInt(number[traffic.to()[i]]);
                    packets.add(traffic.packets()[i]);
                }
            }
            start[m + 1] = to.size();
        }
        return new CoreTraffic(start, to.toIntArray(), packets.stream().mapToLong(Long::longValue).toArray());
    }
}
