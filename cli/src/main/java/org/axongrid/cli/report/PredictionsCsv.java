package org.axongrid.cli.report;

import org.axongrid.cli.pipeline.RunResult;

/** One row an image: its label, the trained network's class, the chip's class at each step. */
public final class PredictionsCsv {
    private PredictionsCsv() { }

    /** @return the table, header {@code index,label,ann,t1,...,tT}; label and ann are empty where there are none */
    public static String of(RunResult r) {
        StringBuilder out = new StringBuilder("index,label,ann");
        int steps = r.options().steps();
        for (int t = 1; t <= steps; t++) {
            out.append(",t").append(t);
        }
        out.append('\n');
        for (int i = 0; i < r.images(); i++) {
            out.append(i).append(',').append(r.labels() == null ? "" : r.labels()[i]).append(',').append(r.ann() == null ? "" : r.ann().classes()[i]);
            for (int t = 1; t <= steps; t++) {
                out.append(',').append(r.chip().predictions().at(i, t));
            }
            out.append('\n');
        }
        return out.toString();
    }
}
