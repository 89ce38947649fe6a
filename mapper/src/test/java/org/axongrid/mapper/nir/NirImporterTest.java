package org.axongrid.mapper.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.reference.FloatSnn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NIR as networks in time-steps, against traces and against the equations worked out by hand. */
class NirImporterTest {
    private static int spikesSeen;

    @TempDir
    Path folder;

    @AfterAll
    static void somethingHappened() {
        assertTrue(spikesSeen > 500, spikesSeen + " spikes in all");
    }

    private static NirOptions options(NirOptions.Reset reset, double dt, NirOptions.Discretisation how) {
        return new NirOptions(reset, dt, how);
    }

    /** The step of the first spike of an IF neuron with threshold 1 that gets 1/16 in each step. */
    private static int firstSpike(Object... metadata) {
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(1)).add("if", NirType.IF, "r", Nodes.vector(1), "v_threshold", Nodes.vector(1))
            .add("output", NirType.OUTPUT, "shape", Nodes.of(1)).chain("input", "if", "output").with("if", metadata);
        FloatSnn snn = new FloatSnn(NirImporter.of("x", n.graph(), NirOptions.DEFAULT, false).spiking());
        snn.reset(new double[] {1 / 16.0});
        int[] first = {0};
        snn.run(40, (phase, p, step) -> first[0] = p == 1 && first[0] == 0 && snn.spikeCount(1) > 0 ? step : first[0]);
        return first[0];
    }

    @Test
    void strictThreshold() {
        assertEquals(17, firstSpike());
        assertEquals(16, firstSpike("fires_at", ">="));
        assertEquals(9, firstSpike("v_init", 0.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "ZERO", "V_RESET"})
    void tracesOfTheReference(String reset) throws Exception {
        SpikingModel model = NirImporter.read(NirRoundTripTest.resource(folder, "lif_norse.nir"), options(NirOptions.Reset.valueOf(reset), 1e-4,
            NirOptions.Discretisation.EXPONENTIAL), true);
        List<String> rows = new String(NirImporterTest.class.getResourceAsStream("/nir/lif_exact.csv").readAllBytes(), StandardCharsets.UTF_8).lines()
            .toList();
        FloatSnn snn = new FloatSnn(model.spiking());
        snn.events(rows.stream().map(r -> r.startsWith("1") ? new int[] {0} : new int[0]).toArray(int[][]::new));
        snn.reset(new double[1]);
        int spikes = 0;
        double worst = 0;
        for (String row : rows) {
            String[] c = row.split(",");
            snn.step();
            boolean expected = c[2].equals("1");
            assertEquals(expected, snn.spikeCount(1) == 1);
            spikes += snn.spikeCount(1);
            double error = Math.abs(Double.parseDouble(c[1]) - snn.potentials(1)[0]);
            worst = Math.max(worst, error);
            // Up to the first spike the solution is exact; the trace resets within a step, we at its end.
            assertTrue(spikes > 0 || error < 2e-9, row + " and " + snn.potentials(1)[0]);
        }
        assertEquals(4, spikes);
        assertTrue(worst < 0.04, "largest difference of the potential " + worst);
    }

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long s = 1; s <= 60; s++) {
            seeds.add(s);
        }
        return seeds;
    }

    /** Two layers of neurons of random types, against the equations of each type step by step. */
    @ParameterizedTest
    @MethodSource("seeds")
    void equations(long seed) {
        Random random = new Random(seed);
        NirType type = List.of(NirType.IF, NirType.LIF, NirType.CUBA_LIF, NirType.THRESHOLD).get((int) (seed % 4));
        boolean euler = random.nextBoolean();
        NirOptions.Reset reset = NirOptions.Reset.values()[1 + random.nextInt(3)];
        double dt = 0.5 + random.nextDouble();
        int in = 1 + random.nextInt(4);
        int out = 1 + random.nextInt(3);
        double[] weight = random.doubles((long) in * out, -1, 2).toArray();
        double[] bias = type == NirType.CUBA_LIF ? new double[out] : random.doubles(out, -0.2, 0.3).toArray();
        double tauSyn = 2 + 3 * random.nextDouble();
        double tau = 2 + 5 * random.nextDouble();
        double[] r = random.doubles(out, 0.5, 3).toArray();
        double[] leak = random.doubles(out, -0.2, 0.2).toArray();
        double[] vReset = random.doubles(out, -0.3, 0.3).toArray();
        double[] theta = random.doubles(out, 0.7, 1.5).toArray();
        double[] wIn = random.doubles(out, 0.5, 2).toArray();
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(in))
            .add("w", NirType.AFFINE, "weight", Nodes.matrix(out, weight), "bias", Nodes.vector(bias)).add("output", NirType.OUTPUT, "shape", Nodes.of(out));
        switch (type) {
            case IF -> n.add("n", type, "r", Nodes.vector(r), "v_threshold", Nodes.vector(theta), "v_reset", Nodes.vector(vReset));
            case LIF -> n.add("n", type, "tau", Nodes.filled(tau, out), "r", Nodes.vector(r), "v_leak", Nodes.vector(leak), "v_threshold",
                Nodes.vector(theta), "v_reset", Nodes.vector(vReset));
            case CUBA_LIF -> n.add("n", type, "tau_syn", Nodes.filled(tauSyn, out), "tau_mem", Nodes.filled(tau, out), "r", Nodes.vector(r), "v_leak",
                Nodes.vector(leak), "v_threshold", Nodes.vector(theta), "v_reset", Nodes.vector(vReset), "w_in", Nodes.vector(wIn));
            default -> n.add("n", type, "threshold", Nodes.vector(theta));
        }
        n.chain("input", "w", "n", "output");
        SpikingModel model = NirImporter.of("x", n.graph(), options(reset, dt, euler ? NirOptions.Discretisation.EULER
            : NirOptions.Discretisation.EXPONENTIAL), true);
        int steps = 60;
        int[][] events = new int[steps][];
        Arrays.setAll(events, t -> random.ints(random.nextInt(4), 0, in).sorted().toArray());
        FloatSnn snn = new FloatSnn(model.spiking());
        snn.events(events);
        snn.reset(new double[in]);
        double[] v = new double[out];
        double[] current = new double[out];
        for (int t = 0; t < steps; t++) {
            snn.step();
            boolean[] fired = new boolean[out];
            for (int i = 0; i < snn.spikeCount(1); i++) {
                fired[snn.spikes(1)[i]] = true;
            }
            for (int o = 0; o < out; o++) {
                double x = bias[o];
                for (int e : events[t]) {
                    x += weight[o * in + e];
                }
                double keep = euler ? 1 - dt / tau : Math.exp(-dt / tau);
                double keepSyn = euler ? 1 - dt / tauSyn : Math.exp(-dt / tauSyn);
                switch (type) {
                    case IF -> v[o] += dt * r[o] * x;
                    case LIF -> v[o] = keep * v[o] + (1 - keep) * (leak[o] + r[o] * x);
                    case CUBA_LIF -> {
                        current[o] = keepSyn * current[o] + (1 - keepSyn) * wIn[o] * x;
                        v[o] = keep * v[o] + (1 - keep) * (leak[o] + r[o] * current[o]);
                    }
                    default -> v[o] = x;
                }
                boolean spike = v[o] > theta[o];
                assertTrue(spike == fired[o] || Math.abs(v[o] - theta[o]) < 1e-9, "seed " + seed + " step " + t + " neuron " + o);
                spikesSeen += spike ? 1 : 0;
                v[o] = !spike || type == NirType.THRESHOLD ? v[o] : reset == NirOptions.Reset.SUBTRACT ? v[o] - theta[o]
                    : reset == NirOptions.Reset.ZERO ? 0 : vReset[o];
            }
        }
    }

    @Test
    void everythingUnsupportedAtOnce() throws Exception {
        Path file = NirRoundTripTest.resource(folder, "all_nodes_v1.nir");
        String message = assertThrows(InvalidInputException.class, () -> NirImporter.read(file, NirOptions.DEFAULT, true)).getMessage();
        for (String part : List.of("all_nodes_v1.nir", "Delay 'delay'", "LI 'li'", "block/cuba, block/rec", "--dt")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
    }

    @Test
    void lengthOfAStep() {
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(2)).add("output", NirType.OUTPUT, "shape", Nodes.of(2))
            .add("if", NirType.IF, "r", Nodes.filled(1000, 2), "v_threshold", Nodes.filled(1, 2)).chain("input", "if", "output");
        SpikingModel model = NirImporter.of("x", n.graph(), NirOptions.DEFAULT, true);
        assertEquals(1, model.spiking().kernels().get(0)[0], 1e-12, "r = 1 / dt: a spike's weight counts once");
        assertTrue(model.notes().stream().anyMatch(x -> x.contains("0.001 s")), model.notes().toString());
        assertTrue(model.notes().stream().anyMatch(x -> x.contains("subtracted")), model.notes().toString());
        n.add("if", NirType.IF, "r", Nodes.vector(1, 2), "v_threshold", Nodes.filled(1, 2));
        assertTrue(assertThrows(InvalidInputException.class, () -> NirImporter.of("x", n.graph(), NirOptions.DEFAULT, true)).getMessage()
            .contains("--dt"));
        n.with("if", "dt", 0.25);
        assertEquals(0.5, NirImporter.of("x", n.graph(), NirOptions.DEFAULT, true).spiking().kernels().get(0)[1], 1e-12);
    }

    /** Two paths between maps, pooling by sums and means, and a nested graph. */
    @Test
    void statelessNodesAreFolded() {
        Nodes inner = new Nodes().add("in", NirType.INPUT, "shape", Nodes.of(2, 4, 4)).add("out", NirType.OUTPUT, "shape", Nodes.of(2, 2, 2))
            .add("pool", NirType.SUM_POOL2D, "kernel_size", Nodes.of(2, 2), "stride", Nodes.of(2, 2), "padding", Nodes.of(0, 0)).chain("in", "pool", "out");
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(2, 4, 4))
            .add("avg", NirType.AVG_POOL2D, "kernel_size", Nodes.of(2, 2), "stride", Nodes.of(2, 2), "padding", Nodes.of(0, 0))
            .add("twice", NirType.SCALE, "scale", Nodes.filled(2, 2, 2, 2)).add("if", NirType.IF, "r", Nodes.filled(1, 2, 2, 2), "v_threshold",
                Nodes.filled(1, 2, 2, 2)).add("output", NirType.OUTPUT, "shape", Nodes.of(2, 2, 2));
        n.nodes.put("block", NirNode.of(inner.graph()));
        n.chain("input", "avg", "twice", "if", "output").chain("input", "block", "if");
        FloatSnn snn = new FloatSnn(NirImporter.of("x", n.graph(), NirOptions.DEFAULT, false).spiking());
        double[] image = new double[32];
        Arrays.fill(image, 0.01);
        snn.reset(image);
        snn.step();
        assertEquals(0.01 * 4 + 0.01 * 2, snn.potentials(1)[0], 1e-12);
    }

    @Test
    void trainedNetworksKeepTheirActivations() throws Exception {
        SpikingModel plain = NirImporter.read(NirRoundTripTest.resource(folder, "qcfs_cnn_v1.nir"), NirOptions.DEFAULT, false);
        assertTrue(plain.rateCoded());
        assertFalse(plain.whole());
        assertEquals(Activation.clip(0.75), plain.spiking().network().populations().get(2).activation());
        assertEquals(0.375, plain.spiking().initialV()[2][0]);
        assertEquals("output", plain.spiking().network().readout().name());
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(1)).add("if", NirType.IF, "r", Nodes.vector(1), "v_threshold", Nodes.vector(0.5))
            .add("w", NirType.LINEAR, "weight", Nodes.matrix(1, 3)).add("output", NirType.OUTPUT, "shape", Nodes.of(1))
            .chain("input", "if", "w", "output").with("if", "reset_mode", "subtract", "v_init", 0.25, "qcfs_lambda", 0.5, "qcfs_L", 4);
        SpikingModel trained = NirImporter.of("x", n.graph(), NirOptions.DEFAULT, false);
        assertEquals(Activation.qcfs(0.5, 4), trained.spiking().network().populations().get(1).activation());
        assertEquals(3, trained.spiking().kernels().get(1)[0], "a spike is 1");
        assertEquals(6, trained.spiking().network().kernels().get(1)[0], "an activation is lambda at most");
    }

    @Test
    void whatDiffersWithinAChannelIsRefused() {
        HdfData theta = HdfData.of(new int[] {1, 1, 2}, new double[] {1, 2});
        Nodes n = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(1, 1, 2)).add("output", NirType.OUTPUT, "shape", Nodes.of(1, 1, 2))
            .add("if", NirType.IF, "r", Nodes.filled(1, 1, 1, 2), "v_threshold", theta).chain("input", "if", "output");
        assertTrue(assertThrows(InvalidInputException.class, () -> NirImporter.of("x", n.graph(), NirOptions.DEFAULT, true)).getMessage()
            .contains("differs between the positions"));
    }
}
