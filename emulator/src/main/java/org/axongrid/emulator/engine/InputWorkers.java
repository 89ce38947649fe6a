package org.axongrid.emulator.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jctools.queues.MpscArrayQueue;

/** Threads that share the inputs of a data set. Results go through a queue to the calling thread. */
public final class InputWorkers {
    private static final int PENDING_RESULTS = 1024;
    /** How long the caller sleeps when there is no result: seldom awake, since it shares the workers' processors; a full queue and the last worker wake it. */
    private static final long NAP_NANOS = 20_000_000;

    private InputWorkers() { }

    /** Where a worker puts what it has. */
    public static final class Results {
        private final MpscArrayQueue<InferenceResult> queue = new MpscArrayQueue<>(PENDING_RESULTS);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final AtomicInteger running;
        private final Thread caller = Thread.currentThread();

        private Results(int threads) {
            running = new AtomicInteger(threads);
        }

        /** @return whether another worker failed, so that nobody wants further results */
        public boolean isOver() {
            return failure.get() != null;
        }

        /** Hands a result over; waits while the queue is full. */
        public void offer(InferenceResult result) {
            while (!queue.offer(result) && !isOver()) {
                LockSupport.unpark(caller);
                Thread.yield();
            }
        }

        private void drain(Consumer<InferenceResult> sink) {
            try {
                while (true) {
                    boolean last = running.get() == 0;
                    InferenceResult r = queue.poll();
                    if (r != null) {
                        sink.accept(r);
                    } else if (last) {
                        break;
                    } else {
                        LockSupport.parkNanos(NAP_NANOS);
                    }
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
            Throwable cause = failure.get();
            if (cause instanceof RuntimeException e) {
                throw e;
            } else if (cause instanceof Error e) {
                throw e;
            }
        }
    }

    /**
     * What a worker does.
     *
     * @param <T> what it works with
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * @param worker  number of the worker
         * @param own     what this worker has for itself
         * @param results gets what comes out
         */
        void run(int worker, T own, Results results);
    }

    /**
     * Runs workers until all are done. A failure of any of them, or of the sink, ends all and is thrown here.
     *
     * @param threads number of workers
     * @param owns    makes what a worker has for itself, on the calling thread
     * @param work    what each does
     * @param sink    receives each result, on the calling thread
     * @param <T>     what a worker works with
     */
    public static <T> void run(int threads, Supplier<T> owns, Work<T> work, Consumer<InferenceResult> sink) {
        Results results = new Results(threads);
        for (int t = 0; t < threads; t++) {
            int worker = t;
            T own = owns.get();
            Thread thread = new Thread(() -> {
                try {
                    work.run(worker, own, results);
                } catch (RuntimeException | Error e) {
                    results.failure.compareAndSet(null, e);
                } finally {
                    results.running.decrementAndGet();
                    LockSupport.unpark(results.caller);
                }
            }, "axongrid-inputs-" + t);
            thread.setDaemon(true);
            thread.start();
        }
        results.drain(sink);
    }
}
