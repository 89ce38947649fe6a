package org.axongrid.emulator.noc;

import org.axongrid.isa.InvalidInputException;

/**
 * Parameters of an XY1 mesh; times in cycles.
 *
 * @param width        routers per row
 * @param height       rows
 * @param order        which dimension is routed first
 * @param buffer       B: flits that an input FIFO holds
 * @param hopX         hx: from an east or west output to the neighbour's FIFO
 * @param hopY         hy: the same, north and south
 * @param credit       C: from a freed slot to the sender's counter
 * @param injection    hi: from the core to the local FIFO
 * @param ejection     he: from a grant of the local output to the core
 */
public record MeshParameters(int width, int height, Order order, int buffer, int hopX, int hopY, int credit, int injection, int ejection) {
    private static final int ROUTERS_MAX = 1 << 20;
    private static final int TIME_MAX = 1 << 16;
    private static final long WAY_MAX = 1L << 28;
    private static final long SLOTS_MAX = 1L << 26;

    /** Dimension-order routing, one way or the other. */
    public enum Order {
        /** East-west first. */
        XY,
        /** North-south first. */
        YX
    }

    /** Checks the ranges: everything at least 1. */
    public MeshParameters {
        if (width < 1 || height < 1 || (long) width * height > ROUTERS_MAX) {
            throw new InvalidInputException("a mesh of " + width + " x " + height + " routers, expected 1 to " + ROUTERS_MAX + " in all");
        }
        require("B (buffer)", buffer);
        require("hx (east-west hop)", hopX);
        require("hy (north-south hop)", hopY);
        require("C (credit return)", credit);
        require("hi (injection)", injection);
        require("he (ejection)", ejection);
        if ((long) hopX * width + (long) hopY * height > WAY_MAX) {
            throw new InvalidInputException("a mesh of " + width + " x " + height + " routers with hops of " + hopX + " and " + hopY
                + " cycles: ways of more than " + WAY_MAX + " cycles");
        }
        if ((long) width * height * Mesh.PORTS * buffer > SLOTS_MAX) {
            throw new InvalidInputException(width + " x " + height + " routers with buffers of " + buffer + ": more than " + SLOTS_MAX + " flits in all");
        }
    }

    private static void require(String what, int value) {
        if (value < 1 || value > TIME_MAX) {
            throw new InvalidInputException("mesh parameter " + what + " = " + value + " is outside 1.." + TIME_MAX);
        }
    }

    /** @return number of routers */
    public int routers() {
        return width * height;
    }

    /** @return cycles that a lone packet takes from its offer to its delivery */
    public int zeroLoadLatency(int source, int destination) {
        int dx = Math.abs(source % width - destination % width);
        int dy = Math.abs(source / width - destination / width);
        return injection + hopX * dx + hopY * dy + ejection;
    }
}
