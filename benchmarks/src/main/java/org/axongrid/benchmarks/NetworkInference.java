package org.axongrid.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.QcfsConversion;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.synthetic.SyntheticNetworks;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One inference of whole networks, T = 4, everything counted: LeNet-5, a VGG of seven convolutions and ResNet-20 at CIFAR shape, random weights from a seed and a
 * random image, so that no file is needed. The emulated chip, with its cores spread over 1 or 2 threads, against the plain integer oracle.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = "-Xmx3g")
public class NetworkInference {
    private static final int STEPS = 4;
    private static final int CHIPS = 16;

    /** The mapped network and its input. */
    @State(Scope.Benchmark)
    public static class Prepared {
        /** Which network, see {@link SyntheticNetworks}. */
        @Param({"lenet5", "vgg7", "resnet20"})
        String network;
        QuantisedNetwork quantised;
        LoadedSystem loaded;
        Timing timing;
        int[][] biases;

        /** Converts, quantises and maps. */
        @Setup(Level.Trial)
        public void prepare() {
            Network net = SyntheticNetworks.of(SyntheticNetworks.PREFIX + network);
            ChipSpec chip = ChipSpecs.preset("loihi");
            SpikingNetwork spiking = QcfsConversion.convert(net);
            quantised = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
            loaded = new LoadedSystem(Mapper.map(quantised, chip, Mapper.Options.of("sequential-hilbert", 1, CHIPS)).image());
            timing = new Timing(StepCostsOf.profile(CostProfiles.open(chip.timingProfile())), 0);
            double[] image = new SplittableRandom(1).doubles(net.input().shape().size()).toArray();
            biases = new InputEncoder(quantised, spiking.kernels(), 4095).encode(image);
        }
    }

    /** A running chip. */
    @State(Scope.Thread)
    public static class Chip {
        /** Threads over which the cores are spread. */
        @Param({"1", "2"})
        int threads;
        Simulation simulation;

        /** Starts the workers. */
        @Setup(Level.Trial)
        public void start(Prepared prepared) {
            simulation = new Simulation(prepared.loaded, prepared.timing, threads);
        }

        /** Ends the workers. */
        @TearDown(Level.Trial)
        public void stop() {
            simulation.close();
        }
    }

    /** A running oracle. */
    @State(Scope.Thread)
    public static class Oracle {
        IntegerOracle oracle;

        /** Makes it. */
        @Setup(Level.Trial)
        public void start(Prepared prepared) {
            oracle = new IntegerOracle(prepared.quantised);
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Synaptic operations of all inferences. */
        public long synapticOperations;
        /** Processor time of the measuring thread. */
        public long cpuNanos;
    }

    /** One inference on the chip. */
    @Benchmark
    public InferenceResult chip(Prepared prepared, Chip chip, Work work) {
        long cpu = CpuTime.nanos();
        // The only analog population is the first; its bias step is 1.
        chip.simulation.writeBiases(0, prepared.biases[1]);
        long before = Counted.synapticOperations(chip.simulation);
        InferenceResult result = chip.simulation.run(0, STEPS);
        work.synapticOperations += Counted.synapticOperations(chip.simulation) - before;
        work.cpuNanos += CpuTime.nanos() - cpu;
        return result;
    }

    /** The same inference on the plain simulator. */
    @Benchmark
    public long[] oracle(Prepared prepared, Oracle state, Work work) {
        long cpu = CpuTime.nanos();
        long before = state.oracle.synapticOperations();
        state.oracle.reset(prepared.biases);
        for (int t = 0; t < STEPS; t++) {
            state.oracle.step();
        }
        work.synapticOperations += state.oracle.synapticOperations() - before;
        work.cpuNanos += CpuTime.nanos() - cpu;
        return state.oracle.readoutSum();
    }
}
