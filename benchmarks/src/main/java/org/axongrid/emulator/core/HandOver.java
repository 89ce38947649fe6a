package org.axongrid.emulator.core;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.axongrid.emulator.engine.SpinBarrier;
import org.jctools.queues.SpscArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Spikes from one worker to a core of another, nanoseconds per spike: in each step both threads send and both take what the other sent in the step
 * before, with a barrier at the end, as the engine does. The queues are the baseline: each spike goes through by itself, with the same barrier.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class HandOver {
    private static final int STEPS = 2000;
    private static final int SPIKES = 1000;

    private final int[] compartments = new int[SPIKES];
    private final Integer[] boxed = new Integer[SPIKES];
    /** What each thread has taken, summed up, two cache lines apart. */
    private final long[] taken = new long[64];

    /** Numbers the compartments. */
    public HandOver() {
        for (int i = 0; i < SPIKES; i++) {
            compartments[i] = i;
            boxed[i] = i;
        }
    }

    /** How the engine's cores send. */
    @State(Scope.Benchmark)
    public static class Groups {
        /** Spikes of one axon group in one call. */
        @Param({"1", "10", "50"})
        int group;
    }

    /** What a thread does in a step. */
    @FunctionalInterface
    private interface Step {
        void run(int worker, int step);
    }

    private long run(Step step) throws InterruptedException {
        SpinBarrier barrier = new SpinBarrier(2);
        IntConsumer worker = w -> {
            for (int t = 1; t <= STEPS; t++) {
                step.run(w, t);
                barrier.await(w);
            }
        };
        Thread other = new Thread(() -> worker.accept(1));
        other.start();
        worker.accept(0);
        other.join();
        return taken[0] + taken[32];
    }

    private static MessageQueue[] queues() {
        return new MessageQueue[] {new MessageQueue(1, SPIKES, false, new WakeMap(1, 1), 0), new MessageQueue(1, SPIKES, false, new WakeMap(1, 1), 0)};
    }

    private void take(MessageQueue queue, int worker, int step) {
        int[] lines = queue.lines(step);
        int n = queue.count(step);
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += lines[i];
        }
        taken[32 * worker] += sum;
        queue.clear(step);
    }

    /** The engine's buffers, swapped at the barrier. */
    @Benchmark
    @OperationsPerInvocation(STEPS * SPIKES * 2)
    public long buffers(Groups groups) throws InterruptedException {
        MessageQueue[] to = queues();
        int group = groups.group;
        return run((worker, t) -> {
            take(to[worker], worker, t);
            for (int s = 0; s < SPIKES; s += group) {
                to[1 - worker].push(t + 1, 0, compartments, null, s, s + group);
            }
        });
    }

    /** JCTools' queue for one sender and one receiver. */
    @Benchmark
    @OperationsPerInvocation(STEPS * SPIKES * 2)
    public long spscQueue() throws InterruptedException {
        List<SpscArrayQueue<Integer>> to = List.of(new SpscArrayQueue<>(2 * SPIKES), new SpscArrayQueue<>(2 * SPIKES));
        return run((worker, t) -> {
            drain(to.get(worker), worker, t);
            for (Integer line : boxed) {
                to.get(1 - worker).offer(line);
            }
        });
    }

    /** Agrona's queue for several senders. */
    @Benchmark
    @OperationsPerInvocation(STEPS * SPIKES * 2)
    public long manyToOneQueue() throws InterruptedException {
        List<ManyToOneConcurrentArrayQueue<Integer>> to =
            List.of(new ManyToOneConcurrentArrayQueue<>(2 * SPIKES), new ManyToOneConcurrentArrayQueue<>(2 * SPIKES));
        return run((worker, t) -> {
            drain(to.get(worker), worker, t);
            for (Integer line : boxed) {
                to.get(1 - worker).offer(line);
            }
        });
    }

    /** Takes as many as were sent in the step before. */
    private void drain(Queue<Integer> queue, int worker, int step) {
        long sum = 0;
        for (int i = 0; step > 1 && i < SPIKES; i++) {
            sum += queue.poll();
        }
        taken[32 * worker] += sum;
    }
}
