package org.axongrid.cli.pipeline;

import org.axongrid.mapper.method.Conversion;
import org.axongrid.mapper.quantise.Scales;

/**
 * How to look for lost accuracy.
 *
 * @param method            the conversion
 * @param steps             T
 * @param calibration       data to calibrate on, or {@code null}
 * @param calibrationImages images of it at most
 * @param chip              preset or YAML file that the integers are made for and run on
 * @param onChip            whether they run on the emulated chip
 * @param weightBits        2..9
 * @param scales            how many scales a population has
 * @param limit             images at most
 * @param threads           host threads
 * @param seed              of random choices
 */
public record DiagnosisOptions(Conversion method, int steps, String calibration, int calibrationImages, String chip, boolean onChip, int weightBits,
                               Scales scales, int limit, int threads, long seed) { }
