package org.axongrid.emulator.cycle;

import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.noc.AnalyticMesh;
import org.axongrid.emulator.noc.ChipLinks;
import org.axongrid.emulator.noc.DeliveryListener;
import org.axongrid.emulator.noc.Mesh;
import org.axongrid.emulator.noc.MeshGroup;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.Router;
import org.axongrid.emulator.noc.VcMesh;
import org.axongrid.emulator.noc.VcParameters;
import org.axongrid.emulator.noc.Xy1Mesh;

/**
 * The mesh's times in quanta. An asynchronous chip has no clock; the quantum is the modelled cycle, small enough to hold its times.
 *
 * @param quantumPs    length of a cycle, ps
 * @param buffer       flits per input FIFO
 * @param hopX         east-west hop, cycles
 * @param hopY         north-south hop, cycles
 * @param credit       credit return, cycles
 * @param injection    core to router, cycles
 * @param ejection     router to core, cycles
 * @param router       how routers are modelled
 * @param meshes       meshes that the messages of a core take in turn
 * @param crossing     crossing a border between chips, on top of the hop, cycles
 * @param linkInterval from one flit to the next on a link between chips, cycles
 * @param linkRows     rows of routers that share such a link
 */
public record NetworkTiming(int quantumPs, int buffer, int hopX, int hopY, int credit, int injection, int ejection, Router router, int meshes,
                            int crossing, int linkInterval, int linkRows) {
    /** Virtual channels where routers have them. Neither chip's are published; with two no message waits behind one for another output for long. */
    private static final int CHANNELS = 2;
    /** Cycles of a virtual-channel router in a hop: allocation, and the switch. */
    private static final int ROUTER_CYCLES = 2;

    /**
     * @param quantumPs    length of a cycle, ps
     * @param buffer       flits per input FIFO
     * @param hopXPs       east-west hop, ps
     * @param hopYPs       north-south hop, ps
     * @param withinTilePs a message that stays in its tile, ps: split between injection and ejection
     * @return these times rounded up to quanta, at least one each, on one mesh of XY1 routers whose links between chips are as those on the chip; a
     *     credit goes back as slowly as the slower hop
     */
    public static NetworkTiming of(int quantumPs, int buffer, int hopXPs, int hopYPs, int withinTilePs) {
        int x = Math.max(1, quanta(hopXPs, quantumPs));
        int y = Math.max(1, quanta(hopYPs, quantumPs));
        int inside = Math.max(2, quanta(withinTilePs, quantumPs));
        return new NetworkTiming(quantumPs, buffer, x, y, Math.max(x, y), inside / 2, inside - inside / 2, Router.XY1, 1, 0, 1, 1);
    }

    /** @return these times with routers modelled otherwise */
    public NetworkTiming with(Router model) {
        return new NetworkTiming(quantumPs, buffer, hopX, hopY, credit, injection, ejection, model, meshes, crossing, linkInterval, linkRows);
    }

    /**
     * @param count      meshes that the messages of a core take in turn
     * @param crossingPs crossing a border between chips, on top of the hop, ps
     * @param intervalPs from one flit to the next on a link between chips, ps; 0 for a cycle
     * @param rows       rows of routers that share such a link
     * @return these times with such meshes and links
     */
    public NetworkTiming with(int count, int crossingPs, int intervalPs, int rows) {
        return new NetworkTiming(quantumPs, buffer, hopX, hopY, credit, injection, ejection, router, count, quanta(crossingPs, quantumPs),
            Math.max(1, quanta(intervalPs, quantumPs)), rows);
    }

    /** @return costs with the ways of messages as this mesh has them, in whole cycles: what the {@code fast} mode takes */
    public StepCosts on(StepCosts costs) {
        return costs.onMesh(quantumPs, hopX * quantumPs, hopY * quantumPs, (injection + ejection) * quantumPs, crossing * quantumPs);
    }

    /**
     * Makes the mesh. A lone message takes the same time through virtual-channel routers as through the others, as long as hops and ejection have the
     * three cycles that these need at least.
     *
     * @param width     routers per row, of all chips together
     * @param height    rows
     * @param chipWidth routers per row of one chip
     * @param listener  receives deliveries
     * @return the mesh, or several side by side
     */
    Mesh mesh(int width, int height, int chipWidth, DeliveryListener listener) {
        if (meshes > 1) {
            return new MeshGroup(meshes, width * height, own -> one(width, height, chipWidth, own), listener);
        }
        return one(width, height, chipWidth, listener);
    }

    private Mesh one(int width, int height, int chipWidth, DeliveryListener listener) {
        ChipLinks links = width > chipWidth ? new ChipLinks(chipWidth, crossing, linkInterval, linkRows) : ChipLinks.NONE;
        MeshParameters plain = new MeshParameters(width, height, MeshParameters.Order.XY, buffer, hopX, hopY, credit, injection, ejection);
        return switch (router) {
            case ANALYTIC -> new AnalyticMesh(plain, links, listener);
            case XY1 -> new Xy1Mesh(plain, links, listener);
            case VC -> new VcMesh(new VcParameters(width, height, MeshParameters.Order.XY, CHANNELS, buffer, 0, true, 1, 0,
                Math.max(1, hopX - ROUTER_CYCLES), Math.max(1, hopY - ROUTER_CYCLES), credit, injection, Math.max(1, ejection - ROUTER_CYCLES), 1), links,
                listener);
        };
    }

    private static int quanta(int ps, int quantumPs) {
        return (ps + quantumPs - 1) / quantumPs;
    }
}
