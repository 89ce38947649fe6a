package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.RegisterModel;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The oracle against its definition written down once more, without a thought for speed. The seed is the repetition. */
class IntegerOracleTest {
    private static final int STEPS = 7;
    private static long wrapsMet;
    private static long saturationsMet;

    @RepeatedTest(60)
    void followsTheDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Network network = RandomNetworks.network(random);
        int groups = new int[] {1, 3, Integer.MAX_VALUE}[random.nextInt(3)];
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork net = withRegisters(Quantiser.quantise(spiking,
            new Quantiser.Options(2 + random.nextInt(8), groups, RegisterModel.LOIHI, 4095, 1, 131071)), random);
        IntegerOracle oracle = new IntegerOracle(net);
        for (int image = 0; image < 2; image++) {
            int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(random, network));
            run(net, oracle, biases, "seed " + repetition.getCurrentRepetition() + " image " + image);
        }
        if (repetition.getCurrentRepetition() == repetition.getTotalRepetitions()) {
            assertTrue(wrapsMet > 0 && saturationsMet > 0, "no wrap or no saturation was ever met");
        }
    }

    /** Registers narrower than the quantiser was told, so that wrapping and clamping happen. */
    private static QuantisedNetwork withRegisters(QuantisedNetwork net, Random random) {
        RegisterModel registers = random.nextInt(3) == 0 ? RegisterModel.LOIHI
            : new RegisterModel(6 + random.nextInt(6), 7 + random.nextInt(6));
        return new QuantisedNetwork(net.network(), net.method(), net.schedule(), net.rules(), registers, net.weightBits(), net.kernels(),
            net.weightShift(), net.threshold(), net.initialV(), net.payload(), net.bias(), net.biasStep(), net.scale());
    }

    private static void run(QuantisedNetwork net, IntegerOracle oracle, int[][] biases, String place) {
        int n = net.network().populations().size();
        long[][] v = new long[n][];
        double[][] spikes = new double[n][];
        for (int p = 1; p < n; p++) {
            int size = net.network().populations().get(p).shape().size();
            int population = p;
            v[p] = new long[size];
            spikes[p] = new double[size];
            if (!net.isReadout(p)) {
                Arrays.setAll(v[p], i -> net.initialV()[population][i % net.initialV()[population].length]);
            }
        }
        long[] readout = new long[v[n - 1].length];
        long[] counts = new long[4];
        oracle.clearCounters();
        oracle.reset(biases);
        for (int t = 1; t <= STEPS; t++) {
            oracle.step();
            for (int p = 1; p < n; p++) {
                step(net, p, biases[p], v, spikes, readout, counts);
                assertArrayEquals(v[p], oracle.membranes(p), place + " step " + t + " population " + p);
                double[] found = new double[spikes[p].length];
                for (int i = 0; i < oracle.spikeCount(p); i++) {
                    found[oracle.spikes(p)[i]]++;
                }
                assertArrayEquals(spikes[p], found, place + " step " + t + " population " + p);
            }
        }
        assertArrayEquals(readout, oracle.readoutSum(), place);
        assertEquals(counts[0], oracle.synapticOperations(), place);
        assertEquals(counts[1], oracle.accumulatorWraps(), place);
        assertEquals(counts[2], oracle.saturations(), place);
        assertEquals(counts[3], oracle.activeUpdates(), place);
        assertEquals(Argmax.of(readout, net.scale()[n - 1]), oracle.prediction(), place);
        wrapsMet += counts[1];
        saturationsMet += counts[2];
    }

    /** @param counts operations, wraps, saturations, active updates */
    private static void step(QuantisedNetwork net, int p, int[] analog, long[][] v, double[][] spikes, long[] readout, long[] counts) {
        long[] sums = new long[v[p].length];
        for (int i : net.network().into(p)) {
            Projection projection = net.network().projections().get(i);
            if (projection.source() != 0) {
                Naive.forEachSynapse(projection, (from, to, weight) -> {
                    if (spikes[projection.source()][from] != 0) {
                        sums[to] += net.kernels().get(i)[weight];
                        counts[0]++;
                    }
                });
            }
        }
        for (int i = 0; i < sums.length; i++) {
            int c = i % net.bias()[p].length;
            long range = 1L << net.registers().accumulatorBits();
            long q = Math.floorMod(sums[i] + range / 2, range) - range / 2;
            counts[1] += q == sums[i] ? 0 : 1;
            long before = v[p][i];
            long x = q + (analog == null ? net.bias()[p][c] : analog[i]);
            spikes[p][i] = 0;
            long potential = net.isReadout(p) ? x : before + x;
            long limit = 1L << net.registers().membraneBits() - 1;
            counts[2] += potential >= limit || potential < -limit ? 1 : 0;
            potential = potential >= limit ? limit - 1 : potential < -limit ? -limit : potential;
            if (net.isReadout(p)) {
                v[p][i] = potential;
                readout[i] += potential;
            } else {
                if (potential >= net.threshold()[p][c]) {
                    potential -= net.threshold()[p][c];
                    spikes[p][i] = 1;
                }
                v[p][i] = potential;
            }
            counts[3] += q != 0 || v[p][i] != before ? 1 : 0;
        }
    }

    @Test
    void refusesMissingBiases() {
        Network network = RandomNetworks.network(new Random(1));
        QuantisedNetwork net = Quantiser.quantise(QcfsConversion.convert(network),
            new Quantiser.Options(8, 1, RegisterModel.LOIHI, 4095, 1, 131071));
        int[][] none = new int[network.populations().size()][];
        assertThrows(IllegalArgumentException.class, () -> new IntegerOracle(net).reset(none));
    }

    @Test
    void argmaxTakesTheFirst() {
        assertEquals(1, Argmax.of(new long[] {1, 7, 7}));
        assertEquals(0, Argmax.of(new double[] {3, 3, -1}));
        assertEquals(2, Argmax.of(new long[] {10, 10, 4}, new double[] {1, 1, 3}));
        assertEquals(0, Argmax.of(new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}, new double[] {0.5, 0.5}));
        assertEquals(List.of(0, 1), List.of(Argmax.of(new long[] {-2, -3}), Argmax.of(new long[] {-3, -2})));
    }
}
