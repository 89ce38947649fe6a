package org.axongrid.cli.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.axongrid.cli.pipeline.ChipAgainstOracle;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.method.Calibration;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The residual network of 110 layers for CIFAR (He et al., CVPR 2016, section 4.2) with few channels: three stages of 18 blocks, seed 1. */
class DeepNetworkTest {
    private static final int BLOCKS = 18;
    private static final int STEPS = 3;
    private final Random random = new Random(1);
    private final List<Population> populations = new ArrayList<>();
    private final List<Projection> projections = new ArrayList<>();
    private final List<double[]> kernels = new ArrayList<>();

    private int add(String name, Shape shape, Activation activation) {
        populations.add(new Population(name, shape, activation,
            activation.kind() == Activation.Kind.INPUT ? new double[0] : random.doubles(shape.channels()).map(x -> 0.2 * x).toArray()));
        return populations.size() - 1;
    }

    private void convolve(int from, int to, int size, int stride) {
        Shape source = populations.get(from).shape();
        Projection p = new Projection(from, to, source, populations.get(to).shape(), Pool.NONE, size, size, stride, stride, size / 2, size / 2, 1, 1, 1);
        projections.add(p);
        double spread = 1.5 / Math.sqrt(source.channels() * size * size);
        kernels.add(random.doubles(p.kernelSize()).map(x -> spread * (2 * x - 1)).toArray());
    }

    private Network network() {
        int last = add("input", new Shape(3, 8, 8), Activation.input());
        int next = add("stem", new Shape(2, 8, 8), Activation.qcfs(1, 4));
        convolve(last, next, 3, 1);
        last = next;
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < BLOCKS; block++) {
                boolean halves = stage > 0 && block == 0;
                Shape shape = new Shape(2 << stage, 8 >> stage, 8 >> stage);
                int first = add("s" + stage + "b" + block + "a", shape, Activation.qcfs(1, 4));
                convolve(last, first, 3, halves ? 2 : 1);
                int second = add("s" + stage + "b" + block + "b", shape, Activation.qcfs(1, 4));
                convolve(first, second, 3, 1);
                if (halves) {
                    convolve(last, second, 1, 2);
                } else {
                    projections.add(Projection.identity(last, second, shape));
                    double[] one = new double[shape.channels()];
                    Arrays.fill(one, 1);
                    kernels.add(one);
                }
                last = second;
            }
        }
        Shape shape = populations.get(last).shape();
        int readout = add("fc", Shape.dense(10), Activation.linear());
        projections.add(Projection.dense(last, readout, shape, Shape.dense(10), new Pool(2, 2, 2, 2)));
        kernels.add(random.doubles(10 * shape.channels()).map(x -> x - 0.5).toArray());
        return new Network("resnet-110", populations, projections, kernels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qcfs", "ttrbr", "srp"})
    void runsBitForBit(String method) {
        Network network = network();
        assertEquals(110, network.populations().size() - 1, "layers with weights");
        assertEquals(109, network.depths()[network.populations().size() - 1]);
        Calibration calibration = new Calibration((i, out) -> System.arraycopy(RandomNetworks.image(network, i), 0, out, 0, out.length), 4, 4, 1);
        SpikingNetwork spiking = Methods.named(method).convert(network, STEPS, calibration);
        ChipSpec chip = ChipSpecs.preset(method.equals("srp") ? "loihi2" : "loihi");
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
        int[][] biases = new InputEncoder(net, spiking.kernels(), 4095).encode(RandomNetworks.image(network, 7));
        ChipAgainstOracle oracle = new ChipAgainstOracle(net, biases, STEPS);
        for (int i = 0; i < 3; i++) {
            ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.values()[i], Placer.values()[i], 1, 64)).image();
            String difference = oracle.difference(image, biases, 1 + i % 2);
            assertNull(difference, () -> method + ": " + difference);
        }
    }
}
