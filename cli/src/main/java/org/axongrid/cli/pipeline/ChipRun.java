package org.axongrid.cli.pipeline;

import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.axongrid.cli.data.DataSet;
import org.axongrid.cli.output.Progress;
import org.axongrid.emulator.count.EventCounters;
import org.axongrid.emulator.cost.EnergyModel;
import org.axongrid.emulator.cost.EnergyReport;
import org.axongrid.emulator.engine.DataSetRunner;
import org.axongrid.emulator.engine.InferenceResult;
import org.axongrid.emulator.engine.StepTimes;
import org.axongrid.emulator.engine.Timing;
import org.axongrid.emulator.layer.LayerInput;
import org.axongrid.emulator.layer.LayeredRunner;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.cost.CostProfile;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.reference.Argmax;

/**
 * A data set on the emulated chip.
 *
 * @param predictions its classes at each step
 * @param readouts    by image the readout's value in each step, {@code [step * classes + class]}, in weight units
 * @param counters    events of all images
 * @param coreCounters by core, in image order: what each did; the host's part is in none of them
 * @param times       emulated time of all images
 * @param seconds     host time
 */
public record ChipRun(Predictions predictions, int[][] readouts, EventCounters counters, EventCounters[] coreCounters, StepTimes times,
                      double seconds, double setUpSeconds) {
    /**
     * How to run.
     *
     * @param phase       what {@link Progress} calls it
     * @param steps       T
     * @param threads     host threads
     * @param use         how they are used
     * @param batch       images that a thread takes together layer by layer, 0 to choose
     * @param timing      times of operations
     */
    record How(String phase, int steps, int threads, HostUse use, int batch, Timing timing) {
        /** As many images together as suits. */
        How(String phase, int steps, int threads, HostUse use, Timing timing) {
            this(phase, steps, threads, use, 0, timing);
        }
    }

    /**
     * @param prepared the mapped network
     * @param data     the images
     * @param images   how many of them
     * @param how      steps, threads and times
     * @param progress told of images done
     * @return what came out
     */
    static ChipRun of(Preparation prepared, DataSet data, int images, How how, Progress progress) {
        long begin = System.nanoTime();
        QuantisedNetwork net = prepared.quantised();
        Predictions predictions = new Predictions(images, how.steps());
        int[][] readouts = new int[images][];
        double[] scale = net.scale()[net.scale().length - 1];
        int shift = prepared.crossbar() != null ? 0 : prepared.chip().get(ChipParameter.WEIGHT_SHIFT);
        int[] done = {0};
        Consumer<InferenceResult> sink = result -> {
            readouts[result.index()] = decide(result, scale, shift, predictions);
            progress.update(++done[0]);
        };
        LayeredRunner layers = how.use() == HostUse.LAYERS ? new LayeredRunner(prepared.emulation().layers(), how.timing()) : null;
        DataSetRunner cores = layers == null ? new DataSetRunner(prepared.loaded(), how.timing()) : null;
        long start = System.nanoTime();
        progress.start(how.phase(), images);
        if (layers != null) {
            int window = net.schedule().preparation() + how.steps();
            int batch = how.batch() > 0 ? how.batch() : layers.batch(images, how.threads(), window);
            layers.run(images, how.threads(), batch, window, () -> input(prepared, data), result -> sink.accept(result.lastSteps(how.steps(), window)));
        } else {
            cores.run(images, how.threads(), how.use().onCores(), () -> inference(prepared, data, how.steps()), sink);
        }
        progress.end();
        double seconds = (System.nanoTime() - start) * 1e-9;
        double setUp = (start - begin) * 1e-9;
        return layers != null ? new ChipRun(predictions, readouts, layers.counters(), layers.coreCounters(), layers.times(), seconds, setUp)
            : new ChipRun(predictions, readouts, cores.counters(), cores.coreCounters(), cores.times(), seconds, setUp);
    }

    /** @return energy of all images on so many chips */
    EnergyReport energy(CostProfile prices, int chips) {
        return EnergyModel.price(counters, prices, chips, times.totalPs * 1e-12, readouts.length);
    }

    /** @return emulated time per inference in seconds */
    double latencySeconds() {
        return times.totalPs * 1e-12 / readouts.length;
    }

    /** Sums the readout step by step, as the chip's management processor would, and notes the class after each. */
    private static int[] decide(InferenceResult result, double[] scale, int shift, Predictions predictions) {
        int classes = scale.length;
        int[] values = result.readout();
        long[] sums = new long[classes];
        for (int t = 0; t < predictions.steps(); t++) {
            for (int c = 0; c < classes; c++) {
                values[t * classes + c] >>= shift;
                sums[c] += values[t * classes + c];
            }
            predictions.set(result.index(), t + 1, Argmax.of(sums, scale));
        }
        return values;
    }

    /** @return images as a layered run takes them, for one thread */
    private static LayerInput input(Preparation prepared, DataSet data) {
        QuantisedNetwork net = prepared.quantised();
        InputEncoder encoder = new InputEncoder(net, prepared.spiking().kernels(), ChipNetwork.biasLimit(prepared.chip()));
        double[] image = new double[prepared.network().input().shape().size()];
        int[] analog = IntStream.range(1, net.network().populations().size()).filter(net::isAnalog).toArray();
        return index -> {
            data.image(index, image);
            int[][] units = encoder.encode(image);
            int[][] mantissas = new int[analog.length][];
            for (int r = 0; r < analog.length; r++) {
                mantissas[r] = ScheduledInference.mantissas(units[analog[r]], net.biasStep()[analog[r]]);
            }
            return mantissas;
        };
    }

    /** @return what runs an image of the data, for one thread */
    public static DataSetRunner.Inference inference(Preparation prepared, DataSet data, int steps) {
        int biasLimit = ChipNetwork.biasLimit(prepared.chip());
        InputEncoder encoder = new InputEncoder(prepared.quantised(), prepared.spiking().kernels(), biasLimit);
        double[] image = new double[prepared.network().input().shape().size()];
        IntFunction<int[][]> biases = index -> {
            data.image(index, image);
            return encoder.encode(image);
        };
        return prepared.crossbar() != null ? new CrossbarInference(prepared.quantised(), prepared.crossbar(), biases, steps)
            : new ScheduledInference(prepared.quantised(), prepared.mapping().image(), biases,
                prepared.network().eventInput() ? data::spikes : null, steps);
    }
}
