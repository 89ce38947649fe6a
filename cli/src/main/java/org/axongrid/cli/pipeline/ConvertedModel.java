package org.axongrid.cli.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.quantise.Scales;

/**
 * A model converted by one method, in real numbers and in integers.
 *
 * @param spiking   in real numbers
 * @param quantised in integers
 * @param steps     T that it was made for and is explained for
 * @param chip      whose registers the integers are made for
 * @param layers    what became of each layer
 * @param notes     what was left out or assumed
 */
public record ConvertedModel(SpikingNetwork spiking, QuantisedNetwork quantised, int steps, String chip, List<LayerExplanation> layers,
                             List<String> notes) {
    /**
     * @param model             file of the model
     * @param importing         how it is read if it describes spiking neurons
     * @param method            the conversion, or the file's own
     * @param steps             T
     * @param calibration       data to calibrate on, or {@code null}
     * @param calibrationImages images of it at most
     * @param chip              preset or YAML file
     * @param weightBits        2..9
     * @param scales            how many scales a population has
     * @param seed              of the choice of images
     * @return the result
     */
    public static ConvertedModel of(Path model, ImportOptions importing, String method, int steps, String calibration, int calibrationImages, String chip,
                                    int weightBits, Scales scales, long seed) {
        ChipSpec spec = ChipSpecs.open(chip);
        ImportedModel imported = ImportedModel.read(model, importing);
        List<String> notes = new ArrayList<>(imported.notes());
        SpikingNetwork spiking = imported.convert(method, steps, CalibrationData.open(calibration, imported.network(), calibrationImages, seed));
        ChipNetwork made = ChipNetwork.of(imported, spiking, spec, weightBits, scales);
        notes.addAll(made.notes());
        return new ConvertedModel(made.spiking(), made.quantised(), steps, spec.name(),
            LayerExplanation.of(made.spiking(), made.quantised(), steps), notes);
    }
}
