package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.axongrid.cli.output.Progress;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.method.Conversion;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.AnnEvaluator;
import org.axongrid.mapper.reference.FloatSnn;
import org.axongrid.mapper.reference.IntegerOracle;
import org.axongrid.mapper.reference.Simulator;

/** A model converted by several methods and run for several T: in real numbers and in integers on the simulators, and on the emulated chip. */
public final class Comparison {
    private final CompareOptions options;
    private final Progress progress;
    private final ModelOnData tried;
    private final ChipSpec chip;
    /** Null if it is left out. */
    private final ComparedChip emulated;
    private final List<ComparisonRow> rows = new ArrayList<>();

    /**
     * @param model    ONNX file
     * @param dataName file, folder or built-in name
     * @param options  how
     * @param progress told how far it is
     * @throws InvalidInputException if the model or the data cannot be used
     */
    public Comparison(Path model, String dataName, CompareOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        chip = ChipSpecs.open(options.chip());
        tried = ModelOnData.open(model, dataName, options.limit(), options.calibration(), options.calibrationImages(), options.seed());
        emulated = options.onChip() ? new ComparedChip(chip, options, tried.data(), tried.images(), progress) : null;
    }

    /**
     * @return what came out
     * @throws InvalidInputException if a method that was asked for cannot convert the network or run on the chip
     */
    public ComparisonResult run() {
        long start = System.nanoTime();
        int right = trained();
        for (Conversion method : options.methods()) {
            int before = rows.size();
            try {
                compare(method);
            } catch (InvalidInputException e) {
                if (!options.all()) {
                    throw e;
                }
                while (rows.size() > before) {
                    rows.remove(rows.size() - 1);
                }
                tried.notes().add(method.name() + " is left out: " + e.getMessage());
            }
        }
        return new ComparisonResult(tried.network().name(), tried.data().name(), options, tried.images(), (double) right / tried.images(), rows,
            emulated == null ? null : emulated.pricing(), emulated == null ? List.of() : emulated.differences(), tried.notes(),
            (System.nanoTime() - start) * 1e-9);
    }

    private int trained() {
        boolean[] right = new boolean[tried.images()];
        forEachImage("trained network", () -> {
            AnnEvaluator ann = new AnnEvaluator(tried.network());
            double[] image = new double[tried.network().input().shape().size()];
            return i -> {
                tried.data().image(i, image);
                right[i] = ann.predict(image) == tried.labels()[i];
            };
        });
        int count = 0;
        for (boolean r : right) {
            count += r ? 1 : 0;
        }
        return count;
    }

    private void compare(Conversion method) {
        if (!method.dependsOnSteps()) {
            compare(method, options.steps());
            return;
        }
        for (int steps : options.steps()) {
            compare(method, List.of(steps));
        }
    }

    private void compare(Conversion method, List<Integer> steps) {
        int most = steps.get(steps.size() - 1);
        SpikingNetwork spiking = method.convert(tried.network(), most, tried.calibration());
        int stepsMin = spiking.schedule().stepsMin();
        int run = Math.max(most, stepsMin);
        ChipNetwork made = options.integers() || options.onChip()
            ? ChipNetwork.of(tried.network(), spiking, chip, options.weightBits(), options.scales()) : null;
        if (made != null) {
            made.notes().stream().filter(note -> !tried.notes().contains(note)).forEach(tried.notes()::add);
        }
        if (made != null && !options.allowSaturation()) {
            RegisterCheck.check(made.spiking(), made.quantised(), chip, run, tried.data(), tried.images());
        }
        Preparation prepared = options.onChip() ? onChip(method, made) : null;
        Predictions floats = new Predictions(tried.images(), run);
        ActivityCount activity = new ActivityCount(run);
        forEachImage(method.name() + ", float", () -> floats(spiking, floats, options.integers() ? null : activity));
        Predictions integers = options.integers() ? new Predictions(tried.images(), run) : null;
        if (options.integers()) {
            forEachImage(method.name() + ", integers", () -> integers(made.spiking(), made.quantised(), integers, activity));
        }
        int depth = tried.network().depths()[tried.network().populations().size() - 1];
        for (int t : steps) {
            ComparisonRow.Activity took = activity.upTo(Math.max(t, stepsMin), tried.images());
            rows.add(prepared != null
                ? emulated.row(prepared, method.name(), t, tried.labels(), floats, took, integers)
                : new ComparisonRow(method.name(), t, spiking.schedule().chipSteps(t, depth), floats.accuracy(tried.labels(), t),
                    integers != null ? integers.accuracy(tried.labels(), t) : Double.NaN, integers != null ? floats.lost(integers, tried.labels(), t) : 0,
                    integers != null ? integers.lost(floats, tried.labels(), t) : 0, took, null));
        }
    }

    /** @return the network on the chip; null if it does not run there and all methods are compared */
    private Preparation onChip(Conversion method, ChipNetwork made) {
        try {
            return emulated.prepare(made);
        } catch (InvalidInputException e) {
            if (!options.all()) {
                throw e;
            }
            String note = method.name() + " does not run on chip " + chip.name() + ": " + e.getMessage();
            if (!tried.notes().contains(note)) {
                tried.notes().add(note);
            }
            return null;
        }
    }

    private IntConsumer floats(SpikingNetwork spiking, Predictions predictions, ActivityCount activity) {
        FloatSnn snn = new FloatSnn(spiking);
        double[] image = new double[tried.network().input().shape().size()];
        return i -> {
            tried.data().image(i, image);
            snn.reset(image);
            run(snn, i, predictions, activity);
        };
    }

    private IntConsumer integers(SpikingNetwork spiking, QuantisedNetwork quantised, Predictions predictions, ActivityCount activity) {
        IntegerOracle oracle = new IntegerOracle(quantised);
        InputEncoder encoder = new InputEncoder(quantised, spiking.kernels(), ChipNetwork.biasLimit(chip));
        double[] image = new double[tried.network().input().shape().size()];
        return i -> {
            tried.data().image(i, image);
            oracle.reset(encoder.encode(image));
            run(oracle, i, predictions, activity);
        };
    }

    private void run(Simulator simulator, int image, Predictions predictions, ActivityCount activity) {
        int populations = tried.network().populations().size();
        ActivityCount own = activity == null ? null : new ActivityCount(predictions.steps());
        if (own != null) {
            own.start(simulator, populations);
        }
        simulator.run(predictions.steps(), (phase, p, step) -> {
            boolean result = simulator.isLast(phase);
            if (result && p == populations - 1) {
                predictions.set(image, step, simulator.prediction());
            }
            if (own != null) {
                own.note(simulator, populations, result ? step : 0);
            }
        });
        if (own != null) {
            activity.add(own);
        }
    }

    private void forEachImage(String phase, Supplier<IntConsumer> workers) {
        progress.start(phase, tried.images());
        ParallelImages.run(tried.images(), options.threads(), workers, progress::update);
        progress.end();
    }
}
