package org.axongrid.emulator.core;

import org.axongrid.isa.chip.ChipSpec;

/** Where the cores of a system are on its mesh, looked up once: ways between cores are asked for by the million. */
public final class CorePlaces {
    private final int[] column;
    private final int[] row;
    private final int[] chip;

    /**
     * @param spec    the chip
     * @param highest highest number of a core
     */
    public CorePlaces(ChipSpec spec, int highest) {
        column = new int[highest + 1];
        row = new int[highest + 1];
        chip = new int[highest + 1];
        for (int c = 0; c <= highest; c++) {
            column[c] = spec.columnOf(c);
            row[c] = spec.rowOf(c);
            chip[c] = spec.chipOf(c);
        }
    }

    /** @return east-west hops between two cores */
    public int hopsX(int from, int to) {
        return Math.abs(column[to] - column[from]);
    }

    /** @return north-south hops between two cores */
    public int hopsY(int from, int to) {
        return Math.abs(row[to] - row[from]);
    }

    /** @return borders between chips on the way between two cores */
    public int crossings(int from, int to) {
        return Math.abs(chip[to] - chip[from]);
    }
}
