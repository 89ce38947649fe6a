package org.axongrid.emulator.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.isa.cost.CostConstant;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.cost.CostScope;
import org.axongrid.isa.cost.EvidenceGrade;
import org.junit.jupiter.api.Test;

class EnergyModelTest {
    @Test
    void pricesNahukuAsByHand() {
        EventCounters n = new EventCounters();
        n.synapticOperations[0] = 1000;
        n.synapticOperations[1] = 100;
        n.synapticOperations[2] = 10;
        n.updatesActive = 50;
        n.updatesIdle = 70;
        n.spikes = 7;
        n.messages = 9;
        n.messagesReceived = 9;
        n.hopsX = 20;
        n.hopsY = 30;
        EnergyReport e = EnergyModel.price(n, CostProfiles.preset("loihi-nahuku"), 1, 1e-3);
        // 35500 + 3360 + 240 + 3640 + 3584 + 485.1 + 999 + 0 + 60 + 126 pJ
        assertEquals(47_994.1e-12, e.totalJ());
        assertEquals(e.totalJ(), e.dynamicJ());
        assertEquals(0, e.staticJ());
        assertEquals(List.of("synapses_dense", "synapses_sparse", "synapses_shared", "synapse_words", "updates_active", "updates_idle", "spikes",
            "messages_out", "messages_in", "hops_x", "hops_y"), new ArrayList<>(e.byComponent().keySet()));
        assertEquals(3640e-12, e.byComponent().get("updates_active"));
        assertEquals(0.0, e.byComponent().get("messages_in"));
        assertEquals(47_994.1e-9, e.averagePowerW(), 1e-18);
        assertEquals(1110 / 47_994.1e-12, e.synapticOperationsPerJoule(), 1);
        assertEquals(47_994.1e-15, e.energyDelayJs(), 1e-24);
        assertEquals(47_994.1e-15 / 4, e.energyDelayPerInferenceJs(2), 1e-24);
        assertEquals(Optional.of(EvidenceGrade.DERIVED), e.weakest());
        assertEquals(List.of("static_chips", "management_processors"), names(e));
    }

    @Test
    void pricesDaviesWithStaticPowerOfAllChips() {
        EventCounters n = new EventCounters();
        n.synapticOperations[1] = 1_000_000;
        n.steps = 12;
        n.messagesWithinTile = 10;
        EnergyReport e = EnergyModel.price(n, CostProfiles.preset("loihi-davies2018"), 3, 2e-3, 1);
        assertEquals(23.6e-6 + 17e-12 + 3 * 5.94e-6, e.dynamicJ(), 1e-20);
        assertEquals(3 * 2e-3 * 0.104, e.byComponent().get("static_chips"), 1e-18);
        assertEquals(3 * 2e-3 * 0.065, e.byComponent().get("management_processors"), 1e-18);
        assertEquals(3 * 2e-3 * 0.169, e.staticJ(), 1e-18);
        assertEquals(e.dynamicJ() + e.staticJ(), e.totalJ(), 1e-18);
        assertEquals(List.of("barriers"), names(e));
        assertEquals(12, e.notEstimated().get(0).count());
        assertEquals("barriers: barrier_energy is unknown in loihi-davies2018", e.notEstimated().get(0).toString());
    }

    @Test
    void unknownIsNeverZero() {
        EventCounters n = new EventCounters();
        n.spikes = 5;
        n.messages = 6;
        n.messagesReceived = 6;
        n.chipCrossings = 1;
        n.hostBiasWrites = 2;
        n.hostReads = 3;
        EnergyReport e = EnergyModel.price(n, CostProfiles.preset("loihi-davies2018"), 1, 0);
        assertEquals(List.of("spikes", "messages_out", "messages_in", "chip_crossings", "host_bias_writes", "host_reads"), names(e));
        names(e).forEach(c -> assertFalse(e.byComponent().containsKey(c), c));
        assertEquals(0, e.totalJ());
        assertTrue(Double.isNaN(e.averagePowerW()));
        assertTrue(Double.isNaN(e.synapticOperationsPerJoule()));
    }

    @Test
    void whatDidNotHappenIsNotOnTheList() {
        EnergyReport e = EnergyModel.price(new EventCounters(), profile(Map.of()), 1, 1);
        assertEquals(List.of("static_chips", "management_processors"), names(e));
        assertTrue(e.byComponent().isEmpty());
        assertEquals(Optional.empty(), e.weakest());
    }

    @Test
    void aTotalIsNoBetterThanItsWeakestConstant() {
        CostProfile p = profile(Map.of(CostConstant.SPIKE_ENERGY, entry(1e-12, EvidenceGrade.PROJECTED),
            CostConstant.HOP_X_ENERGY, entry(1e-12, EvidenceGrade.MEASURED), CostConstant.HOP_Y_ENERGY, entry(1e-12, EvidenceGrade.METERED)));
        EventCounters n = new EventCounters();
        n.hopsY = 1;
        assertEquals(Optional.of(EvidenceGrade.METERED), EnergyModel.price(n, p, 1, 0).weakest());
        n.hopsX = 1;
        assertEquals(Optional.of(EvidenceGrade.MEASURED), EnergyModel.price(n, p, 1, 0).weakest());
        n.spikes = 1;
        assertEquals(Optional.of(EvidenceGrade.PROJECTED), EnergyModel.price(n, p, 1, 0).weakest());
    }

    @Test
    void sumsAreExactBeforeTheyAreRounded() {
        // Added up as doubles, ten times 0.1 pJ is not 1 pJ.
        Map<CostConstant, CostProfile.Entry> constants = new EnumMap<>(CostConstant.class);
        constants.put(CostConstant.HOP_X_ENERGY, entry(0.1e-12, EvidenceGrade.MEASURED));
        constants.put(CostConstant.HOP_Y_ENERGY, entry(0.2e-12, EvidenceGrade.MEASURED));
        EventCounters n = new EventCounters();
        n.hopsX = 1;
        n.hopsY = 1;
        assertEquals(0.3e-12, EnergyModel.price(n, profile(constants), 1, 0).totalJ());
        n.hopsX = 1L << 60;
        n.hopsY = 0;
        assertEquals(1.152921504606846976e5, EnergyModel.price(n, profile(constants), 1, 0).totalJ());
    }

    @Test
    void anAllInFigureContainsTheRest() {
        CostProfile p = profile(Map.of(CostConstant.SYNAPTIC_DENSE_ENERGY,
            new CostProfile.Entry(26e-12, "test", CostScope.ALL_IN, EvidenceGrade.MEASURED, Double.NaN)));
        EventCounters n = new EventCounters();
        n.synapticOperations[0] = 10;
        n.spikes = 1;
        n.hostReads = 1;
        EnergyReport e = EnergyModel.price(n, p, 1, 1);
        assertEquals(260e-12, e.totalJ());
        assertEquals("spikes: contained in synaptic_dense_energy of test, which is all_in", e.notEstimated().get(0).toString());
        assertEquals("host_reads: host_read_energy is unknown in test", e.notEstimated().get(1).toString());
    }

    @Test
    void rejectsImpossibleArguments() {
        CostProfile p = profile(Map.of());
        EventCounters n = new EventCounters();
        assertThrows(IllegalArgumentException.class, () -> EnergyModel.price(n, p, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> EnergyModel.price(n, p, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> EnergyModel.price(n, p, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> EnergyModel.price(n, p, 1, 1, -1));
    }

    private static List<String> names(EnergyReport e) {
        return e.notEstimated().stream().map(EnergyReport.NotEstimated::component).toList();
    }

    static CostProfile profile(Map<CostConstant, CostProfile.Entry> constants) {
        return new CostProfile("test", "a test", constants, null);
    }

    private static CostProfile.Entry entry(double joules, EvidenceGrade grade) {
        return new CostProfile.Entry(joules, "test", CostScope.PER_OP, grade, Double.NaN);
    }

    /** ODIN at 75 MHz: leakage and 75e6 cycles of 1.78 pJ a second beside the operations. */
    @Test
    void aClockTakesEnergyWhileTimePasses() {
        EventCounters c = new EventCounters();
        c.synapticOperations[0] = 37_500_000;
        EnergyReport e = EnergyModel.price(c, CostProfiles.preset("odin"), 1, 1);
        assertEquals(27.3e-6, e.byComponent().get("static_chips"), 1e-18);
        assertEquals(133.5e-6, e.byComponent().get("clock"), 1e-18);
        assertEquals(37.5e6 * 8.43e-12, e.dynamicJ(), 1e-18);
        assertEquals(e.totalJ(), e.dynamicJ() + e.staticJ(), 1e-18);
        CostProfile noFrequency = CostProfiles.parse("schema: axongrid.cost/1\nname: x\nsummary: y\nconstants:\n"
            + "  clock_cycle_energy: {value: 1, source: s}\n", "t");
        assertEquals(List.of("clock"), EnergyModel.price(new EventCounters(), noFrequency, 1, 1).notEstimated().stream()
            .map(EnergyReport.NotEstimated::component).filter(n -> n.equals("clock")).toList());
        assertTrue(EnergyModel.price(new EventCounters(), CostProfiles.preset("loihi-nahuku"), 1, 1).notEstimated().stream()
            .noneMatch(n -> n.component().equals("clock")), "a chip without a clock has no such component");
    }

    @Test
    void operationsThatHaveNoPriceGiveNoEfficiency() {
        EventCounters c = new EventCounters();
        c.synapticOperations[0] = 10;
        c.synapticOperations[2] = 10;
        assertTrue(Double.isNaN(EnergyModel.price(c, CostProfiles.preset("odin"), 1, 1).synapticOperationsPerJoule()));
    }

    @Test
    void thePapersArithmeticIsApart() {
        PaperStyleEstimate p = PaperStyleEstimate.of(CostProfiles.preset("generic-45nm"), 1000, 100, 2000).orElseThrow();
        assertEquals(1000 * 0.9e-12 + 100 * 4.6e-12, p.joules(), 1e-20);
        assertEquals(2000 * 4.6e-12, p.annJoules(), 1e-20);
        assertTrue(PaperStyleEstimate.of(CostProfiles.preset("loihi-nahuku"), 1, 1, 1).isEmpty());
    }
}
