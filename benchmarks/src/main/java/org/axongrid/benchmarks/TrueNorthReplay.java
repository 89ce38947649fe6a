package org.axongrid.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.axongrid.cli.conform.TrueNorthVector;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.StepCosts;
import org.axongrid.emulator.engine.Simulation;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.isa.InvalidInputException;
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
 * Golden vectors of TrueNorth, replayed with their input, everything counted: those that RANC's simulator was measured with. They are read as
 * {@code axongrid conform} reads them. The score is whole replays per second, each from a reset on; the counter {@code coreTicks} is the rate to compare.
 * Spikes and synaptic events of each replay are held to the vector's.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrueNorthReplay {
    /** Where the vectors are looked for. */
    static final String FOLDER = "../shared/golden/truenorth";
    /** One of them. */
    static final String FIRST = "mnist_tea_512_128.json.gz";

    /** @return whether a folder holds the vectors */
    static boolean isThere(Path folder) {
        return Files.isRegularFile(folder.resolve(FIRST));
    }

    /** A vector's network, running. */
    @State(Scope.Thread)
    public static class Running {
        /** Folder of the golden vectors. */
        @Param({FOLDER})
        String folder;
        /** Name of the vector. */
        @Param({"mnist_tea_512_128", "mnist_tea_256", "mnist_tea_512", "rand_det_s33"})
        String vector;
        TrueNorthVector read;
        Simulation simulation;
        int cores;

        /** Reads the vector. */
        @Setup(Level.Trial)
        public void start() {
            Path file = Path.of(folder).resolve(vector + ".json.gz");
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException(file + ": no such golden vector; -p folder=FOLDER names where they are");
            }
            read = TrueNorthVector.read(file);
            cores = read.image().cores().size();
            simulation = new Simulation(new LoadedSystem(read.image()), new Timing(new StepCosts(0, 0, 0, 0, 0, new int[3], 0, 0, 0), 0), 1);
            simulation.drive(read.input().into(simulation));
        }

        /** Ends it. */
        @TearDown(Level.Trial)
        public void stop() {
            simulation.close();
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Ticks of cores. */
        public long coreTicks;
        /** Synaptic events. */
        public long synapticEvents;
        /** Processor time of the measuring thread. */
        public long cpuNanos;
    }

    /** A vector from its first tick to its last. */
    @Benchmark
    public void replay(Running running, Work work) {
        long cpu = CpuTime.nanos();
        long events = Counted.synapticOperations(running.simulation);
        long spikes = Counted.spikes(running.simulation);
        running.simulation.runSteps(running.read.ticks());
        events = Counted.synapticOperations(running.simulation) - events;
        spikes = Counted.spikes(running.simulation) - spikes;
        if (events != running.read.synapticEvents() || spikes != running.read.spikes()) {
            throw new IllegalStateException(running.vector + ": expected " + running.read.spikes() + " spikes and " + running.read.synapticEvents()
                + " synaptic events, got " + spikes + " and " + events);
        }
        work.coreTicks += (long) running.read.ticks() * running.cores;
        work.synapticEvents += events;
        work.cpuNanos += CpuTime.nanos() - cpu;
    }
}
