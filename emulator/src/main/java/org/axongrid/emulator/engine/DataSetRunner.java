package org.axongrid.emulator.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.count.EventCounters;

/**
 * Runs many inputs through one image: image by image over threads, each with a simulation of its own on the shared, read-only image; or
 * core by core, all threads on one inference at a time.
 */
public final class DataSetRunner {
    /** How threads are used. */
    public enum Parallelism {
        /** A simulation per thread. */
        IMAGES,
        /** One simulation, its cores spread over the threads. */
        CORES
    }

    /** Runs one input on a simulation; each thread has its own. */
    @FunctionalInterface
    public interface Inference {
        /**
         * @param simulation the thread's
         * @param index      which input
         * @return what the readout said
         */
        InferenceResult run(Simulation simulation, int index);
    }

    /** From so many inputs on, cores are dealt to threads anew by what they did for the first one. */
    private static final int INPUTS_TO_DEAL_ANEW = 3;

    private final LoadedSystem system;
    private final Timing timing;
    private final EventCounters counters = new EventCounters();
    private final EventCounters[] coreCounters;
    private final StepTimes times = new StepTimes();

    /**
     * @param system a loaded image
     * @param timing times of operations
     */
    public DataSetRunner(LoadedSystem system, Timing timing) {
        this.system = system;
        this.timing = timing;
        coreCounters = new EventCounters[system.cores()];
        Arrays.setAll(coreCounters, c -> new EventCounters());
    }

    /**
     * @param system  a loaded image
     * @param inputs  number of inputs
     * @param threads most threads to use
     * @return the better use of threads: an input for each needs no barrier; with fewer inputs than threads, the cores of one inference if a step has
     *         so much work that more threads are of use to it than there are inputs
     */
    public static Parallelism choose(LoadedSystem system, int inputs, int threads) {
        return inputs >= threads || inputs >= HostWork.usefulWorkers(HostWork.expected(system), threads) ? Parallelism.IMAGES : Parallelism.CORES;
    }

    /**
     * Runs inputs {@code 0 .. count-1}. Results arrive in any order, on the calling thread.
     *
     * @param count       number of inputs
     * @param threads     most threads to use: no more than inputs, and for one inference no more than its steps have work for
     * @param parallelism how
     * @param inferences  makes what runs an input, for each thread; asked for again if cores are dealt to threads anew
     * @param sink        receives each result
     */
    public void run(int count, int threads, Parallelism parallelism, Supplier<Inference> inferences, Consumer<InferenceResult> sink) {
        if (parallelism == Parallelism.CORES) {
            runCores(count, threads, inferences, sink);
        } else if (Math.min(threads, count) <= 1) {
            runAlone(0, count, 1, HostWork.expected(system), inferences, sink);
        } else {
            runImages(count, Math.min(threads, count), inferences, sink);
        }
    }

    /** Deals cores by what their image says, and after the first input by what they counted, if that makes steps shorter. */
    private void runCores(int count, int threads, Supplier<Inference> inferences, Consumer<InferenceResult> sink) {
        long[] expected = HostWork.expected(system);
        int workers = HostWork.usefulWorkers(expected, threads);
        if (count < INPUTS_TO_DEAL_ANEW || threads == 1) {
            runAlone(0, count, workers, expected, inferences, sink);
            return;
        }
        long[] counted = runAlone(0, 1, workers, expected, inferences, sink);
        runAlone(1, count, HostWork.usefulWorkers(counted, threads), counted, inferences, sink);
    }

    /** Runs inputs one after the other. @return by core: work in a step, ns */
    private long[] runAlone(int from, int to, int workers, long[] work, Supplier<Inference> inferences, Consumer<InferenceResult> sink) {
        Inference inference = inferences.get();
        try (Simulation simulation = new Simulation(system, timing, workers, work)) {
            for (int i = from; i < to; i++) {
                sink.accept(inference.run(simulation, i));
            }
            collect(simulation);
            return HostWork.counted(simulation.coreCounters(), simulation.counters().steps);
        }
    }

    private void runImages(int count, int threads, Supplier<Inference> inferences, Consumer<InferenceResult> sink) {
        AtomicInteger next = new AtomicInteger();
        Simulation[] simulations = new Simulation[threads];
        InputWorkers.run(threads, inferences, (own, inference, results) -> {
            // Made here, so that what two threads write to does not lie side by side.
            Simulation simulation = new Simulation(system, timing, 1);
            simulations[own] = simulation;
            for (int i = next.getAndIncrement(); i < count && !results.isOver(); i = next.getAndIncrement()) {
                results.offer(inference.run(simulation, i));
            }
        }, sink);
        Arrays.stream(simulations).forEach(this::collect);
    }

    private void collect(Simulation simulation) {
        counters.add(simulation.counters());
        for (int c = 0; c < coreCounters.length; c++) {
            coreCounters[c].add(simulation.coreCounters()[c]);
        }
        times.add(simulation.times());
    }

    /** @return everything counted by all runs */
    public EventCounters counters() {
        return counters;
    }

    /** @return what each core counted in all runs, in image order */
    public EventCounters[] coreCounters() {
        return coreCounters;
    }

    /** @return where the emulated time went, summed over inferences */
    public StepTimes times() {
        return times;
    }
}
