package org.axongrid.cli.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Deals images to threads; each thread works with objects of its own. */
final class ParallelImages {
    private static final long UPDATE_MS = 200;

    private ParallelImages() { }

    /**
     * @param count   number of images
     * @param threads threads
     * @param workers makes what a thread does with an image
     * @param done    told now and then, on the calling thread, how many are done
     */
    static void run(int count, int threads, Supplier<IntConsumer> workers, IntConsumer done) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] running = new Thread[Math.min(threads, count)];
        for (int t = 0; t < running.length; t++) {
            running[t] = new Thread(() -> {
                try {
                    IntConsumer worker = workers.get();
                    for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                        worker.accept(i);
                        finished.incrementAndGet();
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }, "axongrid-reference-" + t);
            running[t].setDaemon(true);
            running[t].start();
        }
        try {
            for (Thread thread : running) {
                while (thread.isAlive()) {
                    thread.join(UPDATE_MS);
                    done.accept(finished.get());
                }
            }
        } catch (InterruptedException e) {
            failure.compareAndSet(null, e);
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw failure.get() instanceof RuntimeException e ? e : new IllegalStateException("a worker failed", failure.get());
        }
    }
}
