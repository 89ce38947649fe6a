package org.axongrid.emulator.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.core.Neurocore;
import org.axongrid.emulator.core.RunningCores;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cycle.CycleClock;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.Region;
import org.axongrid.isa.image.SpikePort;

/**
 * One running system of chips: its cores' state, advanced in lockstep by one or more workers. The calling thread is worker 0.
 *
 * <p>Each worker owns a fixed set of cores. In a step every core takes the messages that earlier steps sent it, updates and sends; the
 * barrier ends the step; steps with little to do are run by worker 0 for all. Integer sums do not depend on order, so the number of workers never
 * changes a result.
 *
 * <p>Not thread-safe: one caller at a time. {@link #close()} ends the other workers.
 */
public final class Simulation implements AutoCloseable {
    /** Watches a running system: called between two steps, when no core moves. */
    @FunctionalInterface
    public interface StepListener {
        /**
         * @param step  the step that ended, from 1
         * @param cores all cores, in image order
         */
        void stepEnded(int step, Neurocore[] cores);

        /**
         * Says whether it wants to hear of steps in which no core had anything to do: there are no messages, no spikes, and no voltage, current or state
         * changes. Asked before a run.
         *
         * @return true unless overridden; a listener that says false is told of some of these steps only, or of none
         */
        default boolean hearsSilence() {
            return true;
        }

        /** @return this one first, then the other; null is nobody */
        default StepListener andThen(StepListener other) {
            return other == null ? this : new BothListeners(this, other);
        }
    }

    /** Drives a running system: called before each step, when no core moves. It may inject spikes, write biases and clear compartments. */
    @FunctionalInterface
    public interface StepDriver {
        /** @param step the step that comes, from 1 */
        void beforeStep(int step);

        /**
         * Says before which step it wants to be called next, so that steps in which nothing happens can be skipped.
         *
         * @param from a step
         * @return the first step from this one on that it has something for, {@link Integer#MAX_VALUE} if there is none; unless overridden the step itself
         */
        default int nextStep(int from) {
            return from;
        }
    }

    private final ChipImage image;
    private final LoadedSystem system;
    private final Timing timing;
    private final int workers;
    private final Neurocore[] cores;
    private final RunCounters counters;
    private final EventCounters host;
    private final HostAccess access;
    private final StepTimes times = new StepTimes();
    private final ReadoutReader readout;
    private final SpinBarrier barrier;
    private final Thread[] threads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CycleClock clock;
    private final StepLoop loop;
    private final WorkerTimes workerTimes;

    /**
     * @param system  a loaded image
     * @param timing  times of operations
     * @param workers threads to use, at least 1; more than cores are not useful
     */
    public Simulation(LoadedSystem system, Timing timing, int workers) {
        this(system, timing, workers, HostWork.expected(system));
    }

    /**
     * @param work by core: how much the host has to do for it, in any unit, by which cores are dealt to workers
     */
    Simulation(LoadedSystem system, Timing timing, int workers, long[] work) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker");
        }
        this.system = system;
        this.image = system.image();
        this.timing = timing;
        this.workers = Math.min(workers, Math.max(1, system.cores()));
        workerTimes = new WorkerTimes(this.workers);
        int[] workerOf = CoreAssignment.of(work, this.workers);
        counters = new RunCounters(workerOf, this.workers);
        host = counters.host;
        RunningCores running = system.instantiate(workerOf, this.workers, counters.byCore, timing.costs());
        cores = running.all();
        access = new HostAccess(system, cores, host);
        readout = new ReadoutReader(system, workerOf, this.workers);
        clock = timing.network() == null ? null : new CycleClock(image, timing.network(), timing.periodPs(), system.horizon());
        barrier = new SpinBarrier(this.workers);
        loop = new StepLoop(running, readout, workerTimes, barrier, clock, times, timing);
        threads = new Thread[this.workers - 1];
        for (int w = 1; w < this.workers; w++) {
            int worker = w;
            threads[w - 1] = new Thread(() -> serve(worker), "axongrid-worker-" + w);
            threads[w - 1].setDaemon(true);
            threads[w - 1].start();
        }
    }

    /** @param listener called after each step, or null */
    public void listen(StepListener listener) {
        loop.listener = listener;
    }

    /** @param driver called before each step, or null */
    public void drive(StepDriver driver) {
        loop.driver = driver;
    }

    /** Makes the current registers of all compartments readable by listeners, from the next run on. */
    public void observeCurrents() {
        for (Neurocore c : cores) {
            c.observeCurrents();
        }
    }

    /**
     * Sends a spike on a line of a port, to take effect in the step that comes. For {@link StepDriver}s.
     *
     * @param port number of the port in the image
     * @param line its line
     */
    public void inject(int port, int line) {
        inject(port, line, 1);
    }

    /**
     * Sends a spike with a payload, as {@link #inject(int, int)}.
     *
     * @param payload on chips with graded spikes; elsewhere it is not looked at
     */
    public void inject(int port, int line, int payload) {
        requireDriven();
        SpikePort p = image.ports().get(port);
        for (int d = p.first()[line]; d < p.first()[line + 1]; d++) {
            cores[p.core()[d]].inject(loop.drivenStep, p.axon()[d], p.atom()[d], payload);
        }
        host.hostMessages += p.first()[line + 1] - p.first()[line];
    }

    /** Sets the current and voltage of a region's compartments to 0, before the step that comes. For {@link StepDriver}s. */
    public void clear(Region region) {
        requireDriven();
        for (int i = 0; i < region.size(); i++) {
            cores[region.core()[i]].clear(region.compartment()[i]);
        }
    }

    private void requireDriven() {
        if (loop.drivenStep == 0) {
            throw new IllegalStateException("only between two steps, from a driver");
        }
    }

    /** @return the input regions, in the order in which {@link #writeBiases} numbers them */
    public List<Region> inputs() {
        return access.inputs();
    }

    /**
     * Writes an input region's bias registers.
     *
     * @param input     number of the region
     * @param mantissas one per element
     */
    public void writeBiases(int input, int[] mantissas) {
        access.writeBiases(input, mantissas);
    }

    /**
     * Writes what a state word of a region's compartments starts from in the next runs, until {@link #restoreInitial}.
     *
     * @param region its compartments
     * @param word   state word
     * @param values one per element
     */
    public void setInitial(Region region, int word, int[] values) {
        access.setInitial(region, word, values);
    }

    /** Takes back all that {@link #setInitial} wrote, by as many writes. */
    public void restoreInitial() {
        access.restoreInitial();
    }

    /**
     * Reads a state word after a run.
     *
     * @param region its compartments
     * @param word   state word
     * @return one value per element
     */
    public int[] readState(Region region, int word) {
        return access.readState(region, word);
    }

    /**
     * Runs one inference: every compartment for {@code window} steps from its start step on, {@code window + depth} steps in all.
     *
     * @param index  number of the input, for the result
     * @param window T, at least 1
     * @return the readout's voltages and the emulated time
     * @throws IllegalStateException if a message is left over at the end
     */
    public InferenceResult run(int index, int window) {
        return run(index, window, window + image.depth());
    }

    /**
     * Runs one inference in which some compartments are done before others: every compartment for {@code window} steps from its start step on, but no
     * longer than {@code steps} in all.
     *
     * @param index  number of the input, for the result
     * @param window steps of a compartment, at least 1
     * @param steps  steps in all, more than the readout's start
     * @return the readout's voltages, in as many steps as it has, and the emulated time
     * @throws IllegalStateException if a message is left over at the end
     */
    public InferenceResult run(int index, int window, int steps) {
        if (closed.get()) {
            throw new IllegalStateException("closed");
        }
        if (!readout.exists()) {
            throw new IllegalStateException("the image has no readout");
        }
        long before = times.totalPs;
        advanceAll(window, steps);
        // Neurons of TrueNorth have no window: they go on until the next reset, and output pins come by themselves.
        if (image.chip().coreModel() == CoreModel.LOIHI) {
            for (Neurocore c : cores) {
                if (c.waiting() != 0) {
                    throw new IllegalStateException(c.waiting() + " messages left over after the last step");
                }
            }
            host.hostReads += readout.values().length;
        }
        return new InferenceResult(index, readout.values(), times.totalPs - before);
    }

    /**
     * Runs all compartments from their start step to the end, without an end in sight: messages may be under way when it stops. Listeners see
     * what happens.
     *
     * @param steps number of time-steps, at least 1
     */
    public void runSteps(int steps) {
        if (closed.get()) {
            throw new IllegalStateException("closed");
        }
        advanceAll(steps, steps);
    }

    private void advanceAll(int window, int steps) {
        try {
            if (loop.begin(window, steps)) {
                if (workers > 1) {
                    barrier.await(0);
                }
                loop.run(0);
            }
        } catch (RuntimeException | Error e) {
            barrier.fail(e);
            throw e;
        }
        host.steps += steps;
        if (clock == null) {
            workerTimes.merge(steps, times, timing);
        }
    }

    private void serve(int worker) {
        try {
            while (true) {
                barrier.await(worker);
                if (closed.get()) {
                    return;
                }
                loop.run(worker);
            }
        } catch (RuntimeException | Error e) {
            barrier.fail(e);
        }
    }

    /** @return the clock of the {@code cycle} mode, null in the {@code fast} mode */
    public CycleClock clock() {
        return clock;
    }

    /** @return everything counted since the simulation was made, all cores and the host together */
    public EventCounters counters() {
        loop.countWhenDriven();
        return counters.sum();
    }

    /**
     * @return what each core counted since the simulation was made, in image order; what the host did is in no core's. Up to date when a run is over and
     *         when a listener is called; a driver has to ask anew, since steps through which a core slept are counted late
     */
    public EventCounters[] coreCounters() {
        loop.countWhenDriven();
        return counters.byCore;
    }

    /** @return the image that runs */
    public ChipImage image() {
        return image;
    }

    /** @return how its time is computed */
    public Timing timing() {
        return timing;
    }

    /** @return where the emulated time went */
    public StepTimes times() {
        return times;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true) && workers > 1 && !barrier.failed()) {
            barrier.await(0);
            for (Thread t : threads) {
                try {
                    t.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
