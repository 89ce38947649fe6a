package org.axongrid.emulator.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.LoihiCoreImage;
import org.junit.jupiter.api.Test;

class BarrierTimeTest {
    private final CostProfile nahuku = CostProfiles.preset("loihi-nahuku");

    @Test
    void dependsOnTheTilesInUse() {
        assertEquals(new BarrierTime(600_000, List.of()), BarrierTime.of(nahuku, 1, 1));
        assertEquals(new BarrierTime(1_200_000, List.of()), BarrierTime.of(nahuku, 3, 1));
        assertEquals(new BarrierTime(1_800_000, List.of()), BarrierTime.of(nahuku, 29, 1));
        assertEquals(113_000 + 352_000 / 31, BarrierTime.of(CostProfiles.preset("loihi-davies2018"), 2, 1).ps(), 1);
    }

    @Test
    void saysWhatItDoesNotKnow() {
        BarrierTime chips = BarrierTime.of(nahuku, 3, 2);
        assertEquals(1_800_000, chips.ps());
        assertTrue(chips.notes().get(0).contains("over 2 chips is unknown in loihi-nahuku"), chips.notes().toString());
        BarrierTime wide = BarrierTime.of(nahuku, 32, 1);
        assertEquals(1_800_000, wide.ps());
        assertTrue(wide.notes().get(0).contains("over 32 tiles is unknown"), wide.notes().toString());
        BarrierTime none = BarrierTime.of(EnergyModelTest.profile(Map.of()), 1, 1);
        assertEquals(0, none.ps());
        assertTrue(none.notes().get(0).contains("unknown in test"), none.notes().toString());
        assertThrows(IllegalArgumentException.class, () -> BarrierTime.of(nahuku, 0, 1));
    }

    @Test
    void countsTheTilesOfAnImage() {
        assertEquals(600_000, BarrierTime.of(nahuku, image(1, 0, 1, 3)).ps());
        assertEquals(1_000_000, BarrierTime.of(nahuku, image(1, 0, 3, 4)).ps());
        assertEquals(1_400_000, BarrierTime.of(nahuku, image(1, 0, 4, 8, 12)).ps());
        assertEquals(1_800_000, BarrierTime.of(nahuku, image(2, 0, 128)).ps());
    }

    private static ChipImage image(int chips, int... cores) {
        List<CoreImage> images = new ArrayList<>();
        for (int c : cores) {
            int[] none = {};
            images.add(new LoihiCoreImage(c, List.of(), new byte[0], none, none, List.of(), new long[0], none, none, none, none, none, none,
                new int[1], none, none, none));
        }
        return new ChipImage("test", ChipSpecs.preset("loihi"), chips, images, List.of(), 0);
    }
}
