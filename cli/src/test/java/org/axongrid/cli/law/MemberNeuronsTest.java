package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.axongrid.cli.pipeline.ChipAgainstOracle;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.expand.MemberNeurons;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.Simulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Members of group neurons and burst neurons on a chip with binary spikes: in each step just as many fire as the graded neuron sends, in integers and in
 * real numbers, and the chip does what the simulator of the members does. Seeds are the parameters.
 */
class MemberNeuronsTest {
    private static final int STEPS = 6;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 24);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void membersAddUp(long seed) {
        Random random = new Random(seed);
        String method = seed % 3 == 0 ? "burst:gamma=" + (2 + random.nextInt(4)) : "gn:tau=" + (2 + random.nextInt(5));
        Network network = RandomNetworks.of(seed);
        Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length), 8, 8, seed);
        SpikingNetwork spiking = Methods.named(method).convert(network, STEPS, calibration);
        ChipSpec chip = ChipSpecs.preset("loihi");
        assertTrue(MemberNeurons.needed(spiking, chip));
        int bits = 4 + random.nextInt(6);
        MemberNeurons.Expanded net = MemberNeurons.of(spiking, Quantiser.Options.forChip(chip, bits, Scales.values()[random.nextInt(3)]));
        String place = method + " on " + network.name() + ", " + bits + " bits";
        double[] image = RandomNetworks.image(network, seed);
        int[][] whole = new InputEncoder(net.graded(), spiking.kernels(), 4095).encode(image);
        int[][] each = new InputEncoder(net.quantised(), net.spiking().kernels(), 4095).encode(image);
        IntegerOracle graded = new IntegerOracle(net.graded());
        graded.reset(whole);
        IntegerOracle members = new IntegerOracle(net.quantised());
        members.reset(each);
        for (int t = 1; t <= STEPS; t++) {
            graded.step();
            members.step();
            compare(network, spiking, graded, members, place + ", step " + t);
            assertArrayEquals(graded.readoutSum(), members.readoutSum(), place + ", step " + t);
        }
        assertEquals(0, members.accumulatorWraps(), place);
        onChip(net, each, chip, random, place);
    }

    private static void compare(Network network, SpikingNetwork spiking, Simulator graded, Simulator members, String place) {
        for (int p = 1; p < network.populations().size() - 1; p++) {
            int m = spiking.rules().get(p).maxPayload();
            int[] sums = new int[network.populations().get(p).shape().size()];
            for (int i = 0; i < members.spikeCount(p); i++) {
                sums[members.spikes(p)[i] / m]++;
            }
            int[] wanted = new int[sums.length];
            for (int i = 0; i < graded.spikeCount(p); i++) {
                wanted[graded.spikes(p)[i]] = graded.sent(p).payloads()[i];
            }
            assertArrayEquals(wanted, sums, place + ", layer " + p);
        }
    }

    private static void onChip(MemberNeurons.Expanded net, int[][] biases, ChipSpec chip, Random random, String place) {
        ChipAgainstOracle oracle = new ChipAgainstOracle(net.quantised(), biases, STEPS);
        for (int i = 0; i < 3; i++) {
            ChipSpec cores = i == 0 ? chip : chip.with(ChipParameter.COMPARTMENTS, 16 + random.nextInt(80)).with(ChipParameter.MESH_WIDTH, 2)
                .with(ChipParameter.MESH_HEIGHT, 1 + random.nextInt(2)).with(ChipParameter.CHIPS_MAX, 16384);
            ChipImage image = Mapper.map(net.quantised(), cores, new Mapper.Options(PositionOrder.values()[i], Placer.values()[i], 1, 16384)).image();
            assertTrue(ChipImageValidator.problems(image).isEmpty(), place);
            String difference = oracle.difference(image, biases, 1 + i % 2);
            assertNull(difference, () -> place + ": " + difference);
        }
    }

    /** In real numbers members round differently from a graded neuron, so that classes are compared and sums within rounding. */
    @ParameterizedTest
    @MethodSource("seeds")
    void realNumbersToo(long seed) {
        Network network = RandomNetworks.of(seed);
        SpikingNetwork spiking = Methods.named("gn:tau=3").convert(network, STEPS, null);
        MemberNeurons.Expanded net = MemberNeurons.of(spiking, Quantiser.Options.forChip(ChipSpecs.preset("loihi"), 8, Scales.LAYER));
        FloatSnn graded = new FloatSnn(spiking);
        FloatSnn members = new FloatSnn(net.spiking());
        double[] image = RandomNetworks.image(network, seed);
        graded.reset(image);
        members.reset(image);
        graded.run(2, null);
        members.run(2, null);
        // Wires carry the integers' threshold, which is rounded: close, not equal.
        double[] a = graded.logits();
        double[] b = members.logits();
        double largest = Arrays.stream(a).map(Math::abs).max().orElse(0) + 1;
        for (int i = 0; i < a.length; i++) {
            assertEquals(a[i], b[i], largest, "seed " + seed);
        }
    }
}
