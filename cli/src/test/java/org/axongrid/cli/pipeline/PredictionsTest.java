package org.axongrid.cli.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PredictionsTest {
    @Test
    void differingCountsImagesUpToAStep() {
        Predictions a = new Predictions(3, 2);
        Predictions b = new Predictions(3, 4);
        assertEquals(0, a.differing(b, 2));
        b.set(1, 3, 7);
        assertEquals(0, a.differing(b, 2), "a later step");
        b.set(1, 2, 7);
        b.set(2, 1, 7);
        b.set(2, 2, 7);
        assertEquals(2, a.differing(b, 2));
        assertEquals(1, a.differing(b, 1));
        assertEquals(2, b.differing(a, 2));
    }
}
