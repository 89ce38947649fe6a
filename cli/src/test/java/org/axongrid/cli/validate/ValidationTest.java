package org.axongrid.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks against published measurements, with squares of 8 x 8 cores in place of whole chips. */
class ValidationTest {
    @Test
    void whatIsKnownAgreesAndWhatIsNotIsSaid() {
        List<Check> checks = Validation.run(8, 200);
        assertEquals(List.of("V1", "V1", "V2", "V3", "V4", "V5", "V5", "V6", "V7"), checks.stream().map(Check::id).toList());
        double[] tolerance = {0.01, 0.01, 0.05, 0.005};
        for (int i = 0; i < checks.size(); i++) {
            Check c = checks.get(i);
            assertFalse(c.isAgainst(), c.toString());
            if (i < tolerance.length) {
                assertEquals(Check.Verdict.AGREES, c.verdict(), c.toString());
                assertTrue(Math.abs(c.deviation()) <= tolerance[i], c.toString());
            } else {
                assertEquals(Check.Verdict.POSSIBLE, c.verdict(), c.toString());
                assertTrue(c.remark().contains("unpublished"), c.toString());
            }
        }
        String table = Validation.table(checks);
        assertEquals(1 + 2 * checks.size(), table.lines().count());
        assertTrue(table.contains("possible, inputs unpublished"), table);
    }

    /** 256 neurons at 50 Hz, each spike to 128 synapses, one tick later. */
    @Test
    void theLoadIsWhatItSays() {
        CrossbarLoad.Outcome o = CrossbarLoad.recurrent(4, 128, 0.05, 401);
        assertEquals(50, o.hertz(), 0.3);
        assertEquals(4096, o.neurons());
        // Each spike but those of the last tick came to 128 synapses on average.
        assertEquals(128, o.counters().synapticOperationsTotal() / (double) o.counters().messagesReceived, 1.5);
        // Random places on n x n cores are (n * n - 1) / 3 n apart in each direction.
        assertEquals(2 * 15 / 12.0, (o.counters().hopsX + o.counters().hopsY) / (double) o.counters().messages, 0.1);
        assertEquals(0, CrossbarLoad.recurrent(2, 128, 0, 10).counters().spikes);
    }

    @Test
    void aDrivenCrossbarCountsEachSynapse() {
        CrossbarLoad.Outcome o = CrossbarLoad.driven(3, 20_480, 100);
        assertEquals(100 * 3 * 256, o.counters().synapticOperationsTotal());
        assertEquals(100 * 20.48e-6, o.seconds(), 1e-12);
    }

    @Test
    void whatIsOutsideItsToleranceDiffers() {
        assertTrue(Check.within("X", "c", "s", 1, 1.02, "1.02", 0.01, "r").isAgainst());
        assertFalse(Check.within("X", "c", "s", 1, 0.995, "0.995", 0.01, "r").isAgainst());
        assertTrue(Check.possible("X", "c", "s", "o", false, "r").isAgainst());
    }
}
