package org.axongrid.isa.image;

import java.io.IOException;
import java.util.Locale;
import org.axongrid.isa.chip.ChipSpec;

/** TrueNorth cores as text. */
final class TrueNorthText {
    private final ChipImage image;
    private final ChipSpec chip;
    private final LimitedLines text;

    TrueNorthText(ChipImage image, LimitedLines text) {
        this.image = image;
        this.chip = image.chip();
        this.text = text;
    }

    /** Writes a line per core. */
    void cores() throws IOException {
        text.line("  %6s %4s %6s %4s %8s %8s %9s %8s %6s  %s", "core", "chip", "column", "row", "neurons", "of", "synapses", "to cores", "pins",
            "random words from");
        for (TrueNorthCoreImage c : image.trueNorthCores()) {
            if (text.full()) {
                text.line("");
                continue;
            }
            int used = 0;
            int sends = 0;
            int pins = 0;
            boolean draws = false;
            for (int j = 0; j < c.compartments(); j++) {
                if (c.uses(j)) {
                    used++;
                    sends += c.destCore()[j] >= 0 ? 1 : 0;
                    pins += c.destCore()[j] == TrueNorthCoreImage.OUTPUT_PIN ? 1 : 0;
                    draws |= c.parameters().get(c.parameterOf()[j]).draws();
                }
            }
            long synapses = 0;
            for (long w : c.crossbar()) {
                synapses += Long.bitCount(w);
            }
            text.line("  %6d %4d %6d %4d %8d %8d %9d %8d %6d  %s", c.core(), chip.chipOf(c.core()), chip.columnOf(c.core()),
                chip.rowOf(c.core()), used, c.compartments(), synapses, sends, pins, draws ? Integer.toUnsignedString(c.seed()) : "-");
        }
    }

    /** Writes everything of one core. */
    void core(TrueNorthCoreImage c) throws IOException {
        text.line("core %d: chip %d, column %d, row %d", c.core(), chip.chipOf(c.core()), chip.columnOf(c.core()), chip.rowOf(c.core()));
        text.line("  %d axons, %d neurons, seed %s", c.inputAxons(), c.compartments(), Integer.toUnsignedString(c.seed()));
        text.line("  rules: zero crossing %s, overflow %s, negative compare %s", c.rules().zeroCrossing().key(), c.rules().overflow().key(),
            c.rules().negativeCompare().key());
        text.line("");
        text.line("neuron parameters; ? marks what is stochastic");
        for (int i = 0; i < c.parameters().size(); i++) {
            parameters(i, c.parameters().get(i));
        }
        text.line("");
        text.line("axons: type, connected neurons");
        for (int a = 0; a < c.inputAxons(); a++) {
            text.line("  %d: type %d, %s", a, c.axonType()[a], text.full() ? "" : row(c, a));
        }
        text.line("");
        text.line("neurons: parameters and destination");
        for (int from = 0; from < c.compartments();) {
            int to = from + 1;
            while (to < c.compartments() && !c.uses(from) && !c.uses(to)) {
                to++;
            }
            text.line("  %s: %s", range(from, to), c.uses(from) ? c.parameterOf()[from] + ", " + destination(c, from) : "unused");
            from = to;
        }
    }

    private void parameters(int number, TrueNorthNeuron p) throws IOException {
        StringBuilder weights = new StringBuilder();
        for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
            weights.append(' ').append(p.weight(g)).append(p.isStochastic(g) ? "?" : "");
        }
        text.line("  %d: weights%s, leak %d%s%s, threshold %d, negative %d%s, noise bits %d, reset %s%s, initial v %d", number, weights, p.leak(),
            p.stochasticLeak() ? "?" : "", p.leakReversal() ? " with the sign of v" : "", p.threshold(), -p.negativeThreshold(),
            p.saturates() ? " held" : "", p.maskBits(), p.reset().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            p.reset() == TrueNorthNeuron.Reset.TO_VALUE ? " " + p.resetValue() : "", p.initialV());
    }

    private static String row(TrueNorthCoreImage c, int axon) {
        StringBuilder list = new StringBuilder();
        for (int from = 0; from < c.compartments();) {
            int to = from + 1;
            if (c.connects(axon, from)) {
                while (to < c.compartments() && c.connects(axon, to)) {
                    to++;
                }
                list.append(list.length() == 0 ? "" : " ").append(range(from, to));
            }
            from = to;
        }
        return list.length() == 0 ? "none" : list.toString();
    }

    private static String destination(TrueNorthCoreImage c, int neuron) {
        return switch (c.destCore()[neuron]) {
            case TrueNorthCoreImage.NOWHERE -> "sends nothing";
            case TrueNorthCoreImage.OUTPUT_PIN -> "to output pin " + c.destAxon()[neuron];
            default -> "to core " + c.destCore()[neuron] + " axon " + c.destAxon()[neuron] + ", delay " + c.destDelay()[neuron];
        };
    }

    private static String range(int from, int to) {
        return to - from == 1 ? Integer.toString(from) : from + ".." + (to - 1);
    }
}
