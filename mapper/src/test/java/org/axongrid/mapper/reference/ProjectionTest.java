package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The synapses that a source position reaches are those of the convolution's definition. The seed is the repetition. */
class ProjectionTest {
    @RepeatedTest(300)
    void tapsAreTheConvolution(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Shape from = new Shape(1 + random.nextInt(6), 1 + random.nextInt(9), 1 + random.nextInt(9));
        Projection p = RandomNetworks.projection(random, 0, from);
        long[] weight = random.longs(p.kernelSize()).toArray();
        long[] value = random.longs(from.size()).toArray();
        long[] wanted = new long[p.targetShape().size()];
        long[] synapses = {0};
        Naive.forEachSynapse(p, (s, t, w) -> {
            wanted[t] += value[s] * weight[w];
            synapses[0]++;
        });
        long[] found = new long[wanted.length];
        for (int s = 0; s < from.size(); s++) {
            int ci = s % from.channels();
            int neuron = s;
            int position = s / from.channels();
            p.forEachTap(position / from.width(), position % from.width(), (target, ky, kx) -> {
                int at = target * p.targetShape().channels() + p.firstOutChannel(ci);
                for (int k = 0; k < p.outPerGroup(); k++) {
                    found[at + k] += value[neuron] * weight[p.row(ky, kx, ci) + k];
                }
            });
        }
        assertArrayEquals(wanted, found, p.toString());
        assertEquals(synapses[0], p.synapses(), p.toString());
    }

    @RepeatedTest(100)
    void rowsAddTheSame(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Shape from = new Shape(1 + random.nextInt(9), 1 + random.nextInt(7), 1 + random.nextInt(7));
        Projection p = RandomNetworks.projection(random, 0, from);
        int[] kernel = random.ints(p.kernelSize(), -127, 128).toArray();
        double[] real = Arrays.stream(kernel).asDoubleStream().toArray();
        int[] fired = random.ints(0, from.size()).distinct().limit(random.nextInt(from.size() + 1)).sorted().toArray();
        double[] values = new double[from.size()];
        Arrays.stream(fired).forEach(i -> values[i] = 1);
        double[] wanted = Naive.apply(p, i -> values[i], real);
        int positions = p.targetShape().positions();
        int channels = p.targetShape().channels();
        int[][] integers = new int[positions][channels];
        double[][] spikes = new double[positions][channels];
        double[][] products = new double[positions][channels];
        long[] synapses = {0};
        Naive.forEachSynapse(p, (s, t, w) -> synapses[0] += (long) values[s]);
        assertEquals(synapses[0], new IntRows(p, kernel).scatter(fired, fired.length, integers), p.toString());
        DoubleRows rows = new DoubleRows(p, real);
        assertEquals(synapses[0], rows.scatter(fired, fired.length, spikes), p.toString());
        rows.scatter(values, products);
        for (int t = 0; t < wanted.length; t++) {
            assertEquals(wanted[t], integers[t / channels][t % channels], p.toString());
            assertEquals(wanted[t], spikes[t / channels][t % channels], p.toString());
            assertEquals(wanted[t], products[t / channels][t % channels], p.toString());
        }
    }
}
