package org.axongrid.isa.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BarrierTableTest {
    @Test
    void isLinearBetweenEntriesAndFlatOutside() {
        BarrierTable t = table(Map.of(2, 1000L, 4, 1400L, 7, 1401L));
        assertEquals(1000, t.ps(1));
        assertEquals(1000, t.ps(2));
        assertEquals(1200, t.ps(3));
        assertEquals(1400, t.ps(4));
        assertEquals(1400, t.ps(5));
        assertEquals(1401, t.ps(6));
        assertEquals(1401, t.ps(100));
        assertEquals(7, t.widest());
    }

    @Test
    void rejectsImpossibleTables() {
        assertThrows(IllegalArgumentException.class, () -> table(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> table(Map.of(0, 1L)));
        assertThrows(IllegalArgumentException.class, () -> table(Map.of(1, -1L)));
    }

    private static BarrierTable table(Map<Integer, Long> entries) {
        return new BarrierTable(new TreeMap<>(entries), "test", EvidenceGrade.UNSTATED, Double.NaN);
    }
}
