package org.axongrid.emulator.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.cost.EvidenceGrade;
import org.junit.jupiter.api.Test;

/** The TrueNorth profiles against the chip's published totals (project reference on energy, sections 3.3 and 5, V1 and V2). */
class TrueNorthEnergyTest {
    private static final long NEURONS = 1_048_576;
    private static final int SYNAPSES = 128;
    private static final double HOPS = 21.3;

    /** One second of the whole chip. */
    private static EventCounters second(double hertz) {
        EventCounters n = new EventCounters();
        n.spikes = Math.round(NEURONS * hertz);
        n.messages = n.spikes;
        n.messagesReceived = n.spikes;
        n.synapticOperations[0] = n.spikes * SYNAPSES;
        n.hopsX = Math.round(n.spikes * HOPS);
        n.hopsY = n.hopsX;
        n.steps = 1000;
        n.updatesActive = NEURONS * 500;
        n.updatesIdle = NEURONS * 500;
        return n;
    }

    private static double milliwatts(String profile, double hertz) {
        EnergyReport e = EnergyModel.price(second(hertz), CostProfiles.preset(profile), 1, 1);
        assertTrue(e.notEstimated().isEmpty(), () -> profile + ": " + e.notEstimated());
        assertEquals(EvidenceGrade.DERIVED, e.weakest().orElseThrow());
        return 1e3 * e.averagePowerW();
    }

    @Test
    void meetsTheMeasuredTotals() {
        for (String profile : new String[] {"truenorth-0.8V", "truenorth-split"}) {
            assertEquals(68, milliwatts(profile, 11.58), 0.68, profile);
            assertEquals(71, milliwatts(profile, 20.07), 0.71, profile);
            assertEquals(94, milliwatts(profile, 95.93), 0.94, profile);
            // Measured at 0.775 V.
            assertEquals(72, milliwatts(profile, 20), 3.6, profile);
        }
    }

    @Test
    void theHeadlineFigureHoldsAtItsOperatingPointOnly() {
        EnergyReport there = EnergyModel.price(second(20), CostProfiles.preset("truenorth-allin"), 1, 1);
        assertEquals(72e-3, there.averagePowerW(), 72e-3 * 0.05);
        EnergyReport fast = EnergyModel.price(second(95.93), CostProfiles.preset("truenorth-allin"), 1, 1);
        assertTrue(fast.averagePowerW() > 3 * 94e-3, "an average is not a marginal price");
    }

    @Test
    void whatTheLineDoesNotKnowIsNamed() {
        EventCounters n = second(1);
        n.outputEvents = 5;
        n.chipCrossings = 7;
        assertEquals(2, EnergyModel.price(n, CostProfiles.preset("truenorth-0.8V"), 1, 1).notEstimated().size());
        EnergyReport split = EnergyModel.price(n, CostProfiles.preset("truenorth-split"), 1, 1);
        assertTrue(split.notEstimated().isEmpty());
        assertEquals(7 * 832e-12, split.byComponent().get("chip_crossings"), 1e-15);
        assertEquals(5 * 64e-12, split.byComponent().get("output_pins"), 1e-15);
    }
}
