package org.axongrid.mapper.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.Snn;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What fits, what is refused, and how far integers are from what they stand for. The seed is the repetition. */
class QuantiserTest {
    private static final int INPUTS = 9;
    private static final int WIDTH = 6;
    private static final double NONE = Double.NaN;

    private static Quantiser.Options loihi(int bits, int groups) {
        return new Quantiser.Options(bits, groups, RegisterModel.LOIHI, 4095, 1, 131071);
    }

    /** Input, two dense layers with an identity shortcut into the second, readout. */
    private static SpikingNetwork network(double[] first, double[] second, double skip, double[] bias, double theta) {
        Shape wide = Shape.dense(WIDTH);
        Activation spiking = Activation.qcfs(1, 4);
        double[] ones = new double[WIDTH];
        Arrays.fill(ones, skip);
        List<double[]> kernels = List.of(first, second, ones, Arrays.copyOf(second, WIDTH * 2));
        Network network = new Network("net",
            List.of(new Population("input", Shape.dense(INPUTS), Activation.input(), new double[0]), new Population("one", wide, spiking, bias),
                new Population("two", wide, spiking, bias), new Population("out", Shape.dense(2), Activation.linear(), Arrays.copyOf(bias, 2))),
            List.of(Projection.dense(0, 1, Shape.dense(INPUTS), wide, Pool.NONE), Projection.dense(1, 2, wide, wide, Pool.NONE),
                Projection.identity(1, 2, wide), Projection.dense(2, 3, wide, Shape.dense(2), Pool.NONE)), kernels);
        return Snn.of(network, new double[] {NONE, theta, theta, NONE}, new double[] {NONE, theta / 2, theta / 2, NONE},
            kernels);
    }

    private static double[] random(Random random, int n, double magnitude) {
        return DoubleStream.generate(() -> magnitude * random.nextGaussian()).limit(n).toArray();
    }

    @RepeatedTest(200)
    void everythingFitsAndIsClose(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double unit = Math.pow(10, random.nextInt(7) - 3);
        double theta = unit * Math.pow(10, random.nextInt(3) - 1);
        SpikingNetwork snn = network(random(random, INPUTS * WIDTH, unit), random(random, WIDTH * WIDTH, unit),
            unit * Math.pow(10, random.nextInt(4) - 2), random(random, WIDTH, unit * random.nextInt(3)), theta);
        int bits = 2 + random.nextInt(8);
        int groups = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(WIDTH);
        QuantisedNetwork net = Quantiser.quantise(snn, loihi(bits, groups));
        for (int p = 1; p <= 3; p++) {
            long distinct = Arrays.stream(net.scale()[p]).distinct().count();
            assertTrue(distinct <= groups, "population " + p + " has " + distinct + " scales of " + groups);
            double[] bias = snn.network().populations().get(p).bias();
            for (int c = 0; c < net.scale()[p].length; c++) {
                double s = net.scale()[p][c];
                assertTrue(s > 0 && Double.isFinite(s), "scale " + s);
                assertEquals(0, net.bias()[p][c] % net.biasStep()[p]);
                assertTrue(Math.abs(net.bias()[p][c] / net.biasStep()[p]) <= 4095, "bias " + net.bias()[p][c]);
                if (p > 1) {
                    assertEquals(bias[c] / s, net.bias()[p][c], net.biasStep()[p] * 0.500001, "bias of population " + p);
                }
                if (p < 3) {
                    assertTrue(net.threshold()[p][c] >= 1 && net.threshold()[p][c] <= 131071, "threshold " + net.threshold()[p][c]);
                    assertEquals(Math.max(1, Math.rint(theta / s)), net.threshold()[p][c]);
                    assertEquals(net.threshold()[p][c] >> 1, net.initialV()[p][c]);
                }
            }
        }
        for (int i = 1; i < 4; i++) {
            weightsFit(snn, net, i, bits);
        }
    }

    private static void weightsFit(SpikingNetwork snn, QuantisedNetwork net, int i, int bits) {
        int step = 1 << net.weightShift()[i];
        int limit = (1 << bits - 1) - 1;
        double[] scale = net.scale()[snn.network().projections().get(i).target()];
        Quantiser.forEachWeight(snn.network().projections().get(i), (at, channel) -> {
            int w = net.kernels().get(i)[at];
            assertEquals(0, w % step, "projection " + i + " weight " + w + " in steps of " + step);
            assertTrue(Math.abs(w / step) <= limit, "projection " + i + " weight " + w + " of " + bits + " bits, steps of " + step);
            assertEquals(snn.kernels().get(i)[at] / scale[channel] / step, w / step, 1, "projection " + i);
        });
        assertTrue(net.weightShift()[i] <= 7, "shift " + net.weightShift()[i]);
    }

    /** All sources of a wide layer may spike at once: what then arrives still fits the accumulator. */
    @Test
    void leavesRoomInTheAccumulator() {
        Random random = new Random(3);
        int sources = 3000;
        Shape wide = Shape.dense(sources);
        Shape narrow = Shape.dense(WIDTH);
        double[] kernel = DoubleStream.generate(random::nextDouble).limit((long) sources * WIDTH).toArray();
        Network network = new Network("wide",
            List.of(new Population("input", Shape.dense(1), Activation.input(), new double[0]),
                new Population("one", wide, Activation.qcfs(1, 4), new double[sources]),
                new Population("out", narrow, Activation.linear(), new double[WIDTH])),
            List.of(Projection.dense(0, 1, Shape.dense(1), wide, Pool.NONE), Projection.dense(1, 2, wide, narrow, Pool.NONE)),
            List.of(new double[sources], kernel));
        SpikingNetwork snn = Snn.of(network, new double[] {NONE, 1, NONE}, new double[] {NONE, 0.5, NONE}, network.kernels());
        for (int groups : new int[] {1, Integer.MAX_VALUE}) {
            int[] weights = Quantiser.quantise(snn, loihi(8, groups)).kernels().get(1);
            for (int k = 0; k < WIDTH; k++) {
                long sum = 0;
                for (int i = k; i < weights.length; i += WIDTH) {
                    sum += weights[i];
                }
                assertTrue(sum > 30000 && sum <= 32767, "channel " + k + " receives up to " + sum);
            }
        }
    }

    /** Currents beyond the bias register are clipped; the spikes are those of the exact current all the same. */
    @Test
    void clippingAnalogCurrentsChangesNoSpike() {
        double[] first = new double[INPUTS * WIDTH];
        double[] currents = {-1000, -2, -0.25, 0.25, 1, 1000};
        System.arraycopy(currents, 0, first, 0, WIDTH);
        double theta = 0.7;
        SpikingNetwork snn = network(Arrays.stream(first).map(w -> w * theta).toArray(), random(new Random(1), WIDTH * WIDTH, 1), 1,
            new double[WIDTH], theta);
        QuantisedNetwork net = Quantiser.quantise(snn, loihi(8, 1));
        InputEncoder encoder = new InputEncoder(net, snn.kernels(), 4095);
        double[] image = new double[INPUTS];
        image[0] = 1;
        IntegerOracle oracle = new IntegerOracle(net);
        oracle.reset(encoder.encode(image));
        int[] counts = new int[WIDTH];
        for (int t = 1; t <= 40; t++) {
            oracle.step();
            for (int s = 0; s < oracle.spikeCount(1); s++) {
                counts[oracle.spikes(1)[s]]++;
            }
            for (int i = 0; i < WIDTH; i++) {
                assertEquals((int) Math.max(0, Math.min(t, Math.floor(t * currents[i] + 0.5))), counts[i], "current " + currents[i] + " step " + t);
            }
        }
        assertEquals(3, encoder.saturations());
    }

    @Test
    void survivesAPopulationWithoutWeights() {
        double theta = 2;
        double[] bias = {-3, 0, 0.5, 1, 2, 5};
        SpikingNetwork snn = network(new double[INPUTS * WIDTH], new double[WIDTH * WIDTH], 0, bias, theta);
        for (int groups : new int[] {1, Integer.MAX_VALUE}) {
            QuantisedNetwork net = Quantiser.quantise(snn, loihi(8, groups));
            IntegerOracle oracle = new IntegerOracle(net);
            oracle.reset(new InputEncoder(net, snn.kernels(), 4095).encode(new double[INPUTS]));
            int[] counts = new int[WIDTH];
            for (int t = 0; t < 8; t++) {
                oracle.step();
                for (int s = 0; s < oracle.spikeCount(2); s++) {
                    counts[oracle.spikes(2)[s]]++;
                }
            }
            assertArrayEquals(new int[] {0, 0, 2, 4, 8, 8}, counts);
        }
    }

    @Test
    void refusesWhatIsNoNumber() {
        double[] good = random(new Random(1), INPUTS * WIDTH, 1);
        double[] square = Arrays.copyOf(good, WIDTH * WIDTH);
        double[] zero = new double[WIDTH];
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertRefused(network(with(good, bad), square, 1, zero, 1), "layer one", "input");
            assertRefused(network(good, with(square, bad), 1, zero, 1), "layer two", "one");
            assertRefused(network(good, square, 1, with(zero, bad), 1), "layer one", "bias");
        }
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 0, -1}) {
            assertRefused(network(good, square, 1, zero, bad), "layer one", String.valueOf(bad));
        }
    }

    private static double[] with(double[] values, double bad) {
        double[] out = values.clone();
        out[2] = bad;
        return out;
    }

    private static void assertRefused(SpikingNetwork snn, String... parts) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> Quantiser.quantise(snn, loihi(8, 1)));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage() + " lacks " + part);
        }
    }

    @Test
    void refusesOptionsOutOfRange() {
        for (int bits : new int[] {1, 10}) {
            assertThrows(IllegalArgumentException.class, () -> loihi(bits, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> loihi(8, 0));
    }

    @Test
    void reportsRounding() {
        double[] square = new double[WIDTH * WIDTH];
        square[0] = 127;
        square[1] = 0.25;
        square[8] = -2;
        double[] first = new double[INPUTS * WIDTH];
        SpikingNetwork snn = network(first, square, 0, new double[WIDTH], 64);
        List<QuantisationReport> report = QuantisationReport.of(snn, Quantiser.quantise(snn, loihi(8, 1)));
        assertEquals(List.of("one", "two", "out"), report.stream().map(QuantisationReport::population).toList());
        QuantisationReport two = report.get(1);
        assertEquals(1, two.scaleMin());
        assertEquals(1, two.scaleMax());
        assertEquals(64, two.thresholdMin());
        assertEquals(127, two.maxWeight());
        assertEquals(1 / 3.0, two.zeroed(), 1e-12);
        assertEquals(Math.sqrt(0.0625 / (WIDTH * WIDTH + WIDTH)), two.rmsError(), 1e-12);
        assertEquals(0, report.get(0).maxWeight());
    }
}
