package org.axongrid.emulator.cycle;

import org.axongrid.emulator.core.StepCosts;

/**
 * The mesh's times in quanta. An asynchronous chip has no clock; the quantum is the modelled cycle, small enough to hold its times.
 *
 * @param quantumPs length of a cycle, ps
 * @param buffer    flits per input FIFO
 * @param hopX      east-west hop, cycles
 * @param hopY      north-south hop, cycles
 * @param credit    credit return, cycles
 * @param injection core to router, cycles
 * @param ejection  router to core, cycles
 */
public record NetworkTiming(int quantumPs, int buffer, int hopX, int hopY, int credit, int injection, int ejection) {
    /**
     * @param quantumPs    length of a cycle, ps
     * @param buffer       flits per input FIFO
     * @param hopXPs       east-west hop, ps
     * @param hopYPs       north-south hop, ps
     * @param withinTilePs a message that stays in its tile, ps: split between injection and ejection
     * @return these times rounded up to quanta, at least one each; a credit goes back as slowly as the slower hop
     */
    public static NetworkTiming of(int quantumPs, int buffer, int hopXPs, int hopYPs, int withinTilePs) {
        int x = quanta(hopXPs, quantumPs);
        int y = quanta(hopYPs, quantumPs);
        int inside = Math.max(2, quanta(withinTilePs, quantumPs));
        return new NetworkTiming(quantumPs, buffer, x, y, Math.max(x, y), inside / 2, inside - inside / 2);
    }

    /** @return costs with the ways of messages as this mesh has them, in whole cycles: what the {@code fast} mode takes */
    public StepCosts on(StepCosts costs) {
        return costs.onMesh(quantumPs, hopX * quantumPs, hopY * quantumPs, (injection + ejection) * quantumPs);
    }

    private static int quanta(int ps, int quantumPs) {
        return Math.max(1, (ps + quantumPs - 1) / quantumPs);
    }
}
