package org.axongrid.cli.command;

import java.util.List;
import java.util.Locale;
import org.axongrid.cli.pipeline.ImportedModel;
import org.axongrid.cli.pipeline.Preparation;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.mapper.method.Conversion;
import org.axongrid.mapper.method.Methods;
import org.axongrid.mapper.quantise.DigitQuantiser;
import org.axongrid.mapper.quantise.Scales;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a network becomes integers: what {@code run}, {@code demo}, {@code compare} and {@code convert} share. */
final class ConversionOptions {
    private static final int WEIGHT_BITS = 8;

    @Option(names = "--calibration", paramLabel = "DATA",
        description = "images that methods find thresholds from, where they do (compare: some of --data if left out)")
    String calibration;

    @Option(names = "--calibration-images", defaultValue = "500", paramLabel = "N",
        description = "calibration images, chosen by --seed (default: ${DEFAULT-VALUE})")
    int calibrationImages;

    @Option(names = "--weight-bits", paramLabel = "N",
        description = "signed bits per weight, 2 to 9 (default: 8); 2 or 3 where cores have a binary crossbar (truenorth; default: 3)")
    private Integer weightBits;

    @Option(names = "--scales", defaultValue = "grouped", paramLabel = "layer|grouped|channel",
        description = "scales: one per layer, as many as a core has thresholds (default), or one per output channel")
    private String scales;

    /** Answers impossible values with a usage error. */
    void check(CommandSpec spec) {
        Require.inRange(spec, "--calibration-images", calibrationImages, 1, 1 << 20);
        Require.inRange(spec, "--weight-bits", weightBits == null ? WEIGHT_BITS : weightBits, 2, 9);
        Require.oneOf(spec, "--scales", scales, List.of("layer", "grouped", "channel"));
    }

    /**
     * @param chip preset or YAML file
     * @return bits per weight
     */
    int weightBits(String chip) {
        return weightBits != null ? weightBits : Preparation.isCrossbar(ChipSpecs.open(chip)) ? DigitQuantiser.BITS_DEFAULT : WEIGHT_BITS;
    }

    /** @return how many scales a population has */
    Scales scales() {
        return Scales.valueOf(scales.toUpperCase(Locale.ROOT));
    }

    /** @return the method of a name; one that is not known is a usage error */
    static Conversion method(CommandSpec spec, String option, String name) {
        try {
            return Methods.named(name);
        } catch (InvalidInputException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }

    /** Answers names that neither are methods nor say that a spiking model is taken as it is. */
    static void checkMethod(CommandSpec spec, String option, String name) {
        if (!ImportedModel.OWN_METHODS.contains(name)) {
            method(spec, option, name);
        }
    }
}
