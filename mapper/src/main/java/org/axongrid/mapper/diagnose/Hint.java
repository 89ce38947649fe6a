package org.axongrid.mapper.diagnose;

import java.util.List;
import java.util.Locale;
import org.axongrid.mapper.quantise.LayerExplanation;
import org.axongrid.mapper.schedule.NeuronRule;

/** What could be done about a loss. */
public final class Hint {
    private static final double MANY = 0.01;
    private static final double DEAD_MANY = 0.05;
    private static final double BITS_MANY = 2;

    private Hint() { }

    /**
     * @param d        a diagnosis
     * @param stage    a stage that loses
     * @param steps    T
     * @param rule     what the layer does
     * @param rounding what became of each layer's numbers
     * @return a sentence
     */
    public static String of(Diagnosis d, Stage stage, int steps, NeuronRule rule, List<LayerExplanation> rounding) {
        LayerFidelity layer = d.firstLayer(stage);
        return switch (stage) {
            case TRAINED -> "nothing comes before the trained network";
            case LEVELS -> levels(layer, steps, rule);
            case FLOAT -> String.format(Locale.ROOT, "spikes come unevenly%s; srp and cos correct that at the price of a preparation, gn by sending"
                + " several spikes at once, snnc-potential by other v(0), and more steps always", Double.isNaN(layer.uneven()) ? ""
                : String.format(Locale.ROOT, " (%.1f %% of the counts of %s are not those of their own input)", 100 * layer.uneven(), layer.name()));
            case INTEGER -> integers(d, layer, rounding);
        };
    }

    private static String levels(LayerFidelity layer, int steps, NeuronRule rule) {
        if (layer.clipped() > MANY) {
            return String.format(Locale.ROOT, "%.1f %% of the activations of %s are above what a neuron can send; a larger threshold (a higher percentile"
                + " of norm or burst, or opi) or payloads (gn, burst) reach them", 100 * layer.clipped(), layer.name());
        }
        if (layer.dead() > DEAD_MANY) {
            return String.format(Locale.ROOT, "%.1f %% of the neurons of %s never reach their threshold within T = %d; take more steps, lower"
                + " thresholds (a lower percentile, snnc-light, ttrbr), or start from v(0) = theta / 2 (opi) where the method starts lower", 100 * layer.dead(), layer.name(), steps);
        }
        return String.format(Locale.ROOT, "T = %d tells %d levels apart; take more steps, finer spikes (gn), or thresholds tuned to T (snnc-light,"
            + " ttrbr)", steps, steps * rule.maxPayload());
    }

    private static String integers(Diagnosis d, LayerFidelity layer, List<LayerExplanation> rounding) {
        if (d.wraps() > 0 || d.saturations() > 0) {
            return String.format(Locale.ROOT, "registers do not hold all sums (%d clamped potentials, %d wrapped inputs); fewer weight bits, fewer steps,"
                + " or a chip with wider registers", d.saturations(), d.wraps());
        }
        double bits = rounding.stream().filter(l -> l.name().equals(layer.name())).mapToDouble(LayerExplanation::bitsLost).max().orElse(0);
        return bits > BITS_MANY
            ? String.format(Locale.ROOT, "the quietest channel of %s leaves %.1f bits of its weights unused; --scales channel gives each its own scale",
                layer.name(), bits)
            : "weights are rounded too coarsely; more --weight-bits, or --scales channel";
    }
}
