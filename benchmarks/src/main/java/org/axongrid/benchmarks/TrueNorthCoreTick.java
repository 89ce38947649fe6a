package org.axongrid.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
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
 * Ticks of TrueNorth cores, 256 x 256, in the engine: 64 cores in a ring, neuron j of one driving axon j of the next, everything counted. The score is
 * core-ticks per second; the counter gives synaptic events per second. The baseline is the plain double loop over neurons and axons, for one core.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrueNorthCoreTick {
    /** Axons and neurons of a core. */
    private static final int SIZE = 256;
    private static final int CORES = 64;
    private static final int TICKS = 64;
    /** Large against what weights of +-1 sum up to, so that the leak alone says when a neuron fires. */
    private static final int LEAK = 255;
    private static final int MARGIN = 60;

    /** A ring of cores. */
    @State(Scope.Benchmark)
    public static class Ring {
        /** Ticks between two spikes of a neuron: 1 is all axons active in every tick. */
        @Param({"1", "2", "10", "50"})
        int period;
        /** Part of the crossbar that is connected. */
        @Param({"0.5"})
        double density;
        /** What is stochastic: nothing, the thresholds of all neurons, or all synapses. */
        @Param({"nothing"})
        String stochastic;

        ChipImage image() {
            Random random = new Random(1);
            List<CoreImage> cores = new ArrayList<>();
            for (int c = 0; c < CORES; c++) {
                cores.add(core(c, random));
            }
            return new ChipImage("ring", ChipSpecs.preset("truenorth"), 1, cores, List.of(), 0);
        }

        TrueNorthCoreImage core(int number, Random random) {
            byte[] types = new byte[SIZE];
            long[] crossbar = new long[SIZE * SIZE / 64];
            List<TrueNorthNeuron> parameters = new ArrayList<>();
            int[][] n = new int[4][SIZE];
            int threshold = LEAK * period - MARGIN;
            for (int i = 0; i < SIZE; i++) {
                types[i] = (byte) random.nextInt(4);
                for (int j = 0; j < SIZE; j++) {
                    crossbar[i * SIZE / 64 + j / 64] |= (random.nextDouble() < density ? 1L : 0) << j % 64;
                }
                parameters.add(new TrueNorthNeuron(1, -1, 1, -1, stochastic.equals("synapses") ? 15 : 0, LEAK, false, false, threshold, 0,
                    stochastic.equals("thresholds") ? 4 : 0, TrueNorthNeuron.Reset.TO_VALUE, true, 0, random.nextInt(threshold)));
                n[0][i] = i;
                n[1][i] = (number + 1) % CORES;
                n[2][i] = i;
                n[3][i] = 1;
            }
            return new TrueNorthCoreImage(number, number + 1, TrueNorthRules.PUBLISHED, types, crossbar, parameters, n[0], n[1], n[2], n[3]);
        }
    }

    /** A running ring. */
    @State(Scope.Thread)
    public static class Running {
        /** Threads over which the cores are spread. */
        @Param({"1", "2"})
        int threads;
        Simulation simulation;

        /** Starts the workers. */
        @Setup(Level.Trial)
        public void start(Ring ring) {
            simulation = new Simulation(new LoadedSystem(ring.image()), new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0), threads);
        }

        /** Ends the workers. */
        @TearDown(Level.Trial)
        public void stop() {
            simulation.close();
        }
    }

    /** One core as plain arrays. */
    @State(Scope.Thread)
    public static class Plain {
        final boolean[][] connected = new boolean[SIZE][SIZE];
        final boolean[] active = new boolean[SIZE];
        final int[] type = new int[SIZE];
        final int[][] weight = new int[SIZE][4];
        final int[] v = new int[SIZE];
        final int[] threshold = new int[SIZE];

        /** Copies a core of the ring. */
        @Setup(Level.Trial)
        public void fill(Ring ring) {
            Random random = new Random(1);
            TrueNorthCoreImage core = ring.core(0, random);
            for (int j = 0; j < SIZE; j++) {
                TrueNorthNeuron p = core.parameters().get(j);
                for (int a = 0; a < SIZE; a++) {
                    connected[j][a] = core.connects(a, j);
                }
                for (int g = 0; g < 4; g++) {
                    weight[j][g] = p.weight(g);
                }
                type[j] = core.axonType()[j];
                active[j] = random.nextInt(ring.period) == 0;
                v[j] = p.initialV();
                threshold[j] = p.threshold();
            }
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Synaptic events. */
        public long synapticEvents;
        /** Ticks of cores. */
        public long coreTicks;
        /** Processor time of the measuring thread. */
        public long cpuNanos;
    }

    /** Ticks of the ring. */
    @Benchmark
    @OperationsPerInvocation(CORES * TICKS)
    public void core(Running running, Work work) {
        long cpu = CpuTime.nanos();
        long before = Counted.synapticOperations(running.simulation);
        running.simulation.runSteps(TICKS);
        work.synapticEvents += Counted.synapticOperations(running.simulation) - before;
        work.coreTicks += CORES * TICKS;
        work.cpuNanos += CpuTime.nanos() - cpu;
    }

    /** The baseline: a tick of one core, with the simplest of neurons and without messages. */
    @Benchmark
    public int plainLoop(Plain core) {
        int spikes = 0;
        for (int j = 0; j < SIZE; j++) {
            int sum = core.v[j] + LEAK;
            for (int a = 0; a < SIZE; a++) {
                if (core.active[a] && core.connected[j][a]) {
                    sum += core.weight[j][core.type[a]];
                }
            }
            if (sum >= core.threshold[j]) {
                sum = 0;
                spikes++;
            }
            core.v[j] = sum;
        }
        return spikes;
    }
}
