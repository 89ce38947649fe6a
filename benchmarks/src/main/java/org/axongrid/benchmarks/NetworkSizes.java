package org.axongrid.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.layer.LayerInput;
import org.axongrid.emulator.layer.LayeredRunner;
import org.axongrid.emulator.layer.LayeredSystem;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.DefaultStrategy;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.neuron.NeuronModel;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.synthetic.SyntheticNetworks;

/**
 * Whether time per synaptic operation stays the same from the smallest network to the papers' largest:
 * weights and images are random.
 */
final class NetworkSizes {
    private static final List<String> NAMES = List.of("lenet5", "vgg7", "resnet20", "vgg16", "resnet18", "resnet34");
    private static final int STEPS = 4;
    private static final double SECONDS = 4;

    private NetworkSizes() { }

    /** Measures and prints, with so many threads. */
    static void print(int threads) {
        System.out.printf(Locale.ROOT, "Java %s, %d threads, T = %d, chip loihi%n%n%-18s %10s %7s %10s %11s %10s %12s %10s%n", Runtime.version(), threads, STEPS,
            "Network", "neurons", "cores", "weights", "images/s", "Gop/s", "ns/op/thread", "B/weight");
        List<Double> each = new ArrayList<>();
        for (String name : NAMES) {
            each.add(row(SyntheticNetworks.PREFIX + name, threads));
        }
        System.out.printf(Locale.ROOT, "%nlargest to smallest time of a synaptic operation: %.2f%n", each.stream().mapToDouble(d -> d).max().orElse(0)
            / each.stream().mapToDouble(d -> d).min().orElse(1));
    }

    private static double row(String name, int threads) {
        Network network = SyntheticNetworks.of(name);
        ChipSpec chip = ChipSpecs.preset("loihi");
        SpikingNetwork spiking = QcfsConversion.convert(network);
        QuantisedNetwork net = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.LAYER));
        NeuronModel neurons = NeuronModel.of(net, chip);
        ChipImage image = Mapper.map(net, chip, neurons, DefaultStrategy.fit(net, chip, neurons, 1).partition(),
            Mapper.Options.of(DefaultStrategy.ID, 1, chip.get(ChipParameter.CHIPS_MAX))).image();
        LayeredSystem system = new LayeredSystem(image);
        SplittableRandom random = new SplittableRandom(1);
        double[] picture = random.doubles(network.input().shape().size()).toArray();
        int[][] units = new InputEncoder(net, spiking.kernels(), 4095).encode(picture);
        int[][] biases = Arrays.stream(units).filter(u -> u != null).toArray(int[][]::new);
        Supplier<LayerInput> inputs = () -> index -> biases;
        Timing timing = new Timing(new StepCosts(8400, 5300, 30000, 5100, 16000, new int[] {3800, 4700, 3100}, 4100, 6500, 2100), 113_000);
        int count = threads * 8;
        long images = 0;
        long operations = 0;
        double seconds = 0;
        for (int round = 0; seconds < SECONDS; round++) {
            LayeredRunner runner = new LayeredRunner(system, timing);
            long start = System.nanoTime();
            runner.run(count, threads, runner.batch(count, threads, STEPS), STEPS, inputs, r -> { });
            double took = (System.nanoTime() - start) * 1e-9;
            // Until loops are compiled.
            if (round >= 3) {
                images += count;
                seconds += took;
                operations += runner.counters().synapticOperationsTotal();
            }
            count = took < 0.2 ? count * 2 : count;
        }
        long weights = net.kernels().stream().filter(k -> k != null).mapToLong(k -> k.length).sum();
        double ns = seconds * threads * 1e9 / operations;
        System.out.printf(Locale.ROOT, "%-18s %10d %7d %10d %11.1f %10.2f %12.3f %10.2f%n", name, image.compartments(), image.cores().size(), weights,
            images / seconds, operations / seconds * 1e-9, ns, (double) system.weightBytes() / weights);
        return ns;
    }
}
