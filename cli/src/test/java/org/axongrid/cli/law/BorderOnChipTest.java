package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.hypergraph.network.SearchPartitioner;
import org.axongrid.mapper.hypergraph.partition.Search;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.onnx.GraphBuilder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers whose weights differ at the border of a map, with projections of their own there: the chip equals the oracle by every strategy. */
class BorderOnChipTest {
    private static final List<String> STRATEGIES = SearchPartitioner.names();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    /** Two activations with average pools between them that are cut at the border, or with two padded convolutions. */
    private static Network network(long seed) {
        Random random = new Random(seed);
        int h = 5 + random.nextInt(5);
        int w = 5 + random.nextInt(5);
        GraphBuilder g = new GraphBuilder("x", new int[] {2, h, w});
        weights(g, random, "w", 3, 2, 3, 3);
        g.add("Conv", "c1", List.of("x", "w"), "z", Map.of("pads", new long[] {1, 1, 1, 1}));
        g.neurons("a", "z", "a");
        if (random.nextBoolean()) {
            long stride = 1 + random.nextInt(2);
            g.add("AveragePool", "p1", List.of("a"), "p", Map.of("kernel_shape", new long[] {3, 3}, "strides", new long[] {stride, stride}, "pads",
                new long[] {1, 1, 1, 1}, "ceil_mode", (long) random.nextInt(2)));
        } else {
            weights(g, random, "u", 3, 3, 3, 3);
            g.add("Conv", "c2", List.of("a", "u"), "p", Map.of("pads", new long[] {1, 1, 1, 1}, "strides", new long[] {1, 1}));
        }
        weights(g, random, "v", 4, 3, 3, 3);
        g.add("Conv", "c3", List.of("p", "v"), "q", Map.of("pads", new long[] {1, 1, 1, 1}));
        g.neurons("b", "q", "b");
        g.add("GlobalAveragePool", "g", List.of("b"), "m", Map.of());
        Network net = g.build("border-" + seed, "m", new ArrayList<>());
        List<Population> populations = new ArrayList<>();
        for (Population p : net.populations()) {
            populations.add(p.activation().kind() != Activation.Kind.RELU ? p : new Population(p.name(), p.shape(), Activation.qcfs(0.5, 4), p.bias()));
        }
        return new Network(net.name(), populations, net.projections(), net.kernels());
    }

    private static void weights(GraphBuilder g, Random random, String name, int... dims) {
        int n = dims[0] * dims[1] * dims[2] * dims[3];
        double spread = 2.0 / Math.sqrt((double) n / dims[0]);
        g.constant(name, dims, random.doubles(n).map(x -> spread * (2 * x - 0.8)).toArray());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chipEqualsOracle(long seed) {
        Network network = network(seed);
        assertTrue(network.projections().size() > 5, "some projections are for the border alone");
        SpikingNetwork spiking = QcfsConversion.convert(network);
        ChipSpec loihi = ChipSpecs.preset("loihi").with(ChipParameter.CHIPS_MAX, 16384);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(loihi, 8, Scales.GROUPED));
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, seed));
        ChipEqualsOracleTest.Expected expected = ChipEqualsOracleTest.expected(net, biases);
        assertTrue(expected.spikesTotal() > 100, "it spikes: " + expected.spikesTotal());
        for (int i = 0; i < STRATEGIES.size(); i++) {
            ChipSpec chip = i % 2 == 0 ? loihi : loihi.with(ChipParameter.COMPARTMENTS, 20 + (int) (seed * 7 % 40));
            ChipImage image = Mapper.map(net, chip, new Mapper.Options(STRATEGIES.get(i), Placer.HILBERT, new Search(seed, 1, 0.02), 100_000)).image();
            String place = network.name() + ", " + STRATEGIES.get(i);
            assertEquals(List.of(), ChipImageValidator.problems(image), place);
            ChipEqualsOracleTest.compare(net, image, biases, expected, 1 + i % 2, place);
        }
    }
}
