package org.axongrid.emulator.layer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.InputWorkers;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.kernel.VectorTrial;

/** Runs many inputs through one image layer by layer, batches of them over threads. What it says is what {@code DataSetRunner} says. */
public final class LayeredRunner {
    /** Time-steps, over all inputs of a batch, for which a layer's weights are fetched once. */
    private static final int FRAMES = 32;
    /** State of a batch at most, unless it is one input. */
    private static final long BATCH_BYTES = 256L << 20;

    /** Inputs from which on vector loops are tried at once. */
    private static final int WORTH_VECTORS = 32;

    private final LayeredSystem system;
    private final Timing timing;
    private final LayerCosts costs;
    private final EventCounters host = new EventCounters();
    private final EventCounters[] coreCounters;
    private final StepTimes times = new StepTimes();

    /**
     * @param system a loaded image
     * @param timing times of operations, of the {@code fast} mode
     */
    public LayeredRunner(LayeredSystem system, Timing timing) {
        if (timing.network() != null) {
            throw new IllegalArgumentException("times of the fast mode only");
        }
        this.system = system;
        this.timing = timing;
        costs = new LayerCosts(system, timing.costs());
        coreCounters = new EventCounters[system.image().cores().size()];
        Arrays.setAll(coreCounters, c -> new EventCounters());
    }

    /**
     * @param count   number of inputs
     * @param threads most threads to use
     * @param window  T
     * @return inputs that a thread takes together unless somebody says otherwise
     */
    public int batch(int count, int threads, int window) {
        long room = Math.max(1, BATCH_BYTES / Math.max(1, system.bytesPerInput(window)));
        int most = (int) Math.min(room, Math.max(1, (FRAMES + window - 1) / window));
        int batches = (count + most - 1) / most;
        // As many batches for each thread, so that none waits for another at the end.
        int even = (batches + threads - 1) / threads * threads;
        return Math.max(1, (count + even - 1) / even);
    }

    /**
     * Runs inputs {@code 0 .. count-1}. Results arrive in any order, on the calling thread.
     *
     * @param count   number of inputs
     * @param threads most threads to use
     * @param batch   inputs that a thread takes together; changes no result
     * @param window  T: steps of each compartment, at least 1
     * @param inputs  gives inputs, to each thread
     * @param sink    receives each result
     */
    public void run(int count, int threads, int batch, int window, Supplier<LayerInput> inputs, Consumer<InferenceResult> sink) {
        if (system.readout < 0) {
            throw new IllegalStateException("the image has no readout");
        }
        if (count >= WORTH_VECTORS) {
            VectorTrial.beginForLayers();
        }
        AtomicInteger next = new AtomicInteger();
        int workers = Math.max(1, Math.min(threads, (count + batch - 1) / batch));
        LayerWorker[] own = new LayerWorker[workers];
        InputWorkers.run(workers, inputs, (w, input, results) -> {
            own[w] = new LayerWorker(system, costs, timing, window, batch);
            for (int first = next.getAndAdd(batch); first < count && !results.isOver(); first = next.getAndAdd(batch)) {
                own[w].run(first, Math.min(batch, count - first), input, results::offer);
            }
        }, sink);
        for (LayerWorker w : own) {
            w.collect(host, coreCounters, times);
        }
    }

    /** @return everything counted by all runs, the host's part too */
    public EventCounters counters() {
        EventCounters sum = new EventCounters();
        sum.add(host);
        for (EventCounters c : coreCounters) {
            sum.add(c);
        }
        return sum;
    }

    /** @return what each core counted in all runs, in image order */
    public EventCounters[] coreCounters() {
        return coreCounters;
    }

    /** @return where the emulated time went, summed over inputs */
    public StepTimes times() {
        return times;
    }
}
