package org.axongrid.cli.pipeline;

import java.util.List;
import org.axongrid.mapper.method.Conversion;
import org.axongrid.mapper.quantise.Scales;

/**
 * How to compare conversion methods.
 *
 * @param methods           the methods
 * @param all               whether they are all there are: then one that cannot convert the network is left out, else that is an error
 * @param steps             numbers of steps T, ascending
 * @param calibration       data to calibrate on, {@code null} for the data that is classified
 * @param calibrationImages images of it at most
 * @param chip              preset or YAML file that the integers are made for and run on
 * @param onChip            whether they run on the emulated chip
 * @param weightBits        2..9
 * @param scales            how many scales a population has
 * @param integers          whether the integer networks run too
 * @param allowSaturation   whether networks that overflow the chip's registers run all the same
 * @param limit             images at most
 * @param threads           host threads
 * @param seed              of random choices
 */
public record CompareOptions(List<Conversion> methods, boolean all, List<Integer> steps, String calibration, int calibrationImages, String chip,
                             boolean onChip, int weightBits, Scales scales, boolean integers, boolean allowSaturation,
                             int limit, int threads, long seed) { }
