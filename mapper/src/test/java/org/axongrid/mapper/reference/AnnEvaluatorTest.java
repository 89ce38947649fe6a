package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The trained network against a plain loop over all synapses. The seed is the repetition. */
class AnnEvaluatorTest {
    @RepeatedTest(60)
    void equalsPlainLoops(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Network network = RandomNetworks.network(random);
        AnnEvaluator ann = new AnnEvaluator(network);
        for (int image = 0; image < 2; image++) {
            double[][] values = new double[network.populations().size()][];
            values[0] = RandomNetworks.image(random, network);
            double[] logits = ann.logits(values[0]);
            for (int p = 1; p < values.length; p++) {
                layer(network, p, values);
                for (int i = 0; i < values[p].length; i++) {
                    assertEquals(values[p][i], ann.activations(p)[i], 1e-6, "population " + p + " neuron " + i);
                }
                // A current on a step of the staircase may fall to either side: the next layer is compared on the same input.
                values[p] = ann.activations(p).clone();
            }
            assertEquals(Argmax.of(logits), ann.predict(values[0]));
        }
    }

    private static void layer(Network network, int p, double[][] values) {
        double[] bias = network.populations().get(p).bias();
        Activation activation = network.populations().get(p).activation();
        double[] z = new double[network.populations().get(p).shape().size()];
        for (int i = 0; i < z.length; i++) {
            z[i] = bias[i % bias.length];
        }
        for (int i : network.into(p)) {
            Projection projection = network.projections().get(i);
            double[] sums = Naive.apply(projection, s -> values[projection.source()][s], network.kernels().get(i));
            for (int t = 0; t < z.length; t++) {
                z[t] += sums[t];
            }
        }
        for (int i = 0; i < z.length && activation.kind() == Activation.Kind.QCFS; i++) {
            z[i] = activation.lambda() * Math.max(0, Math.min(1, Math.floor(z[i] * activation.levels() / activation.lambda() + 0.5)
                / activation.levels()));
        }
        values[p] = z;
    }

    @Test
    void staircase() {
        assertEquals(0, AnnEvaluator.qcfs(0.249f, 2, 4));
        assertEquals(0.5f, AnnEvaluator.qcfs(0.25f, 2, 4));
        assertEquals(2, AnnEvaluator.qcfs(7, 2, 4));
        assertEquals(0, AnnEvaluator.qcfs(-7, 2, 4));
    }

    @Test
    void refusesAnImageOfAnotherSize() {
        AnnEvaluator ann = new AnnEvaluator(RandomNetworks.network(new Random(1)));
        assertThrows(IllegalArgumentException.class, () -> ann.logits(new double[3]));
    }
}
