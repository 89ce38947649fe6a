package org.axongrid.mapper.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.Test;

class QcfsConversionTest {
    private static Network network(Activation hidden, Activation last) {
        Shape two = Shape.dense(2);
        return new Network("net",
            List.of(new Population("input", two, Activation.input(), new double[0]), new Population("hidden", two, hidden, new double[] {1, 2}),
                new Population("out", two, last, new double[] {3, 4})),
            List.of(Projection.dense(0, 1, two, two, Pool.NONE), Projection.dense(1, 2, two, two, Pool.NONE), Projection.dense(0, 2, two, two,
                Pool.NONE)),
            List.of(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8}, new double[] {9, 10, 11, 12}));
    }

    @Test
    void foldsThePayloadOfSpikesOnly() {
        SpikingNetwork snn = QcfsConversion.convert(network(Activation.qcfs(1.5, 4), Activation.linear()));
        assertEquals("qcfs", snn.method());
        assertArrayEquals(new double[][] {null, {1.5}, null}, snn.theta());
        assertArrayEquals(new double[][] {null, {0.75}, null}, snn.initialV());
        assertArrayEquals(new double[] {1, 2, 3, 4}, snn.kernels().get(0));
        assertArrayEquals(new double[] {7.5, 9, 10.5, 12}, snn.kernels().get(1));
        assertArrayEquals(new double[] {9, 10, 11, 12}, snn.kernels().get(2));
    }

    @Test
    void refusesOtherActivations() {
        assertRefused(network(Activation.linear(), Activation.linear()), "hidden");
        assertRefused(network(Activation.qcfs(1, 4), Activation.qcfs(1, 4)), "out");
    }

    private static void assertRefused(Network network, String layer) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> QcfsConversion.convert(network));
        assertTrue(e.getMessage().contains("layers " + layer), e.getMessage());
    }
}
