package org.axongrid.cli.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.kernel.VectorTrial;
import org.axongrid.emulator.layer.LayerInput;
import org.axongrid.emulator.layer.LayeredRunner;
import org.axongrid.emulator.layer.LayeredSystem;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.network.Pool;
import org.axongrid.mapper.network.Population;
import org.axongrid.mapper.network.Projection;
import org.axongrid.mapper.network.Shape;
import org.axongrid.mapper.partition.PositionOrder;
import org.axongrid.mapper.place.Placer;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;

/**
 * Has the JVM compile the loops of layered runs while a network is prepared, which one thread does: a small network with random weights runs on another one until
 * the preparation is over. A run of a few images would otherwise spend most of its time in code that is not compiled yet. Nothing of it is seen in any result.
 */
final class WarmUp implements AutoCloseable {
    /** Images from which on it is worth while. */
    private static final int WORTH = 8;
    private static final int STEPS = 4;
    private static final int INPUTS = 64;
    private static final int BATCH = 8;
    private static final int SIDE = 16;
    private static final int[] CHANNELS = {16, 32, 64, 128};
    private static final double THETA = 1.5;
    private static final long LONGEST_NS = 1_500_000_000L;
    /** Rounds without gain after which the loops count as compiled. */
    private static final int STEADY = 12;
    /** A gain is a round below so many hundredths of the best. */
    private static final int GAIN = 90;

    private final long begin = System.nanoTime();
    private Thread thread;

    private WarmUp() { }

    /**
     * @param options of a run whose preparation begins
     * @return a warm-up that goes on until it is closed; it does nothing where that is of no use
     */
    static WarmUp begin(RunOptions options) {
        WarmUp warmUp = new WarmUp();
        boolean layers = options.parallelism() == null || options.parallelism() == HostUse.LAYERS;
        if (!layers || !options.timing().equals("fast") || options.limit() < WORTH || Runtime.getRuntime().availableProcessors() == 1) {
            return warmUp;
        }
        ChipSpec chip = Preparation.chip(options);
        if (!Preparation.isCrossbar(chip)) {
            VectorTrial.beginForLayers();
            warmUp.thread = new Thread(() -> warmUp.run(chip), "axongrid-warm-up");
            warmUp.thread.setDaemon(true);
            warmUp.thread.start();
        }
        return warmUp;
    }

    /** Waits until the loops are compiled: real images would wait for that too, and the longer for running in code that is not. */
    @Override
    public void close() {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ChipSpec chip) {
        try {
            QuantisedNetwork net = network(chip);
            ChipImage image = Mapper.map(net, chip, new Mapper.Options(PositionOrder.HILBERT, Placer.HILBERT, 1, 1 << 10)).image();
            if (LayeredSystem.refusal(image) != null) {
                return;
            }
            LayeredSystem system = new LayeredSystem(image);
            int[] bias = new SplittableRandom(1).ints(CHANNELS[0] * SIDE * SIDE, -1000, 3000).toArray();
            LayerInput input = new LayerInput() {
                @Override
                public int[][] biases(int index) {
                    return new int[][] {bias};
                }

                @Override
                public int[][] spikes(int index) {
                    return null;
                }
            };
            LayeredRunner runner = new LayeredRunner(system, new Timing(StepCosts.NONE, 0));
            long best = Long.MAX_VALUE;
            for (int without = 0; without < STEADY && System.nanoTime() - begin < LONGEST_NS; without++) {
                long start = System.nanoTime();
                runner.run(INPUTS, 1, BATCH, STEPS, () -> input, r -> { });
                long took = System.nanoTime() - start;
                without = took * 100 < best * GAIN ? 0 : without;
                best = Math.min(best, took);
            }
        } catch (InvalidInputException | OutOfMemoryError e) {
            // A chip of one's own may be too small for it; the run itself says so if it needs what is missing.
            return;
        }
    }

    private static QuantisedNetwork network(ChipSpec chip) {
        SplittableRandom random = new SplittableRandom(1);
        List<Population> populations = new ArrayList<>();
        List<Projection> projections = new ArrayList<>();
        List<double[]> kernels = new ArrayList<>();
        populations.add(new Population("input", new Shape(3, SIDE, SIDE), Activation.input(), new double[0]));
        int side = SIDE;
        for (int l = 0; l < CHANNELS.length; l++) {
            int stride = l < 2 ? 1 : 2;
            side /= stride;
            Shape from = populations.get(l).shape();
            Shape to = new Shape(CHANNELS[l], side, side);
            populations.add(new Population("conv" + l, to, Activation.qcfs(THETA, STEPS), new double[to.channels()]));
            add(new Projection(l, l + 1, from, to, Pool.NONE, 3, 3, stride, stride, 1, 1, 1, 1, 1), projections, kernels, random);
        }
        Shape last = populations.get(CHANNELS.length).shape();
        populations.add(new Population("readout", Shape.dense(10), Activation.linear(), new double[10]));
        add(Projection.dense(CHANNELS.length, CHANNELS.length + 1, last, Shape.dense(10), Pool.NONE), projections, kernels, random);
        SpikingNetwork spiking = QcfsConversion.convert(new Network("warm-up", populations, projections, kernels));
        return Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.LAYER));
    }

    private static void add(Projection p, List<Projection> projections, List<double[]> kernels, SplittableRandom random) {
        projections.add(p);
        double[] kernel = new double[p.kernelSize()];
        double spread = 3 / Math.sqrt(p.kernelH() * p.kernelW() * p.inPerGroup());
        Arrays.setAll(kernel, i -> (random.nextDouble() - 0.4) * spread);
        kernels.add(kernel);
    }
}
