package org.axongrid.mapper.netx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.hdf.HdfData;
import org.axongrid.mapper.hdf.HdfEntry;
import org.axongrid.mapper.hdf.HdfGroup;
import org.axongrid.mapper.hdf.HdfWriter;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.quantise.WholeNumbers;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** netx files against Loihi's arithmetic worked out by hand, and what is refused. */
class NetxImporterTest {
    @TempDir
    Path folder;

    static HdfGroup group(Object... pairs) {
        Map<String, HdfEntry> entries = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Object v = pairs[i + 1];
            entries.put((String) pairs[i], v instanceof HdfEntry e ? e : v instanceof Integer n ? HdfData.integer(n) : HdfData.text((String) v));
        }
        return HdfGroup.of(entries);
    }

    private static HdfGroup cuba(int iDecay, int vDecay, int threshold, int refractory) {
        return group("type", "CUBA", "iDecay", iDecay, "vDecay", vDecay, "vThMant", threshold, "refDelay", refractory, "gradedSpike",
            HdfData.of(new int[0], new boolean[] {false}));
    }

    private static HdfData weights(Random random, int... dims) {
        float[] w = new float[Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < w.length; i++) {
            w[i] = 2 * (random.nextInt(256) - 128);
        }
        return HdfData.of(dims, w);
    }

    private Path file(HdfGroup layers) throws IOException {
        Path file = folder.resolve("network.net");
        Files.write(file, HdfWriter.write(group("layer", layers), path -> false));
        return file;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void denseLayers(long seed) throws IOException {
        Random random = new Random(seed);
        int in = 5;
        int out = 4;
        int iDecay = random.nextInt(3) == 0 ? 4096 : random.nextInt(4097);
        int vDecay = random.nextInt(2000);
        int threshold = 50 + random.nextInt(300);
        int refractory = 1 + random.nextInt(3);
        HdfData w = weights(random, out, in);
        HdfData b = HdfData.of(new int[] {out}, new float[] {1, -2, 30, 0});
        Path file = file(group("0", group("type", HdfData.of(new int[] {1}, new String[] {"dense"}), "shape", HdfData.vector(out), "inFeatures", in,
            "outFeatures", out, "weight", w, "bias", b, "neuron", cuba(iDecay, vDecay, threshold, refractory))));
        SpikingModel model = NetxImporter.read(file, null);
        assertTrue(model.whole() && !model.rateCoded() && model.spiking().network().eventInput());
        QuantisedNetwork net = WholeNumbers.of(model.spiking(), Quantiser.Options.forChip(ChipSpecs.open("loihi"), 8, Scales.GROUPED));
        IntegerOracle oracle = new IntegerOracle(net);
        int[][] events = new int[80][];
        Arrays.setAll(events, t -> random.ints(random.nextInt(4), 0, in).sorted().toArray());
        oracle.events(events);
        oracle.reset(new int[3][]);
        long[] u = new long[out];
        long[] v = new long[out];
        int[] dead = new int[out];
        for (int t = 0; t < events.length; t++) {
            oracle.step();
            boolean[] fired = new boolean[out];
            for (int i = 0; i < oracle.spikeCount(1); i++) {
                fired[oracle.spikes(1)[i]] = true;
            }
            for (int o = 0; o < out; o++) {
                long sum = 0;
                for (int e : events[t]) {
                    sum += (long) w.real(o * in + e);
                }
                // Loihi: all registers hold 64ths of a weight; what is kept is cut towards zero.
                u[o] = Long.signum(u[o]) * (Math.abs(u[o]) * (4096 - iDecay) / 4096) + 64 * sum;
                v[o] = Long.signum(v[o]) * (Math.abs(v[o]) * (4096 - vDecay) / 4096) + u[o] + 64 * (long) b.real(o);
                v[o] = dead[o]-- > 0 ? 0 : v[o];
                dead[o] = Math.max(0, dead[o]);
                boolean spike = v[o] > 64L * threshold;
                v[o] = spike ? 0 : v[o];
                dead[o] = spike ? refractory - 1 : dead[o];
                assertEquals(spike, fired[o], "seed " + seed + " step " + t);
                assertEquals(v[o], oracle.membranes(1)[o], "seed " + seed + " step " + t);
            }
        }
    }

    @Test
    void convolutionFlattenAndInputLayer() throws IOException {
        Random random = new Random(5);
        HdfGroup neuron = cuba(4096, 0, 100, 1);
        HdfGroup conv = group("type", "conv", "shape", HdfData.vector(3, 4, 4), "weight", weights(random, 3, 2, 3, 3, 1), "stride", HdfData.vector(2, 2),
            "padding", HdfData.vector(1, 1), "dilation", HdfData.vector(1, 1), "groups", 1, "neuron", neuron);
        HdfGroup flatten = group("type", "flatten", "shape", HdfData.vector(48));
        HdfGroup dense = group("type", "dense", "shape", HdfData.vector(2), "weight", weights(random, 2, 48), "neuron", neuron);
        HdfGroup input = group("type", "input", "shape", HdfData.vector(2, 8, 8), "weight", HdfData.scalar(30), "bias", HdfData.scalar(-2), "neuron", neuron);
        SpikingModel model = NetxImporter.read(file(group("0", input, "1", conv, "2", flatten, "3", dense)), null);
        assertFalse(model.spiking().network().eventInput());
        assertEquals(List.of("input", "0-input", "1-conv", "3-dense", "output"),
            model.spiking().network().populations().stream().map(p -> p.name()).toList());
        assertEquals(30, model.spiking().kernels().get(0)[0]);
        assertTrue(NetxImporter.describe(folder.resolve("network.net")).get(2).contains("3x4x4"));
        SpikingModel without = NetxImporter.read(file(group("0", conv, "1", flatten, "2", dense)), true);
        assertEquals(7 * 7 * 2, without.spiking().network().input().shape().size(), "the smallest map that the convolution leaves 4 x 4 of");
    }

    @Test
    void refusals() throws IOException {
        HdfGroup neuron = cuba(0, 0, 10, 1);
        Random random = new Random(1);
        Path file = file(group("0", group("type", "dense", "shape", HdfData.vector(2), "weight", weights(random, 2, 2), "neuron",
            group("type", "SDNN", "iDecay", 0, "vDecay", 0, "vThMant", 1)), "1", group("type", "pool", "shape", HdfData.vector(2)), "2",
            group("type", "dense_rec", "shape", HdfData.vector(2)), "3", group("type", "dense", "shape", HdfData.vector(2), "neuron", cuba(5000, 0, 1, 1))));
        String message = assertThrows(InvalidInputException.class, () -> NetxImporter.read(file, null)).getMessage();
        for (String part : List.of("network.net", "/layer/0: neurons of the type SDNN", "/layer/1: pool", "/layer/2: dense_rec layers are recurrent",
            "iDecay is 5000")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
        Path gap = file(group("0", group("type", "flatten", "shape", HdfData.vector(2)), "2", group()));
        assertTrue(assertThrows(InvalidInputException.class, () -> NetxImporter.read(gap, null)).getMessage().contains("without gaps"));
        Path good = file(group("0", group("type", "dense", "shape", HdfData.vector(2), "weight", weights(random, 2, 2), "neuron", neuron)));
        assertTrue(assertThrows(InvalidInputException.class, () -> NetxImporter.read(good, false)).getMessage().contains("takes spikes"));
        Path half = file(group("0", group("type", "dense", "shape", HdfData.vector(1), "weight", HdfData.of(new int[] {1, 1}, new float[] {0.5f}),
            "neuron", neuron)));
        assertTrue(assertThrows(InvalidInputException.class, () -> NetxImporter.read(half, null)).getMessage().contains("whole numbers"));
    }

    @Test
    void sampleOfLavaDl() {
        SpikingModel model = NetxImporter.read(SharedFiles.require("golden/nir/lava_dl_oxford_network.net"), null);
        QuantisedNetwork net = WholeNumbers.of(model.spiking(), Quantiser.Options.forChip(ChipSpecs.open("loihi"), 8, Scales.GROUPED));
        assertArrayEquals(new int[] {1, 0, 0}, net.weightShift(), "even weights beyond 8 bits have an exponent");
        assertEquals(415, net.rules().get(1).dynamics().voltageDecay());
        assertEquals(409, net.rules().get(2).dynamics().voltageDecay());
        assertEquals(6, net.threshold()[1][0]);
    }
}
