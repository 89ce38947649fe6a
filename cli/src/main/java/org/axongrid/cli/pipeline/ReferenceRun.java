package org.axongrid.cli.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.output.Progress;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;

/** Runs the plain simulators on the images that the chip saw, image by image over threads. */
final class ReferenceRun {
    private final Preparation prepared;
    private final DataSet data;
    private final int images;
    private final RunOptions options;
    private final ChipRun chip;
    private final Progress progress;

    ReferenceRun(Preparation prepared, DataSet data, int images, RunOptions options, ChipRun chip, Progress progress) {
        this.prepared = prepared;
        this.data = data;
        this.images = images;
        this.options = options;
        this.chip = chip;
        this.progress = progress;
    }

    /** @return the trained network's classes; {@code null} if there is none behind the spiking one */
    TrainedNetwork ann() {
        boolean trained = !prepared.network().eventInput()
            && (!ImportedModel.OWN_METHODS.contains(options.method()) || prepared.rateCoded());
        if (!trained) {
            return null;
        }
        long start = System.nanoTime();
        int[] classes = new int[images];
        forEachImage("trained network", () -> {
            AnnEvaluator ann = new AnnEvaluator(prepared.network());
            double[] image = new double[prepared.network().input().shape().size()];
            return i -> {
                data.image(i, image);
                classes[i] = ann.predict(image);
            };
        });
        return new TrainedNetwork(classes, (System.nanoTime() - start) * 1e-9);
    }

    /** @return the float SNN's and the oracle's classes, and whether the chip's readouts are the oracle's */
    References compare() {
        long start = System.nanoTime();
        Predictions floats = new Predictions(images, options.steps());
        forEachImage("float SNN", () -> floatSnn(floats));
        Predictions integers = new Predictions(images, options.steps());
        AtomicInteger mismatches = new AtomicInteger();
        AtomicLong spikes = new AtomicLong();
        AtomicLongArray spikesOf = new AtomicLongArray(prepared.network().populations().size());
        AtomicLong operations = new AtomicLong();
        AtomicLong saturations = new AtomicLong();
        forEachImage("integer oracle", () -> oracle(integers, mismatches, spikes, spikesOf, operations, saturations));
        return new References(floats, integers, mismatches.get(), spikes.get(),
            IntStream.range(0, spikesOf.length()).mapToLong(spikesOf::get).toArray(), operations.get(), saturations.get(),
            (System.nanoTime() - start) * 1e-9);
    }

    private IntConsumer floatSnn(Predictions predictions) {
        FloatSnn snn = new FloatSnn(prepared.converted());
        double[] image = new double[prepared.network().input().shape().size()];
        int readout = prepared.network().populations().size() - 1;
        return i -> {
            data.image(i, image);
            if (prepared.network().eventInput()) {
                snn.events(data.spikes(i));
            }
            snn.reset(image);
            snn.run(options.steps(), (phase, p, step) -> {
                if (p == readout && snn.isLast(phase)) {
                    predictions.set(i, step, snn.prediction());
                }
            });
        };
    }

    private IntConsumer oracle(Predictions predictions, AtomicInteger mismatches, AtomicLong spikes, AtomicLongArray spikesOf,
                               AtomicLong operations, AtomicLong saturations) {
        IntegerOracle oracle = new IntegerOracle(prepared.quantised());
        InputEncoder encoder = new InputEncoder(prepared.quantised(), prepared.spiking().kernels(),
            ChipNetwork.biasLimit(prepared.chip()));
        int classes = prepared.network().readout().shape().size();
        double[] image = new double[prepared.network().input().shape().size()];
        long[] before = new long[spikesOf.length()];
        int readout = prepared.network().populations().size() - 1;
        return i -> {
            long spikesBefore = oracle.spikesTotal();
            for (int p = 1; p < spikesOf.length(); p++) {
                before[p] = oracle.spikesOf(p);
            }
            long operationsBefore = oracle.synapticOperations();
            long saturationsBefore = oracle.saturations();
            data.image(i, image);
            if (prepared.network().eventInput()) {
                oracle.events(data.spikes(i));
            }
            oracle.reset(encoder.encode(image));
            boolean[] same = {true};
            long[] sums = new long[classes];
            oracle.run(options.steps(), (phase, p, step) -> {
                if (p == readout && oracle.isLast(phase)) {
                    for (int c = 0; c < classes; c++) {
                        sums[c] += chip.readouts()[i][(step - 1) * classes + c];
                        same[0] &= sums[c] == oracle.readoutSum()[c];
                    }
                    predictions.set(i, step, oracle.prediction());
                }
            });
            if (!same[0]) {
                mismatches.incrementAndGet();
            }
            for (int p = 1; p < spikesOf.length(); p++) {
                spikesOf.addAndGet(p, oracle.spikesOf(p) - before[p]);
            }
            spikes.addAndGet(oracle.spikesTotal() - spikesBefore);
            operations.addAndGet(oracle.synapticOperations() - operationsBefore);
            saturations.addAndGet(oracle.saturations() - saturationsBefore);
        };
    }

    private void forEachImage(String phase, Supplier<IntConsumer> workers) {
        progress.start(phase, images);
        ParallelImages.run(images, options.threads(), workers, progress::update);
        progress.end();
    }
}
