package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.axongrid.cli.output.Progress;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.DefaultStrategy;
import org.axongrid.mapper.Mapper;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.diagnose.Diagnosis;
import org.axongrid.mapper.diagnose.ImageTrace;
import org.axongrid.mapper.diagnose.StageRunner;
import org.axongrid.mapper.quantise.InputEncoder;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;

/** A model at each stage from training to the chip, image by image: where its accuracy goes. */
public final class DiagnosisRun {
    /** Images for which the chip is held to the oracle in every neuron and step. */
    private static final int DEEP_IMAGES = 2;

    private final DiagnosisOptions options;
    private final Progress progress;
    private final ModelOnData tried;
    private final ChipSpec chip;
    private final SpikingNetwork spiking;
    private final ChipNetwork made;
    private final QuantisedNetwork quantised;

    /**
     * @param model    ONNX file
     * @param dataName file, folder or built-in name
     * @param options  how
     * @param progress told how far it is
     * @throws InvalidInputException if the model or the data cannot be used
     */
    public DiagnosisRun(Path model, String dataName, DiagnosisOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        chip = ChipSpecs.open(options.chip());
        tried = ModelOnData.open(model, dataName, options.limit(), options.calibration(), options.calibrationImages(), options.seed());
        spiking = options.method().convert(tried.network(), options.steps(), tried.calibration());
        made = ChipNetwork.of(tried.network(), spiking, chip, options.weightBits(), options.scales());
        quantised = made.graded();
        tried.notes().addAll(made.notes());
    }

    /** @return what came out */
    public DiagnosisResult run() {
        long start = System.nanoTime();
        ImageTrace[] traces = new ImageTrace[tried.images()];
        List<StageRunner> runners = Collections.synchronizedList(new ArrayList<>());
        int biasLimit = ChipNetwork.biasLimit(chip);
        progress.start("stages", tried.images());
        ParallelImages.run(tried.images(), options.threads(), () -> {
            StageRunner runner = new StageRunner(tried.network(), spiking, quantised, options.steps(), biasLimit);
            runners.add(runner);
            double[] image = new double[tried.network().input().shape().size()];
            return i -> {
                tried.data().image(i, image);
                traces[i] = runner.run(image.clone());
            };
        }, progress::update);
        progress.end();
        Diagnosis diagnosis = Diagnosis.of(tried.network(), List.of(traces), tried.labels(), List.copyOf(runners));
        DiagnosisResult.OnChip onChip = options.onChip() ? chip(traces, biasLimit) : null;
        return new DiagnosisResult(tried.network(), tried.data().name(), options, chip.name(), diagnosis, LayerExplanation.of(spiking, quantised, options.steps()),
            spiking.rules(), onChip, tried.notes(), (System.nanoTime() - start) * 1e-9);
    }

    private DiagnosisResult.OnChip chip(ImageTrace[] traces, int biasLimit) {
        Preparation prepared;
        try {
            Mapper.Options mapping = Mapper.Options.of(DefaultStrategy.ID, options.seed(), chip.get(ChipParameter.CHIPS_MAX));
            prepared = Preparation.of(made, chip, null, mapping, List.of(), System.nanoTime());
        } catch (InvalidInputException e) {
            tried.notes().add("no chip stage: " + e.getMessage());
            return null;
        }
        ChipTiming timing = ChipTiming.of(chip.timingProfile(), prepared.mapping().image(), "fast");
        ChipRun run = ChipRun.of(prepared, tried.data(), tried.images(), new ChipRun.How("chip " + chip.name(), options.steps(), options.threads(),
            HostUse.choose(prepared, tried.images(), options.threads(), timing.timing()), timing.timing()), progress);
        int different = 0;
        int right = 0;
        for (int i = 0; i < tried.images(); i++) {
            different += Arrays.equals(sums(run.readouts()[i], traces[i].readout().length), traces[i].readout()) ? 0 : 1;
            right += run.predictions().at(i, options.steps()) == tried.labels()[i] ? 1 : 0;
        }
        return new DiagnosisResult.OnChip(right, different, deep(prepared, biasLimit));
    }

    private long[] sums(int[] readout, int classes) {
        long[] sums = new long[classes];
        for (int i = 0; i < readout.length; i++) {
            sums[i % classes] += readout[i];
        }
        return sums;
    }

    /** @return the first difference of any neuron in any step of the first images, or null */
    private String deep(Preparation prepared, int biasLimit) {
        InputEncoder encoder = new InputEncoder(made.quantised(), made.spiking().kernels(), biasLimit);
        double[] image = new double[tried.network().input().shape().size()];
        for (int i = 0; i < Math.min(DEEP_IMAGES, tried.images()); i++) {
            tried.data().image(i, image);
            int[][] biases = encoder.encode(image);
            String difference = new ChipAgainstOracle(made.quantised(), biases,
                Math.max(options.steps(), spiking.schedule().stepsMin())).difference(prepared.mapping().image(), biases, 1);
            if (difference != null) {
                return "image " + i + ", " + difference;
            }
        }
        return null;
    }
}
