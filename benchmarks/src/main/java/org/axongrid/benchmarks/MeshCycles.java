package org.axongrid.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.noc.AnalyticMesh;
import org.axongrid.emulator.noc.Mesh;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.VcMesh;
import org.axongrid.emulator.noc.VcParameters;
import org.axongrid.emulator.noc.Xy1Mesh;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A mesh under uniform random traffic, 8 x 8 routers of each level: cycles per second, and as counters the grants (flits through a router, the measure
 * that simulators of networks are compared by) and link hops per second. Rate 0 is an idle mesh.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MeshCycles {
    private static final int CYCLES = 10_000;
    private static final int SIDE = 8;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    /** Traffic made beforehand, so that the random generator is not measured. */
    @State(Scope.Thread)
    public static class Traffic {
        /** Packets per node and cycle, in thousandths. */
        @Param({"0", "20", "100", "200"})
        int perMille;
        int[] source;
        int[] destination;
        int[] firstOfCycle;

        /** Draws the packets. */
        @Setup(Level.Trial)
        public void draw() {
            java.util.Random random = new java.util.Random(1);
            int nodes = SIDE * SIDE;
            source = new int[CYCLES * nodes];
            destination = new int[CYCLES * nodes];
            firstOfCycle = new int[CYCLES + 1];
            int n = 0;
            for (int t = 0; t < CYCLES; t++) {
                for (int s = 0; s < nodes; s++) {
                    if (random.nextInt(1000) < perMille) {
                        source[n] = s;
                        destination[n++] = random.nextInt(nodes);
                    }
                }
                firstOfCycle[t + 1] = n;
            }
        }
    }

    /** What an iteration did. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Cycles stepped. */
        public long cycles;
        /** Flits granted by any output. */
        public long grants;
        /** Flits over links between routers. */
        public long hops;
        /** Processor time of the thread, ns: hops divided by it do not depend on what else the machine does. */
        public long cpuNanos;
    }

    /** All cycles of the drawn traffic through XY1 routers, and until the mesh is empty. */
    @Benchmark
    public long uniform(Traffic traffic, Work work) {
        return run(new Xy1Mesh(new MeshParameters(SIDE, SIDE, MeshParameters.Order.XY, 4, 1, 1, 1, 1, 1),
            (packet, tag, source, destination, offered, entered, cycle) -> { }), traffic, work);
    }

    /** The same through routers with two virtual channels of eight flits and a pipeline of two stages. */
    @Benchmark
    public long virtualChannels(Traffic traffic, Work work) {
        return run(new VcMesh(new VcParameters(SIDE, SIDE, MeshParameters.Order.XY, 2, 8, 0, true, 1, 0, 1, 1, 3, 1, 2, 1),
            (packet, tag, source, destination, offered, entered, cycle) -> { }), traffic, work);
    }

    /** The same without contention. */
    @Benchmark
    public long analytic(Traffic traffic, Work work) {
        return run(new AnalyticMesh(new MeshParameters(SIDE, SIDE, MeshParameters.Order.XY, 4, 1, 1, 1, 1, 1),
            (packet, tag, source, destination, offered, entered, cycle) -> { }), traffic, work);
    }

    private static long run(Mesh mesh, Traffic traffic, Work work) {
        long before = CPU.getCurrentThreadCpuTime();
        for (int t = 0; t < CYCLES; t++) {
            for (int i = traffic.firstOfCycle[t]; i < traffic.firstOfCycle[t + 1]; i++) {
                mesh.offer(traffic.source[i], traffic.destination[i], i);
            }
            mesh.step();
        }
        while (!mesh.drained()) {
            mesh.step();
        }
        long hops = mesh.counters().hopsX() + mesh.counters().hopsY();
        work.cycles += mesh.cycle();
        work.hops += hops;
        work.grants += hops + mesh.counters().delivered;
        work.cpuNanos += CPU.getCurrentThreadCpuTime() - before;
        return hops;
    }
}
