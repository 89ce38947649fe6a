package org.axongrid.emulator.noc;

import org.axongrid.emulator.noc.MeshParameters.Order;
import org.axongrid.isa.InvalidInputException;

/**
 * Parameters of a mesh of virtual-channel routers; times in cycles. The stages are those of Dally and Towles, Principles and Practices of
 * Interconnection Networks (2004), section 16.1: route computation, VC allocation, switch allocation, switch traversal, then the link.
 *
 * @param width       routers per row
 * @param height      rows
 * @param order       which dimension is routed first
 * @param channels    virtual channels per port, 1..{@value #CHANNELS_MAX}
 * @param buffer      flits that the FIFO of one virtual channel holds
 * @param routing     route computation: 0 with look-ahead
 * @param speculative whether a packet asks for the switch in the cycle in which it asks for a virtual channel (section 16.3 of the book, after Peh
 *                    and Dally, HPCA 2001); if not, VC allocation takes a cycle of its own
 * @param traversal   switch traversal, at least 1
 * @param turnaround  0, or 1 if a traversal takes a cycle longer when flits went through the router's switch in the cycle before: no pipeline of the
 *                    book, but what BookSim 2 shows where its switch traversal takes two cycles (rows P5 of the golden data)
 * @param linkX       east-west link, at least 1
 * @param linkY       north-south link, at least 1
 * @param credit      from a grant, which frees a slot, until the sender can use its credit
 * @param injection   from the core to the local FIFO
 * @param ejection    from the crossbar to the core, link and sink together
 * @param flits       length of every packet, in flits
 */
public record VcParameters(int width, int height, Order order, int channels, int buffer, int routing, boolean speculative, int traversal,
                           int turnaround, int linkX, int linkY, int credit, int injection, int ejection, int flits) {
    /** Most virtual channels of a port: those of a router's five inputs are bits of a long. */
    public static final int CHANNELS_MAX = 12;
    private static final int ROUTERS_MAX = 1 << 16;
    private static final int TIME_MAX = 1 << 16;
    private static final int FLITS_MAX = 1 << 12;
    private static final long WAY_MAX = 1L << 28;
    private static final long SLOTS_MAX = 1L << 25;

    /** Checks the ranges. */
    public VcParameters {
        if (width < 1 || height < 1 || (long) width * height > ROUTERS_MAX) {
            throw new InvalidInputException("a mesh of " + width + " x " + height + " routers, expected 1 to " + ROUTERS_MAX + " in all");
        }
        require("virtual channels", channels, 1, CHANNELS_MAX);
        require("B (flits per virtual channel)", buffer, 1, TIME_MAX);
        require("route computation", routing, 0, TIME_MAX);
        require("switch traversal", traversal, 1, TIME_MAX);
        require("switch turnaround", turnaround, 0, 1);
        require("east-west link", linkX, 1, TIME_MAX);
        require("north-south link", linkY, 1, TIME_MAX);
        require("credit return", credit, 1, TIME_MAX);
        require("injection", injection, 1, TIME_MAX);
        require("ejection", ejection, 1, TIME_MAX);
        require("flits per packet", flits, 1, FLITS_MAX);
        if ((2L + routing + traversal + linkX) * width + (2L + routing + traversal + linkY) * height > WAY_MAX) {
            throw new InvalidInputException("a mesh of " + width + " x " + height + " routers with such stages: ways of more than " + WAY_MAX + " cycles");
        }
        if ((long) width * height * Mesh.PORTS * channels * buffer > SLOTS_MAX) {
            throw new InvalidInputException(width + " x " + height + " routers with " + channels + " virtual channels of " + buffer
                + " flits: more than " + SLOTS_MAX + " flits in all");
        }
    }

    private static void require(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidInputException("mesh parameter " + what + " = " + value + " is outside " + min + ".." + max);
        }
    }

    /** @return number of routers */
    public int routers() {
        return width * height;
    }

    /** @return cycles that a packet spends in a router before it can ask for the switch */
    public int beforeSwitch() {
        return routing + (speculative ? 0 : 1);
    }

    /** @return cycles from the grant of the switch until the neighbour's FIFO has the flit: the grant's own, the switch, the link */
    public int hop(int output) {
        return 1 + traversal + (output <= Mesh.WEST ? linkX : linkY);
    }

    /** @return cycles from the grant of the switch until the core has the flit */
    public int toCore() {
        return 1 + traversal + ejection;
    }

    /** @return cycles that a lone packet takes from its offer to the delivery of its last flit, if buffers do not hold it up */
    public int zeroLoadLatency(int source, int destination) {
        int dx = Math.abs(source % width - destination % width);
        int dy = Math.abs(source / width - destination / width);
        return injection + hop(Mesh.EAST) * dx + hop(Mesh.NORTH) * dy + beforeSwitch() * (dx + dy + 1) + toCore() + flits - 1;
    }
}
