package org.axongrid.cli.pipeline;

import java.util.List;
import java.util.Set;

/**
 * What a comparison found.
 *
 * @param model       name of the model
 * @param data        name of the data
 * @param options     how it was done
 * @param images      images classified
 * @param annAccuracy of the trained network
 * @param rows        by method and T
 * @param pricing     what energy and latency are from, {@code null} if nothing ran on the chip
 * @param differences where chip and integer oracle differ, one sentence each; none of them may
 * @param notes       what was left out or assumed, one sentence each
 * @param wallSeconds host time
 */
public record ComparisonResult(String model, String data, CompareOptions options, int images, double annAccuracy, List<ComparisonRow> rows,
                               Pricing pricing, List<String> differences, List<String> notes, double wallSeconds) {
    /**
     * What energy and latency are from.
     *
     * @param energyProfile cost profile of the energy
     * @param notEstimated  what happened but has no price in it
     * @param timingProfile cost profile of the times
     * @param notTimed      what has no time in it
     */
    public record Pricing(String energyProfile, Set<String> notEstimated, String timingProfile, Set<String> notTimed) { }

    /** @return whether there are rows of the chip to hold to the oracle's */
    public boolean chipAndIntegers() {
        return pricing != null && options.integers();
    }
}
