package org.axongrid.mapper.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.RegisterModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden vectors for QCFS and OPI (the same dynamics), bit for bit: every spike, potential, readout sum and synaptic operation. Six
 * files are among the test's resources; the other 42 are read where the shared folder is.
 */
class GoldenTest {
    static List<String> bundled() {
        List<String> names = new ArrayList<>();
        for (String net : List.of("d3", "c3", "res")) {
            names.add("qcfs_" + net + "_T8_seed1_int8.json");
            names.add("qcfs_" + net + "_T8_seed1_float.json");
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void bundledCase(String name) {
        check(GoldenTest.class.getResource(name), name);
    }

    @Test
    void sharedCases() throws IOException {
        Path folder = SharedFiles.require("golden/conversion");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.getFileName().toString().matches("(qcfs|opi)_.*\\.json")).sorted().toList();
        }
        assertEquals(48, files.size());
        for (Path file : files) {
            check(file.toUri().toURL(), file.getFileName().toString());
        }
    }

    private static void check(URL url, String name) {
        GoldenCase golden = new GoldenCase(url);
        if (name.contains("int8")) {
            checkIntegers(golden, name);
            checkQuantiser(golden, name);
        } else {
            checkFloats(golden, name);
            checkConversion(golden, name);
            checkTrained(golden, name);
        }
    }

    private static void checkIntegers(GoldenCase golden, String name) {
        QuantisedNetwork net = golden.quantised();
        IntegerOracle oracle = new IntegerOracle(net);
        int[][] biases = new int[golden.layers() + 1][];
        double[] current = InputEncoder.analogCurrent(net.network(), 1, net.network().kernels(), golden.image(1));
        biases[1] = Arrays.stream(current).mapToInt(i -> (int) i).toArray();
        oracle.reset(biases);
        for (int t = 0; t < golden.steps(); t++) {
            oracle.clearCounters();
            oracle.step();
            for (int l = 0; l < golden.layers(); l++) {
                String place = name + " layer " + l + " step " + t;
                JsonNode trace = golden.trace(l);
                if (trace.has("acc")) {
                    assertArrayEquals(GoldenCase.doubles(trace.get("acc").get(t)), doubles(oracle.readoutSum()), place);
                } else {
                    assertArrayEquals(channelsLast(golden, l, trace.get("v").get(t)), doubles(oracle.membranes(l + 1)), place);
                    compareSpikes(golden, l, t, oracle.spikes(l + 1), oracle.spikeCount(l + 1), place);
                    assertEquals(trace.get("sops_event_unary").get(t).get(0).asLong(), oracle.synapticOperationsFrom(l + 1), place);
                }
            }
        }
        assertEquals(0, oracle.saturations() + oracle.accumulatorWraps());
    }

    private static void checkFloats(GoldenCase golden, String name) {
        FloatSnn snn = new FloatSnn(golden.spiking());
        snn.reset(golden.image(1));
        long[] operations = new long[golden.layers()];
        for (int t = 0; t < golden.steps(); t++) {
            snn.step();
            for (int l = 0; l < golden.layers(); l++) {
                String place = name + " layer " + l + " step " + t;
                JsonNode trace = golden.trace(l);
                if (trace.has("acc")) {
                    assertArrayEquals(GoldenCase.doubles(trace.get("acc").get(t)), snn.readoutSum(), place);
                } else {
                    assertArrayEquals(channelsLast(golden, l, trace.get("v").get(t)), snn.potentials(l + 1), place);
                    compareSpikes(golden, l, t, snn.spikes(l + 1), snn.spikeCount(l + 1), place);
                    operations[l] += trace.get("sops_event_unary").get(t).get(0).asLong();
                    assertEquals(operations[l], snn.synapticOperationsFrom(l + 1), place);
                }
            }
        }
    }

    /** Folding the payload as the conversion does gives the file's folded network. */
    private static void checkConversion(GoldenCase golden, String name) {
        SpikingNetwork wanted = golden.spiking();
        SpikingNetwork made = QcfsConversion.convert(golden.original());
        assertArrayEquals(wanted.theta(), made.theta(), name);
        assertArrayEquals(wanted.initialV(), made.initialV(), name);
        for (int i = 1; i < made.kernels().size(); i++) {
            assertArrayEquals(wanted.kernels().get(i), made.kernels().get(i), name + " projection " + i);
        }
    }

    /** The trained network's values are the counts of {@code ann_levels} times theta / T. */
    private static void checkTrained(GoldenCase golden, String name) {
        Network network = golden.original();
        AnnEvaluator ann = new AnnEvaluator(network);
        ann.logits(golden.image(256));
        for (int l = 0; l + 1 < golden.layers(); l++) {
            double lambda = network.populations().get(l + 1).activation().lambda();
            int[] counts = Arrays.stream(ann.activations(l + 1)).mapToInt(a -> (int) Math.rint(a / lambda * golden.steps())).toArray();
            assertArrayEquals(golden.annLevels(l), counts, name + " layer " + l);
        }
    }

    /**
     * Layers that spikes drive through one projection get the file's scale, thresholds, v(0) and biases; their weights may be rounded to the
     * other side, as the quantiser does to keep sums of weights.
     */
    private static void checkQuantiser(GoldenCase golden, String name) {
        QuantisedNetwork wanted = golden.quantised();
        SpikingNetwork real = QcfsConversion.convert(golden.original());
        QuantisedNetwork made = Quantiser.quantise(real, new Quantiser.Options(8, 1, RegisterModel.UNLIMITED, 1 << 28, 0, 1 << 28));
        for (int p = 2; p <= golden.layers(); p++) {
            int[] into = wanted.network().into(p);
            if (into.length > 1) {
                continue;
            }
            String place = name + " layer " + (p - 1);
            assertArrayEquals(wanted.scale()[p], made.scale()[p], place);
            assertArrayEquals(wanted.threshold()[p], made.threshold()[p], place);
            assertArrayEquals(wanted.initialV()[p], made.initialV()[p], place);
            assertArrayEquals(wanted.bias()[p], made.bias()[p], place);
            for (int k = 0; k < real.kernels().get(into[0]).length; k++) {
                double exact = real.kernels().get(into[0])[k] / made.scale()[p][0];
                assertEquals(exact, made.kernels().get(into[0])[k], 1, place + " weight " + k);
                assertEquals(exact, wanted.kernels().get(into[0])[k], 0.5 + 1e-9, place + " weight " + k);
            }
        }
    }

    private static void compareSpikes(GoldenCase golden, int layer, int t, int[] fired, int count, String place) {
        double[] wanted = channelsLast(golden, layer, golden.trace(layer).get("s").get(t));
        double[] found = new double[wanted.length];
        for (int i = 0; i < count; i++) {
            found[fired[i]]++;
        }
        assertArrayEquals(wanted, found, place);
    }

    private static double[] channelsLast(GoldenCase golden, int layer, JsonNode values) {
        Shape shape = golden.shape(layer);
        double[] chw = GoldenCase.doubles(values);
        double[] out = new double[chw.length];
        for (int i = 0; i < chw.length; i++) {
            out[shape.fromChannelsFirst(i)] = chw[i];
        }
        return out;
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
