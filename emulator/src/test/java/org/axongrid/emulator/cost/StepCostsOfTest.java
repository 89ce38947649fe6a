package org.axongrid.emulator.cost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.axongrid.isa.image.NeuronProfile;
import org.junit.jupiter.api.Test;

class StepCostsOfTest {
    private static final int[] NONE = {};
    private static final ChipImage NATIVE = new ChipImage("native", ChipSpecs.preset("loihi"), 1, List.of(new LoihiCoreImage(0,
        List.of(new NeuronProfile(4096, 0, 1, NeuronProfile.Reset.SOFT, 1, 0, 0, 0, 1)), new byte[1], new int[1], new int[1], List.of(),
        new long[0], NONE, NONE, NONE, NONE, NONE, NONE, new int[1], NONE, NONE, NONE)), List.of(), 0);

    @Test
    void takesTimesInPicoseconds() {
        StepCosts c = StepCostsOf.profile(CostProfiles.preset("loihi-nahuku"));
        assertEquals(9700, c.updateActivePs());
        assertEquals(6000, c.updateIdlePs());
        assertEquals(30_000, c.spikePs());
        assertEquals(5100, c.messageOutPs());
        assertEquals(16_000, c.messageInPs());
        assertArrayEquals(new int[] {3800, 4700, 3100}, c.synapticPs());
        assertEquals(4100, c.hopXPs());
        assertEquals(6500, c.hopYPs());
        assertEquals(0, c.withinTilePs());
        assertEquals(List.of("within_tile_time"), StepCostsOf.notTimed(CostProfiles.preset("loihi-nahuku"), NATIVE));
    }

    @Test
    void namesTheTimesThatAreUnknown() {
        StepCosts c = StepCostsOf.profile(CostProfiles.preset("loihi-davies2018"));
        assertEquals(0, c.spikePs());
        assertEquals(2100, c.withinTilePs());
        assertEquals(List.of("spike_time", "message_out_time", "message_in_time"),
            StepCostsOf.notTimed(CostProfiles.preset("loihi-davies2018"), NATIVE));
        assertEquals(12, StepCostsOf.notTimed(EnergyModelTest.profile(Map.of()), NATIVE).size());
    }
}
