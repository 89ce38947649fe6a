package org.axongrid.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.CoreImage;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.axongrid.isa.image.TrueNorthRules;
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
 * A full TrueNorth chip in the engine, everything counted: 4,096 cores of 256 x 256, each axon with 128 synapses, every neuron driving a random core's
 * axon and firing every 50 ticks, at 20 Hz of a chip whose tick is 1 ms. The score is ticks per second; 1,000 is real time.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class TrueNorthChip {
    private static final int SIZE = 256;
    private static final int CORES = 4096;
    private static final int SYNAPSES = 128;
    private static final int PERIOD = 50;
    private static final int TICKS = 50;
    private static final int LEAK = 255;

    /** A running chip. */
    @State(Scope.Thread)
    public static class Running {
        /** Threads over which the cores are spread. */
        @Param({"1", "2"})
        int threads;
        Simulation simulation;

        /** Builds the chip and starts the workers. */
        @Setup(Level.Trial)
        public void start() {
            simulation = new Simulation(new LoadedSystem(image()), new Timing(StepCosts.NONE, 0), threads);
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
        /** Ticks of the chip. */
        public long ticks;
        /** Synaptic events. */
        public long synapticEvents;
        /** Spikes. */
        public long spikes;
        /** Processor time of the measuring thread. */
        public long cpuNanos;
    }

    /** @return the chip */
    static ChipImage image() {
        ChipSpec chip = ChipSpecs.preset("truenorth");
        SplittableRandom random = new SplittableRandom(1);
        List<CoreImage> cores = new ArrayList<>();
        int[] all = new int[SIZE];
        Arrays.setAll(all, i -> i);
        // Neuron j of all cores drives axon j of one other: a permutation of cores for each j, so that no axon has two sources.
        int[][] to = new int[SIZE][CORES];
        for (int[] permutation : to) {
            Arrays.setAll(permutation, i -> i);
            shuffle(permutation, CORES, random);
        }
        int threshold = LEAK * PERIOD;
        for (int c = 0; c < CORES; c++) {
            byte[] types = new byte[SIZE];
            long[] crossbar = new long[SIZE * SIZE / 64];
            List<TrueNorthNeuron> parameters = new ArrayList<>();
            int[][] n = new int[4][SIZE];
            for (int i = 0; i < SIZE; i++) {
                types[i] = (byte) random.nextInt(4);
                shuffle(all, SYNAPSES, random);
                for (int k = 0; k < SYNAPSES; k++) {
                    crossbar[i * SIZE / 64 + all[k] / 64] |= 1L << all[k] % 64;
                }
                parameters.add(new TrueNorthNeuron(1, -1, 1, -1, 0, LEAK, false, false, threshold, 0, 0, TrueNorthNeuron.Reset.LINEAR, true, 0,
                    random.nextInt(threshold)));
                n[0][i] = i;
                n[1][i] = to[i][c];
                n[2][i] = i;
                n[3][i] = 1;
            }
            cores.add(new TrueNorthCoreImage(c, c + 1, TrueNorthRules.PUBLISHED, types, crossbar, parameters, n[0], n[1], n[2], n[3]));
        }
        return new ChipImage("full chip", chip, 1, cores, List.of(), 0);
    }

    private static void shuffle(int[] values, int first, SplittableRandom random) {
        for (int k = 0; k < first; k++) {
            int other = k + random.nextInt(values.length - k);
            int swap = values[k];
            values[k] = values[other];
            values[other] = swap;
        }
    }

    /** Ticks of the chip. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void tick(Running running, Work work) {
        long cpu = CpuTime.nanos();
        long events = Counted.synapticOperations(running.simulation);
        long spikes = Counted.spikes(running.simulation);
        running.simulation.runSteps(TICKS);
        work.ticks += TICKS;
        work.synapticEvents += Counted.synapticOperations(running.simulation) - events;
        work.spikes += Counted.spikes(running.simulation) - spikes;
        work.cpuNanos += CpuTime.nanos() - cpu;
    }
}
