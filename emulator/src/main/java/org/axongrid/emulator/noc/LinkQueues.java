package org.axongrid.emulator.noc;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;

/**
 * Flits in front of links between chips. All that routers grant in a cycle is collected first and put on the links in the order of routers, so that
 * it does not matter in which order routers were visited.
 */
final class LinkQueues {
    private static final long HORIZON_MAX = 1 << 20;

    private final ChipLinks links;
    private final boolean[] crosses;
    /** By port: its link. */
    private final int[] link;
    private final long[] freeFrom;
    private long[] granted = new long[16];
    private int[] items = new int[32];
    private int size;

    /** @param width routers per row of all chips together */
    LinkQueues(ChipLinks links, int width, int height) {
        this.links = links;
        crosses = new boolean[width * height * Mesh.PORTS];
        link = new int[crosses.length];
        int count = 0;
        if (links.chipWidth() > 0) {
            int groups = (height + links.rows() - 1) / links.rows();
            for (int port = 0; port < crosses.length; port++) {
                int x = port / Mesh.PORTS % width;
                int output = port % Mesh.PORTS;
                crosses[port] = links.crosses(x, output);
                link[port] = crosses[port] ? (x * groups + port / Mesh.PORTS / width / links.rows()) * 2 + output : 0;
            }
            count = width * groups * 2;
        }
        freeFrom = new long[count];
    }

    /** @return longest time from a grant to the other side of a border, if each router may have so many flits under way */
    int horizon(int flits) {
        if (links.chipWidth() == 0) {
            return 0;
        }
        long wait = links.crossing() + (long) flits * links.rows() * links.interval();
        if (wait > HORIZON_MAX) {
            throw new InvalidInputException("links between chips: " + links.rows() + " rows that share a link, " + flits
                + " flits of buffer each and " + links.interval() + " cycles a flit are too many, flits could wait " + wait + " cycles");
        }
        return (int) wait;
    }

    boolean crosses(int port) {
        return crosses[port];
    }

    /** A router has granted a flit to an output that leads to another chip. */
    void add(int port, int to, int flit) {
        if (size == granted.length) {
            granted = Arrays.copyOf(granted, 2 * size);
            items = Arrays.copyOf(items, 4 * size);
        }
        granted[size] = (long) port << 32 | size;
        items[2 * size] = to;
        items[2 * size++ + 1] = flit;
    }

    /** Puts what was granted in cycle {@code t} on the links; it arrives {@code hop} cycles and the crossing after it has left. */
    void depart(long t, int hop, EventWheel arrivals) {
        if (size == 0) {
            return;
        }
        Arrays.sort(granted, 0, size);
        for (int i = 0; i < size; i++) {
            int port = (int) (granted[i] >>> 32);
            int item = (int) granted[i];
            long leaves = Math.max(t, freeFrom[link[port]]);
            freeFrom[link[port]] = leaves + links.interval();
            arrivals.add(leaves + hop + links.crossing(), items[2 * item], items[2 * item + 1]);
        }
        size = 0;
    }
}
