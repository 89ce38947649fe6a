package org.axongrid.mapper.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.RegisterModel;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.RandomNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method on random networks: the two simulators agree, first layers are exact, seeds decide, what cannot be converted is refused. */
class MethodsTest {
    private static final int STEPS = 6;
    private static final int NETWORKS = 12;

    static List<String> names() {
        return Methods.names();
    }

    private static Network rectified(Network network) {
        List<Population> populations = new ArrayList<>();
        for (Population p : network.populations()) {
            boolean spikes = p.activation().kind() == Activation.Kind.QCFS;
            populations.add(spikes ? new Population(p.name(), p.shape(), Activation.relu(), p.bias()) : p);
        }
        return new Network(network.name(), populations, network.projections(), network.kernels());
    }

    private static Calibration calibration(Network network, long seed) {
        int size = network.input().shape().size();
        return new Calibration((i, out) -> {
            Random random = new Random(i);
            Arrays.setAll(out, k -> k < size && random.nextInt(3) != 0 ? random.nextDouble() : 0);
        }, 40, 20, seed);
    }

    /** The quantised network's integers as real numbers. */
    private static SpikingNetwork integers(QuantisedNetwork net) {
        Network network = net.network();
        List<Population> populations = new ArrayList<>();
        int n = network.populations().size();
        double[][] theta = new double[n][];
        double[][] initialV = new double[n][];
        double[][] payload = new double[n][];
        for (int p = 0; p < n; p++) {
            Population old = network.populations().get(p);
            populations.add(new Population(old.name(), old.shape(), old.activation(), p == 0 ? new double[0] : reals(net.bias()[p])));
            theta[p] = reals(net.threshold()[p]);
            initialV[p] = reals(net.initialV()[p]);
            payload[p] = reals(net.payload()[p]);
        }
        List<double[]> kernels = new ArrayList<>();
        for (int i = 0; i < net.kernels().size(); i++) {
            kernels.add(net.kernels().get(i) == null ? network.kernels().get(i) : reals(net.kernels().get(i)));
        }
        return new SpikingNetwork(new Network("integers", populations, network.projections(), kernels), net.method(), net.schedule(), net.rules(),
            theta, initialV, payload, kernels);
    }

    private static double[] reals(int[] values) {
        return values == null ? null : Arrays.stream(values).asDoubleStream().toArray();
    }

    /** On integers both simulators do the same, at every neuron and step; COS corrects by an epsilon that differs, and is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"qcfs", "opi", "rmp", "tcl", "rts", "norm", "norm:hard=1", "snnc-light:images=5", "snnc-potential:images=5", "srp",
        "gn", "gn:tau=6", "snm", "burst", "ttrbr:images=5"})
    void simulatorsAgree(String name) {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            Random random = new Random(seed);
            Network trained = RandomNetworks.network(random);
            Network network = name.equals("qcfs") || name.equals("tcl") || seed % 2 == 0 ? trained : rectified(trained);
            SpikingNetwork spiking;
            try {
                spiking = Methods.named(name).convert(network, STEPS, calibration(network, seed));
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().contains("no neuron of it is active"), e.getMessage());
                continue;
            }
            QuantisedNetwork net = Quantiser.quantise(spiking, new Quantiser.Options(8, 1, RegisterModel.UNLIMITED, 1 << 20, 1, 1 << 24));
            int[][] biases = new InputEncoder(net, spiking.kernels(), 1 << 20).encode(RandomNetworks.image(random, network));
            IntegerOracle oracle = new IntegerOracle(net);
            FloatSnn snn = new FloatSnn(integers(net));
            List<String> seen = new ArrayList<>();
            oracle.reset(biases);
            oracle.run(STEPS, (phase, p, step) -> seen.add(state(phase, p, step, oracle.membranes(p), oracle)));
            int[] at = {0};
            snn.reset(new double[network.input().shape().size()]);
            snn.resetToCurrents(Arrays.stream(biases).map(MethodsTest::reals).toArray(double[][]::new));
            String place = name + " seed " + seed;
            snn.run(STEPS, (phase, p, step) -> assertEquals(seen.get(at[0]++),
                state(phase, p, step, Arrays.stream(snn.potentials(p)).mapToLong(v -> (long) v).toArray(), snn), place));
            assertEquals(seen.size(), at[0]);
            assertEquals(oracle.synapticOperations(), snn.synapticOperations(), place);
            assertEquals(oracle.unaryOperations(), snn.unaryOperations(), place);
        }
    }

    private static String state(int phase, int p, int step, long[] v, org.axongrid.mapper.reference.Simulator of) {
        return phase + " " + p + " " + step + " " + Arrays.toString(v) + Arrays.toString(Arrays.copyOf(of.spikes(p), of.spikeCount(p)))
            + Arrays.toString(Arrays.copyOf(of.sent(p).payloads(), of.spikeCount(p)));
    }

    /** With a constant current a group of tau counts clip(floor(T z / theta_g + 1/2), 0, T tau): QCFS with tau times the steps. */
    @Test
    void firstLayerOfGroupNeuronsIsExact() {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            Random random = new Random(seed);
            Network network = RandomNetworks.network(random);
            SpikingNetwork spiking = Methods.named("gn:tau=4").convert(network, STEPS, null);
            double[] image = RandomNetworks.image(random, network);
            double[] z = InputEncoder.analogCurrent(network, 1, network.kernels(), image);
            FloatSnn snn = new FloatSnn(spiking);
            int[] counts = new int[z.length];
            snn.reset(image);
            snn.run(STEPS, (phase, p, step) -> {
                for (int s = 0; p == 1 && s < snn.spikeCount(1); s++) {
                    counts[snn.spikes(1)[s]] += snn.sent(1).payloads()[s];
                }
            });
            double unit = network.populations().get(1).activation().lambda() / 4;
            for (int i = 0; i < z.length; i++) {
                assertEquals(Math.max(0, Math.min(STEPS * 4, Math.floor(STEPS * z[i] / unit + 0.5))), counts[i], "seed " + seed + " neuron " + i);
            }
        }
    }

    /** The threshold shift gives each first-layer neuron as many spikes in T steps as half a threshold at the start. */
    @Test
    void thresholdShiftCountsLikeAnInitialPotential() {
        Random random = new Random(5);
        Network network = RandomNetworks.network(random);
        double[] image = RandomNetworks.image(random, network);
        long[] spikes = new long[2];
        for (int k = 0; k < 2; k++) {
            FloatSnn snn = new FloatSnn(Methods.named(k == 0 ? "rts" : "qcfs").convert(network, STEPS, null));
            snn.reset(image);
            snn.run(STEPS, null);
            spikes[k] = snn.spikesOf(1);
        }
        assertEquals(spikes[0], spikes[1]);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isDecidedByTheSeed(String name) {
        Network network = rectified(RandomNetworks.network(new Random(4)));
        if (name.equals("qcfs") || name.equals("tcl")) {
            InvalidInputException e = assertThrows(InvalidInputException.class, () -> Methods.named(name).convert(network, STEPS, null));
            assertTrue(e.getMessage().contains("layer0") && e.getMessage().contains("layer1"), "all layers are named: " + e.getMessage());
            return;
        }
        assertThrows(InvalidInputException.class, () -> Methods.named(name).convert(network, STEPS, null));
        SpikingNetwork one = Methods.named(name).convert(network, STEPS, calibration(network, 1));
        SpikingNetwork same = Methods.named(name).convert(network, STEPS, calibration(network, 1));
        assertArrayEquals(one.theta(), same.theta());
        assertArrayEquals(one.initialV(), same.initialV());
        for (int i = 0; i < one.kernels().size(); i++) {
            assertArrayEquals(one.kernels().get(i), same.kernels().get(i));
        }
    }

    /** SRP's run sends nothing from a neuron whose activation is 0 or less; COS needs as many steps as it prepares. */
    @Test
    void schedules() {
        Random random = new Random(9);
        Network network = RandomNetworks.network(random);
        SpikingNetwork srp = Methods.named("srp:tau=3").convert(network, STEPS, null);
        FloatSnn snn = new FloatSnn(srp);
        snn.reset(RandomNetworks.image(random, network));
        snn.run(STEPS, (phase, p, step) -> {
            for (int s = 0; phase == 1 && p < network.populations().size() - 1 && s < snn.spikeCount(p); s++) {
                assertTrue(snn.mask(p)[snn.spikes(p)[s]]);
            }
        });
        assertEquals(STEPS, snn.steps());
        assertEquals(3 + STEPS + 4, srp.schedule().chipSteps(STEPS, 4));
        SpikingNetwork cos = Methods.named("cos:rho=3").convert(network, STEPS, null);
        assertEquals(3, cos.schedule().stepsMin());
        assertEquals(4 * 3 + STEPS + 4, cos.schedule().chipSteps(STEPS, 4));
        FloatSnn serial = new FloatSnn(cos);
        serial.reset(new double[network.input().shape().size()]);
        assertThrows(IllegalArgumentException.class, () -> serial.run(2, null));
        assertThrows(IllegalStateException.class, serial::step);
    }

    /** What a max pool has sent up to any step is the largest that a member of its window has. */
    @Test
    void maxPoolFollowsItsLargestMember() {
        Shape in = new Shape(2, 5, 5);
        Shape pooled = new Shape(2, 2, 2);
        Random random = new Random(3);
        double[] ones = new double[18];
        Arrays.fill(ones, 1);
        Projection windows = new Projection(1, 2, in, pooled, Pool.NONE, 3, 3, 2, 2, 0, 0, 1, 1, 2);
        Network network = new Network("pool",
            List.of(new Population("input", in, Activation.input(), new double[0]), new Population("a", in, Activation.relu(), new double[2]),
                new Population("p", pooled, Activation.maxPool(), new double[2]),
                new Population("out", Shape.dense(3), Activation.linear(), new double[3])),
            List.of(Projection.identity(0, 1, in), windows, Projection.dense(2, 3, pooled, Shape.dense(3), Pool.NONE)),
            List.of(new double[] {1, 1}, ones, random.doubles(24).toArray()));
        FloatSnn snn = new FloatSnn(Methods.named("burst").convert(network, STEPS, calibration(network, 1)));
        int[] sent = new int[in.size()];
        int[] out = new int[pooled.size()];
        snn.reset(RandomNetworks.image(random, network));
        snn.run(STEPS, (phase, p, step) -> {
            int[] to = p == 1 ? sent : out;
            for (int s = 0; p < 3 && s < snn.spikeCount(p); s++) {
                to[snn.spikes(p)[s]] += snn.sent(p).payloads()[s];
            }
            for (int cell = 0; p == 2 && cell < out.length; cell++) {
                int y = cell / 2 / 2 * 2;
                int x = cell / 2 % 2 * 2;
                int largest = 0;
                for (int k = 0; k < 9; k++) {
                    largest = Math.max(largest, sent[in.index(cell % 2, y + k / 3, x + k % 3)]);
                }
                assertEquals(largest, out[cell], "cell " + cell + " step " + step);
            }
        });
        assertTrue(Arrays.stream(out).sum() > 0);
        assertTrue(assertThrows(InvalidInputException.class, () -> Methods.named("snm").convert(network, STEPS, calibration(network, 1)))
            .getMessage().contains("max pooling of signed spikes"));
    }

    @Test
    void parametersAreChecked() {
        for (String bad : new String[] {"lif", "srp:tau", "srp:tau=x", "srp:tau=0", "srp:rho=4", "srp:tau=4:tau=5", "gn:tau=1e9", "norm:percentile=NaN",
            "qcfs:", ""}) {
            assertThrows(InvalidInputException.class, () -> Methods.named(bad), bad);
        }
        assertEquals("srp:tau=8", Methods.named("srp:tau=8").name());
        assertFalse(Methods.named("srp").dependsOnSteps());
    }

    @Test
    void percentileInterpolates() {
        double[] values = {1, 2, 3, 4, 5};
        assertEquals(5, ActivationStatistics.percentile(values, 100));
        assertEquals(3, ActivationStatistics.percentile(values, 50));
        assertEquals(4.8, ActivationStatistics.percentile(values, 95), 1e-12);
        assertEquals(0, ActivationStatistics.percentile(new double[0], 95));
    }
}
