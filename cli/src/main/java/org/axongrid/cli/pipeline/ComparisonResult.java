package org.axongrid.cli.pipeline;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param model       name of the model
 * @param data        name of the data
 * @param options     how it was done
 * @param images      images classified
 * @param annAccuracy of the trained network
 * @param rows        by method and T
 * @param notes       what was left out or assumed, one sentence each
 * @param wallSeconds host time
 */
public record ComparisonResult(String model, String data, CompareOptions options, int images, double annAccuracy, List<ComparisonRow> rows,
                               List<String> notes, double wallSeconds) { }
