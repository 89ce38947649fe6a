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
 * Steps of a large network in which little happens ({@link WaveNet}): its input starts a wave every so many steps, and 16 cores after each other are
 * active in 16 steps. Everything is counted and timed in {@code fast} mode. The baseline is {@code -Daxongrid.kernels=plain}, which skips nothing.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QuietCores {
    private static final int STEPS = 10_000;

    /** A running chip. */
    @State(Scope.Thread)
    public static class Chip {
        /** Cores of the network. */
        @Param({"1024"})
        int cores;
        /** Steps from one input spike to the next: with 1 there are 16 active cores in each step, with 1,000 all are silent most of the time. */
        @Param({"1", "20", "1000"})
        int period;
        /** Threads over which they are spread. */
        @Param({"1"})
        int threads;
        Simulation simulation;

        /** Builds the image and starts the workers. */
        @Setup(Level.Trial)
        public void start() {
            ChipImage image = WaveNet.image(cores);
            Timing timing = new Timing(StepCostsOf.profile(CostProfiles.open(image.chip().timingProfile())), 0);
            simulation = new Simulation(new LoadedSystem(image), timing, threads);
            int lines = image.ports().get(0).first().length - 1;
            // 67 has no factor in common with the lines, so that all chains and assemblies have their turn.
            simulation.drive(new Simulation.StepDriver() {
                @Override
                public void beforeStep(int step) {
                    if (step % period == 0) {
                        simulation.inject(0, step / period * 67 % lines);
                    }
                }

                @Override
                public int nextStep(int from) {
                    return (from + period - 1) / period * period;
                }
            });
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
        /** Steps. */
        public long steps;
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
        long spikes = Counted.spikes(chip.simulation);
        chip.simulation.runSteps(STEPS);
        work.spikes += Counted.spikes(chip.simulation) - spikes;
        work.steps += STEPS;
        work.cpuNanos += CpuTime.nanos() - cpu;
    }
}
