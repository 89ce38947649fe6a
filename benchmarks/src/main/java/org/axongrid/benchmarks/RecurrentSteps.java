package org.axongrid.benchmarks;

import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.cost.StepCostsOf;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.cost.CostProfiles;
import org.axongrid.isa.image.ChipImage;
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
 * Steps of the peers' recurrent network ({@link RecurrentNet}) in the engine, everything counted and timed in {@code fast} mode. The score is steps
 * per second, the counter synaptic operations per second. The baseline is the same network as plain arrays: integrate, fire, add rows.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecurrentSteps {
    private static final int STEPS = 100;

    /** Size of the network. */
    @State(Scope.Benchmark)
    public static class Net {
        /** Neurons x fan-out; the last is a core step: as many neurons and synapses as one Loihi core holds. */
        @Param({"16384x128", "16384x1024", "1024x1024", "1024x128"})
        String size;

        int neurons() {
            return Integer.parseInt(size.substring(0, size.indexOf('x')));
        }

        int fanOut() {
            return Integer.parseInt(size.substring(size.indexOf('x') + 1));
        }
    }

    /** A running chip. */
    @State(Scope.Thread)
    public static class Chip {
        /** Cores that hold the network. */
        @Param({"1"})
        int cores;
        /** Threads over which they are spread. */
        @Param({"1"})
        int threads;
        Simulation simulation;

        /** Builds the image and starts the workers. */
        @Setup(Level.Trial)
        public void start(Net net) {
            ChipImage image = RecurrentNet.image(net.neurons(), net.fanOut(), cores);
            Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
            simulation = new Simulation(new LoadedSystem(image), timing, threads);
        }

        /** Ends the workers. */
        @TearDown(Level.Trial)
        public void stop() {
            simulation.close();
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Synaptic operations. */
        public long synapticOperations;
        /** Spikes. */
        public long spikes;
        /** Processor time of the measuring thread: other counters over it are rates that a loaded machine does not disturb. */
        public long cpuNanos;
    }

    /** A step on the chip. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void chip(Chip chip, Work work) {
        long cpu = CpuTime.nanos();
        long operations = Counted.synapticOperations(chip.simulation);
        long spikes = Counted.spikes(chip.simulation);
        chip.simulation.runSteps(STEPS);
        work.synapticOperations += Counted.synapticOperations(chip.simulation) - operations;
        work.spikes += Counted.spikes(chip.simulation) - spikes;
        work.cpuNanos += CpuTime.nanos() - cpu;
    }
}
