package org.axongrid.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.data.DataSets;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.DataSetRunner;
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
import org.axongrid.mapper.onnx.OnnxImporter;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Quantiser;
import org.axongrid.mapper.quantise.Scales;
import org.axongrid.mapper.reference.IntegerOracle;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One inference of the shipped network on shipped images, T = 8, everything counted: the emulated chip (with its cores spread over 1 or 2
 * threads) against the plain integer oracle on the same network. The counter {@code synapticOperations} is the rate to compare.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class FashionCnnInference {
    private static final int STEPS = 8;
    private static final int IMAGES = 32;
    /** Images of a data set: the same ones again and again, so many that making simulations does not count. */
    private static final int DATA_SET = 10 * IMAGES;

    /** The mapped network and its inputs. */
    @State(Scope.Benchmark)
    public static class Prepared {
        QuantisedNetwork quantised;
        LoadedSystem loaded;
        Timing timing;
        final int[][][] biases = new int[IMAGES][][];

        /** Imports, converts, quantises and maps. */
        @Setup(Level.Trial)
        public void prepare() throws IOException {
            Path file = Files.createTempFile("fashion", ".onnx");
            try (InputStream in = DataSets.class.getResourceAsStream("/org/axongrid/cli/demo/fashion_cnn_L4.onnx")) {
                Files.write(file, in.readAllBytes());
            }
            Network network = OnnxImporter.read(file);
            Files.delete(file);
            ChipSpec chip = ChipSpecs.preset("loihi");
            SpikingNetwork spiking = QcfsConversion.convert(network);
            quantised = Quantiser.quantise(spiking, Quantiser.Options.forChip(chip, 8, Scales.GROUPED));
            loaded = new LoadedSystem(Mapper.map(quantised, chip, Mapper.Options.of("sequential-hilbert", 1, 1)).image());
            timing = new Timing(StepCostsOf.profile(CostProfiles.open(chip.timingProfile())), 0);
            DataSet data = DataSets.open("fashion", network, network.readout().shape().size());
            double[] image = new double[network.input().shape().size()];
            InputEncoder encoder = new InputEncoder(quantised, spiking.kernels(), 4095);
            for (int i = 0; i < IMAGES; i++) {
                data.image(i, image);
                biases[i] = encoder.encode(image);
            }
        }
    }

    /** A running chip. */
    @State(Scope.Thread)
    public static class Chip {
        /** Threads over which the cores are spread. */
        @Param({"1", "2"})
        int threads;
        Simulation simulation;
        int next;

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

    /** How many threads share a data set. */
    @State(Scope.Benchmark)
    public static class Threads {
        /** Threads with a simulation each. */
        @Param({"1", "2"})
        int imageThreads;
    }

    /** A running oracle. */
    @State(Scope.Thread)
    public static class Oracle {
        IntegerOracle oracle;
        int next;

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
        /** Processor time of the measuring thread; with more threads each has its own. */
        public long cpuNanos;
    }

    /** One inference on the chip. */
    @Benchmark
    public InferenceResult chip(Prepared prepared, Chip chip, Work work) {
        int image = chip.next++ % IMAGES;
        long cpu = CpuTime.nanos();
        // The only analog population is the first; its bias step is 1.
        chip.simulation.writeBiases(0, prepared.biases[image][1]);
        long before = Counted.synapticOperations(chip.simulation);
        InferenceResult result = chip.simulation.run(image, STEPS);
        work.synapticOperations += Counted.synapticOperations(chip.simulation) - before;
        work.cpuNanos += CpuTime.nanos() - cpu;
        return result;
    }

    /** The same inference on the plain simulator. */
    @Benchmark
    public long[] oracle(Prepared prepared, Oracle state, Work work) {
        int image = state.next++ % IMAGES;
        long cpu = CpuTime.nanos();
        long before = state.oracle.synapticOperations();
        state.oracle.reset(prepared.biases[image]);
        for (int t = 0; t < STEPS; t++) {
            state.oracle.step();
        }
        work.synapticOperations += state.oracle.synapticOperations() - before;
        work.cpuNanos += CpuTime.nanos() - cpu;
        return state.oracle.readoutSum();
    }

    /** Images of a data set, each thread with a simulation of its own. The score is images per second. */
    @Benchmark
    @OperationsPerInvocation(DATA_SET)
    public long dataSet(Prepared prepared, Threads threads, Work work) {
        DataSetRunner runner = new DataSetRunner(prepared.loaded, prepared.timing);
        runner.run(DATA_SET, threads.imageThreads, DataSetRunner.Parallelism.IMAGES, () -> (simulation, i) -> {
            simulation.writeBiases(0, prepared.biases[i % IMAGES][1]);
            return simulation.run(i, STEPS);
        }, result -> { });
        work.synapticOperations += runner.counters().synapticOperationsTotal();
        return runner.times().totalPs;
    }
}
