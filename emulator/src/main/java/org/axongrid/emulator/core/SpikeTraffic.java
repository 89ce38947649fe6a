package org.axongrid.emulator.core;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;

/**
 * What a spike puts on the network, by output axon. Unicast, as on Loihi: a message for each output axon, over all links of its way. Tree multicast:
 * neighbouring output axons of a group that leave in the same step share one message, which routers copy where the ways to its cores part (dimension order, so that
 * the ways make a tree: what SpiNNaker's routers do with their tables; project reference on mapping, section 1); each output axon has the links that
 * those before it do not have yet.
 */
public final class SpikeTraffic {
    /** 1 if the output axon's message is one of its own, 0 if it is a branch of the one before. */
    public final int[] own;
    /** East-west links. */
    public final int[] linksX;
    /** North-south links. */
    public final int[] linksY;
    /** Links between chips, a part of the east-west ones. */
    public final int[] crossings;
    /** 1 if a message stays in its tile. */
    public final int[] withinTile;

    /** Elements of a group's record in {@link #byGroup}. */
    static final int RECORD = 8;
    /** First compartment. */
    static final int FIRST = 0;
    /** First output axon. */
    static final int OUT = 1;
    /** Output axons, times two; one more if any of them has an axon delay. */
    static final int OUTS = 2;
    /** Messages of a spike. */
    static final int MESSAGES = 3;
    /** East-west links of a spike's messages. */
    static final int LINKS_X = 4;
    /** North-south links. */
    static final int LINKS_Y = 5;
    /** Links between chips. */
    static final int CROSSINGS = 6;
    /** Messages that stay in their tile. */
    static final int WITHIN = 7;

    private SpikeTraffic(int outputs) {
        own = new int[outputs];
        linksX = new int[outputs];
        linksY = new int[outputs];
        crossings = new int[outputs];
        withinTile = new int[outputs];
    }

    /**
     * @param chip     the chip
     * @param places   of all cores
     * @param number   of the core in the system
     * @param outCore  by output axon: number of the destination core in the system
     * @param outSteps by output axon: steps until it takes effect
     * @param groupOut by group of compartments: its first output axon, and their number behind the last
     * @return as the chip sends: a message for each output axon, or trees
     */
    public static SpikeTraffic of(ChipSpec chip, CorePlaces places, int number, int[] outCore, int[] outSteps, int[] groupOut) {
        if (chip.get(ChipParameter.SPIKE_MULTICAST) != 0) {
            return tree(chip, number, outCore, outSteps, groupOut);
        }
        SpikeTraffic traffic = new SpikeTraffic(outCore.length);
        Arrays.fill(traffic.own, 1);
        for (int o = 0; o < outCore.length; o++) {
            traffic.linksX[o] = places.hopsX(number, outCore[o]);
            traffic.linksY[o] = places.hopsY(number, outCore[o]);
            traffic.crossings[o] = places.crossings(number, outCore[o]);
            traffic.withinTile[o] = (traffic.linksX[o] | traffic.linksY[o]) == 0 ? 1 : 0;
        }
        return traffic;
    }

    /**
     * @param chip     the chip
     * @param number   of the core in the system
     * @param outCore  by output axon: number of the destination core in the system
     * @param outSteps by output axon: steps until it takes effect
     * @param groupOut by group of compartments: its first output axon, and their number behind the last
     * @return a tree for each run of output axons of a group that take effect in the same step
     */
    private static SpikeTraffic tree(ChipSpec chip, int number, int[] outCore, int[] outSteps, int[] groupOut) {
        SpikeTraffic traffic = new SpikeTraffic(outCore.length);
        for (int g = 0; g + 1 < groupOut.length; g++) {
            Set<Long> links = new HashSet<>();
            boolean inTile = false;
            for (int o = groupOut[g]; o < groupOut[g + 1]; o++) {
                if (o == groupOut[g] || outSteps[o] != outSteps[o - 1]) {
                    traffic.own[o] = 1;
                    links.clear();
                    inTile = false;
                }
                boolean stays = traffic.branch(o, chip, number, outCore[o], links);
                traffic.withinTile[o] = stays && !inTile ? 1 : 0;
                inTile |= stays;
            }
        }
        return traffic;
    }

    /**
     * @param groupFirst by group of compartments: the first
     * @param groupOut   by group: its first output axon, and their number behind the last
     * @param outSteps   by output axon: steps until it takes effect
     * @return by group: what a spike of it puts on the network by all its output axons, in {@value #RECORD} neighbouring elements, half a cache line
     */
    int[] byGroup(int[] groupFirst, int[] groupOut, int[] outSteps) {
        int[] records = new int[groupFirst.length * RECORD];
        for (int g = 0; g < groupFirst.length; g++) {
            int at = g * RECORD;
            records[at + FIRST] = groupFirst[g];
            records[at + OUT] = groupOut[g];
            records[at + OUTS] = 2 * (groupOut[g + 1] - groupOut[g]);
            for (int o = groupOut[g]; o < groupOut[g + 1]; o++) {
                records[at + OUTS] |= outSteps[o] != 1 ? 1 : 0;
                records[at + MESSAGES] += own[o];
                records[at + LINKS_X] += linksX[o];
                records[at + LINKS_Y] += linksY[o];
                records[at + CROSSINGS] += crossings[o];
                records[at + WITHIN] += withinTile[o];
            }
        }
        return records;
    }

    /** Goes x first, then y. @return whether the destination is in the source's tile */
    private boolean branch(int output, ChipSpec chip, int from, int to, Set<Long> links) {
        int x = chip.columnOf(from);
        int y = chip.rowOf(from);
        // The ways of one core share a row as long as they go along x.
        int toX = chip.columnOf(to);
        int toY = chip.rowOf(to);
        boolean stays = x == toX && y == toY;
        int chipWidth = chip.get(ChipParameter.MESH_WIDTH);
        while (x != toX) {
            int next = x + Integer.signum(toX - x);
            if (links.add((long) x << 32 | (long) next << 1)) {
                linksX[output]++;
                crossings[output] += x / chipWidth != next / chipWidth ? 1 : 0;
            }
            x = next;
        }
        while (y != toY) {
            int next = y + Integer.signum(toY - y);
            if (links.add((long) x << 32 | (long) y << 16 | (long) next << 1 | 1)) {
                linksY[output]++;
            }
            y = next;
        }
        return stays;
    }
}
