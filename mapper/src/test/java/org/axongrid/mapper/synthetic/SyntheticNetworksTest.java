package org.axongrid.mapper.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.junit.jupiter.api.Test;

class SyntheticNetworksTest {
    @Test
    void resnet20HasTheLayersOfThePaper() {
        Network net = SyntheticNetworks.of("synthetic:resnet20");
        // The input, the stem, three stages of three blocks of two convolutions, the readout.
        assertEquals(21, net.populations().size());
        assertEquals(16 * 32 * 32, net.populations().get(1).shape().size());
        assertEquals(64 * 8 * 8, net.populations().get(19).shape().size());
        assertEquals(10, net.readout().shape().size());
        long weights = net.projections().stream().filter(p -> p.inPerGroup() > 1).mapToLong(p -> p.kernelSize()).sum();
        // 0.27 million parameters there, with biases and without projections at the changes of shape: 16 x 32 and 32 x 64 of ours.
        assertEquals(270_896, weights);
    }

    @Test
    void vgg7HalvesTheMapThreeTimes() {
        Network net = SyntheticNetworks.of("synthetic:vgg7");
        assertArrayEquals(new int[] {3 * 1024, 32 * 1024, 48 * 256, 64 * 256, 96 * 64, 128 * 64, 192 * 16, 256 * 16, 10},
            net.populations().stream().map(Population::shape).mapToInt(s -> s.size()).toArray());
    }

    @Test
    void lenet5HasTheLayersOfThePaper() {
        Network net = SyntheticNetworks.of("synthetic:lenet5");
        assertArrayEquals(new int[] {32 * 32, 6 * 28 * 28, 16 * 10 * 10, 120, 84, 10},
            net.populations().stream().map(Population::shape).mapToInt(s -> s.size()).toArray());
        // C1, C3 with all maps (the paper's table has 60 of 96 pairs), C5, F6 and the readout, without biases.
        assertEquals(6 * 25 + 16 * 6 * 25 + 120 * 16 * 25 + 84 * 120 + 10 * 84, net.projections().stream().mapToInt(p -> p.kernelSize()).sum());
    }

    @Test
    void isTheSameEachTime() {
        Network a = SyntheticNetworks.of("synthetic:vgg7");
        Network b = SyntheticNetworks.of("synthetic:vgg7");
        for (int p = 0; p < a.projections().size(); p++) {
            assertEquals(Arrays.hashCode(a.kernels().get(p)), Arrays.hashCode(b.kernels().get(p)));
        }
    }
}
