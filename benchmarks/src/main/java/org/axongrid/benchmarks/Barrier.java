package org.axongrid.benchmarks;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.axongrid.emulator.engine.SpinBarrier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One meeting of two threads at the end of a time-step: ours against the JDK's {@link CyclicBarrier}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class Barrier {
    private static final int MEETINGS = 10_000;

    /** Something that two threads can meet at. */
    private interface Meeting {
        void meet(int worker) throws InterruptedException, BrokenBarrierException;
    }

    private static void run(Meeting meeting) throws InterruptedException {
        Thread other = new Thread(() -> meetOften(meeting, 1));
        other.start();
        meetOften(meeting, 0);
        other.join();
    }

    private static void meetOften(Meeting meeting, int worker) {
        try {
            for (int i = 0; i < MEETINGS; i++) {
                meeting.meet(worker);
            }
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Padded epochs. */
    @Benchmark
    @OperationsPerInvocation(MEETINGS)
    public void spinBarrier() throws InterruptedException {
        SpinBarrier barrier = new SpinBarrier(2);
        run(barrier::await);
    }

    /** The baseline. */
    @Benchmark
    @OperationsPerInvocation(MEETINGS)
    public void cyclicBarrier() throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(2);
        run(worker -> barrier.await());
    }
}
