package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.RegisterModel;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The float SNN against the oracle and against QCFS's theorem. The seed is the repetition. */
class FloatSnnTest {
    private static final int STEPS = 8;

    @RepeatedTest(60)
    void onIntegersItIsTheOracle(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Network network = RandomNetworks.network(random);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork net = Quantiser.quantise(spiking, new Quantiser.Options(8, 1, RegisterModel.UNLIMITED, 4095, 1, 131071));
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(random, network));
        IntegerOracle oracle = new IntegerOracle(net);
        FloatSnn snn = new FloatSnn(withIntegers(net));
        oracle.reset(biases);
        snn.resetToCurrents(Arrays.stream(biases).map(b -> b == null ? null : Arrays.stream(b).asDoubleStream().toArray())
            .toArray(double[][]::new));
        for (int t = 1; t <= STEPS; t++) {
            oracle.step();
            snn.step();
            for (int p = 1; p < network.populations().size(); p++) {
                String place = "population " + p + " step " + t;
                assertArrayEquals(Arrays.stream(oracle.membranes(p)).asDoubleStream().toArray(), snn.potentials(p), place);
                assertArrayEquals(Arrays.copyOf(oracle.spikes(p), oracle.spikeCount(p)), Arrays.copyOf(snn.spikes(p), snn.spikeCount(p)), place);
                assertEquals(oracle.spikesOf(p), snn.spikesOf(p), place);
                assertEquals(oracle.synapticOperationsFrom(p), snn.synapticOperationsFrom(p), place);
            }
        }
        assertArrayEquals(Arrays.stream(oracle.readoutSum()).asDoubleStream().toArray(), snn.readoutSum());
        assertEquals(oracle.prediction(), snn.prediction());
    }

    /** The quantised network's integers as real numbers. */
    private static SpikingNetwork withIntegers(QuantisedNetwork net) {
        Network network = net.network();
        List<Population> populations = new ArrayList<>();
        int n = network.populations().size();
        double[] theta = new double[n];
        double[] initialV = new double[n];
        Arrays.fill(theta, Double.NaN);
        Arrays.fill(initialV, Double.NaN);
        for (int p = 0; p < n; p++) {
            Population old = network.populations().get(p);
            double[] bias = p == 0 ? new double[0] : Arrays.stream(net.bias()[p]).asDoubleStream().toArray();
            populations.add(new Population(old.name(), old.shape(), old.activation(), bias));
            if (p > 0 && p < n - 1) {
                theta[p] = net.threshold()[p][0];
                initialV[p] = net.initialV()[p][0];
            }
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < net.kernels().size(); i++) {
            int[] integers = net.kernels().get(i);
            kernels.add(integers == null ? network.kernels().get(i) : Arrays.stream(integers).asDoubleStream().toArray());
        }
        return Snn.of(new Network("integers", populations, network.projections(), kernels), theta, initialV, kernels);
    }

    /** With a constant current z a neuron fires clip(floor(T z / theta + 1/2), 0, T) times: Bu et al. 2022. */
    @RepeatedTest(40)
    void firstLayerCountsAreTheActivation(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Network network = RandomNetworks.network(random);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        double[] image = RandomNetworks.image(random, network);
        double[] z = InputEncoder.analogCurrent(network, 1, spiking.kernels(), image);
        FloatSnn snn = new FloatSnn(spiking);
        snn.reset(image);
        int[] counts = new int[z.length];
        for (int t = 1; t <= STEPS; t++) {
            snn.step();
            for (int s = 0; s < snn.spikeCount(1); s++) {
                counts[snn.spikes(1)[s]]++;
            }
            for (int i = 0; i < z.length; i++) {
                double expected = Math.max(0, Math.min(t, Math.floor(t * z[i] / spiking.theta()[1][0] + 0.5)));
                assertEquals(expected, counts[i], "neuron " + i + " after " + t + " steps");
            }
        }
    }

    @Test
    void refusesAnImageOfAnotherSize() {
        Network network = RandomNetworks.network(new Random(1));
        FloatSnn snn = new FloatSnn(QcfsConversion.convert(network));
        assertThrows(IllegalArgumentException.class, () -> snn.reset(new double[3]));
    }
}
