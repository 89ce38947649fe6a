package org.axongrid.mapper.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacerTest {
    private final ChipSpec loihi = ChipSpecs.preset("loihi");

    @ParameterizedTest
    @EnumSource(Placer.class)
    void usesEachCoreOnceAndNoMoreChipsThanNeeded(Placer placer) {
        for (int cores : new int[] {1, 5, 128, 129, 300}) {
            Placement p = placer.place(cores, loihi, 8, 3);
            assertEquals((cores + 127) / 128, p.chips());
            assertEquals(cores, Arrays.stream(p.coreOf()).distinct().count());
            assertTrue(Arrays.stream(p.coreOf()).allMatch(c -> c >= 0 && c < p.chips() * 128), "cores within the chips");
        }
    }

    @ParameterizedTest
    @EnumSource(Placer.class)
    void saysByHowMuchItDoesNotFit(Placer placer) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> placer.place(130, loihi, 1, 3));
        assertEquals("the network needs 130 cores = 2 chips of loihi (128 cores each), limit 1 chip: 2 cores too many; it would fit with --chips 2", e.getMessage());
    }
}
