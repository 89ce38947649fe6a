package org.axongrid.cli.command;

import java.util.List;
import java.util.Locale;
import org.axongrid.mapper.quantise.Scales;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a network becomes integers: what {@code run}, {@code demo}, {@code compare} and {@code convert} share. */
final class ConversionOptions {
    @Option(names = "--calibration", paramLabel = "DATA",
        description = "images that methods find thresholds from, where they do (compare: some of --data if left out)")
    String calibration;

    @Option(names = "--calibration-images", defaultValue = "500", paramLabel = "N",
        description = "calibration images, chosen by --seed (default: ${DEFAULT-VALUE})")
    int calibrationImages;

    @Option(names = "--weight-bits", defaultValue = "8", paramLabel = "N",
        description = "signed bits per weight, 2 to 9 (default: ${DEFAULT-VALUE})")
    int weightBits;

    @Option(names = "--scales", defaultValue = "grouped", paramLabel = "layer|grouped|channel",
        description = "scales: one per layer, as many as a core has thresholds (default), or one per output channel")
    private String scales;

    /** Answers impossible values with a usage error. */
    void check(CommandSpec spec) {
        Require.inRange(spec, "--calibration-images", calibrationImages, 1, 1 << 20);
        Require.inRange(spec, "--weight-bits", weightBits, 2, 9);
        Require.oneOf(spec, "--scales", scales, List.of("layer", "grouped", "channel"));
    }

    /** @return how many scales a population has */
    Scales scales() {
        return Scales.valueOf(scales.toUpperCase(Locale.ROOT));
    }
}
