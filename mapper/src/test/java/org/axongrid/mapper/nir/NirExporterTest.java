package org.axongrid.mapper.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingModel;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.quantise.WholeNumbers;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.RandomNetworks;
import org.axongrid.mapper.schedule.Dynamics;
import org.axongrid.mapper.schedule.NeuronRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that go out as NIR and come back do the same. */
class NirExporterTest {
    private static final Quantiser.Options OPTIONS = Quantiser.Options.forChip(ChipSpecs.open("loihi"), 8, Scales.GROUPED);
    private static final int STEPS = 6;
    private static int compared;

    @TempDir
    Path folder;

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long s = 1; s <= 60; s++) {
            seeds.add(s);
        }
        return seeds;
    }

    @AfterAll
    static void enoughCouldBeSaid() {
        assertTrue(compared > 25, compared + " of 60 networks could be said in NIR");
    }

    private static SpikingModel back(NirGraph graph, Path folder) throws IOException {
        Path file = folder.resolve("x.nir");
        Files.write(file, NirWriter.bytes(graph));
        return NirImporter.read(file, NirOptions.DEFAULT, false);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomNetworks(long seed) throws IOException {
        Random random = new Random(seed);
        Network network = RandomNetworks.network(random);
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork quantised = Quantiser.quantise(spiking, OPTIONS);
        NirGraph reals;
        try {
            reals = NirExporter.of(spiking);
        } catch (InvalidInputException e) {
            // NIR pads both sides alike, and has no way from a vector to a map.
            assertTrue(e.getMessage().startsWith("NIR cannot say this network: the projection"), e.getMessage());
            return;
        }
        compared++;
        double[] image = RandomNetworks.image(random, network);
        SpikingModel model = back(reals, folder);
        assertTrue(model.rateCoded());
        assertEquals(network.populations().get(1).activation(), model.spiking().network().populations().get(1).activation());
        FloatSnn a = new FloatSnn(spiking);
        FloatSnn b = new FloatSnn(model.spiking());
        a.reset(image);
        b.reset(image);
        for (int t = 0; t < STEPS && a.closestTie() > 1e-9; t++) {
            a.step();
            b.step();
            for (int p = 1; p < network.populations().size() - 1 && a.closestTie() > 1e-9; p++) {
                assertArrayEquals(Arrays.copyOf(a.spikes(p), a.spikeCount(p)), Arrays.copyOf(b.spikes(p), b.spikeCount(p)), "seed " + seed);
            }
        }
        SpikingModel integers = back(NirExporter.of(spiking, quantised), folder);
        assertTrue(integers.whole(), "seed " + seed);
        QuantisedNetwork again = WholeNumbers.of(integers.spiking(), OPTIONS);
        IntegerOracle c = new IntegerOracle(quantised);
        IntegerOracle d = new IntegerOracle(again);
        c.reset(new InputEncoder(quantised, spiking.kernels(), 4095).encode(image));
        d.reset(new InputEncoder(again, integers.spiking().kernels(), 4095).encode(image));
        boolean bypass = Arrays.stream(quantised.biasStep()).anyMatch(s -> s != 1);
        for (int t = 0; t < STEPS && !bypass; t++) {
            c.step();
            d.step();
            assertArrayEquals(c.readoutSum(), d.readoutSum(), "seed " + seed);
        }
    }

    /** Leaky neurons go out as LIF and CubaLIF. */
    @ParameterizedTest
    @MethodSource("seeds")
    void leaks(long seed) throws IOException {
        Random random = new Random(seed);
        double keepU = random.nextInt(3) == 0 ? 0 : random.nextDouble();
        Dynamics dynamics = new Dynamics(keepU, random.nextInt(4) == 0 && keepU == 0 ? random.nextInt(2) : 0.1 + 0.8 * random.nextDouble(), 1);
        int n = 3;
        Nodes nodes = new Nodes().add("input", NirType.INPUT, "shape", Nodes.of(n)).add("w", NirType.AFFINE, "weight",
            Nodes.matrix(n, random.doubles(n * n, -1, 2).toArray()), "bias", Nodes.vector(random.doubles(n, -0.1, 0.2).toArray()))
            .add("if", NirType.IF, "r", Nodes.filled(1, n), "v_threshold", Nodes.vector(random.doubles(n, 0.5, 2).toArray()))
            .add("output", NirType.OUTPUT, "shape", Nodes.of(n)).chain("input", "w", "if", "output");
        SpikingNetwork plain = NirImporter.of("x", nodes.graph(), NirOptions.DEFAULT, true).spiking();
        boolean hard = random.nextBoolean() || dynamics.voltageKeep() == 0;
        List<NeuronRule> rules = List.of(NeuronRule.NONE, NeuronRule.cuba(dynamics, hard), NeuronRule.NONE);
        SpikingNetwork leaky = new SpikingNetwork(plain.network(), plain.method(), plain.schedule(), rules, plain.theta(), plain.initialV(),
            plain.payload(), plain.kernels());
        SpikingNetwork again = NirImporter.of("x", NirExporter.of(leaky), NirOptions.DEFAULT, true).spiking();
        FloatSnn a = new FloatSnn(leaky);
        FloatSnn b = new FloatSnn(again);
        int[][] events = new int[50][];
        Arrays.setAll(events, t -> random.ints(random.nextInt(3), 0, n).sorted().toArray());
        a.events(events);
        b.events(events);
        a.reset(new double[n]);
        b.reset(new double[n]);
        for (int t = 0; t < events.length; t++) {
            a.step();
            b.step();
            for (int i = 0; i < n; i++) {
                assertEquals(a.potentials(1)[i], b.potentials(1)[i], 1e-7, "seed " + seed + " step " + t + " " + dynamics);
            }
        }
    }

    @Test
    void whatNirHasNoWordForIsListed() {
        Random random = new Random(3);
        Network network = RandomNetworks.network(random);
        String graded = assertThrows(InvalidInputException.class, () -> NirExporter.of(Methods.named("gn").convert(network, 4, null))).getMessage();
        for (int p = 1; p < network.populations().size() - 1; p++) {
            assertTrue(graded.contains("layer " + network.populations().get(p).name() + " sends more than single spikes"), graded);
        }
        assertTrue(assertThrows(InvalidInputException.class, () -> NirExporter.of(Methods.named("srp").convert(network, 4, null))).getMessage()
            .contains("has phases"));
    }
}
