package org.axongrid.emulator.noc;

import org.axongrid.isa.InvalidInputException;

/**
 * Links between chips that stand side by side in one mesh: what crossing the border between two columns of routers costs on top of the hop, and how
 * many rows share a link. Where several do, flits merge in front of it and split behind it, as at the edges of TrueNorth (project reference on the
 * network, section 5).
 *
 * @param chipWidth columns of routers per chip; 0 if there is one chip
 * @param crossing  cycles that a crossing takes on top of a hop, at least 0
 * @param interval  cycles from one flit on a link to the next, at least 1
 * @param rows      rows of routers that share a link, at least 1
 */
public record ChipLinks(int chipWidth, int crossing, int interval, int rows) {
    /** One chip. */
    public static final ChipLinks NONE = new ChipLinks(0, 0, 1, 1);
    private static final int TIME_MAX = 1 << 16;

    /** Checks the ranges. */
    public ChipLinks {
        if (chipWidth < 0 || crossing < 0 || crossing > TIME_MAX || interval < 1 || interval > TIME_MAX || rows < 1) {
            throw new InvalidInputException("links between chips of " + chipWidth + " columns with a crossing of " + crossing + " cycles, " + interval
                + " cycles from flit to flit, shared by " + rows + " rows: out of range");
        }
    }

    /** @return whether an output of a router in column {@code x} leads to another chip */
    boolean crosses(int x, int output) {
        return chipWidth > 0 && (output == Mesh.EAST && (x + 1) % chipWidth == 0 || output == Mesh.WEST && x % chipWidth == 0);
    }

    /** @return borders between two columns */
    int crossings(int fromColumn, int toColumn) {
        return chipWidth == 0 ? 0 : Math.abs(fromColumn / chipWidth - toColumn / chipWidth);
    }
}
