package org.axongrid.mapper.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HilbertTest {
    @ParameterizedTest
    @CsvSource({"1,1", "7,1", "8,4", "5,9", "28,28", "112,112"})
    void visitsEachPositionOnce(int width, int height) {
        int[] sorted = Hilbert.order(width, height);
        Arrays.sort(sorted);
        assertArrayEquals(IntStream.range(0, width * height).toArray(), sorted);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16, 32})
    void neighboursOnTheCurveAreNeighboursInTheSquare(int side) {
        int[] order = Hilbert.order(side, side);
        for (int i = 1; i < order.length; i++) {
            int distance = Math.abs(order[i] / side - order[i - 1] / side) + Math.abs(order[i] % side - order[i - 1] % side);
            assertEquals(1, distance, "step " + i);
        }
    }
}
