package org.axongrid.isa.image;

import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;

/** Checks the TrueNorth cores of an image: tables, ranges of every parameter, destinations. */
final class TrueNorthValidator {
    private final ChipSpec chip;
    private final ImageProblems problems;
    private final List<TrueNorthCoreImage> cores;
    private final int[] numbers;
    private final int weightMax;
    private final int leakMax;
    private final int thresholdMax;
    private final int membraneMax;

    TrueNorthValidator(ChipImage image, ImageProblems problems) {
        this.chip = image.chip();
        this.problems = problems;
        this.cores = image.trueNorthCores();
        numbers = cores.stream().mapToInt(CoreImage::core).toArray();
        weightMax = (1 << chip.get(ChipParameter.WEIGHT_BITS) - 1) - 1;
        leakMax = (1 << chip.get(ChipParameter.LEAK_BITS) - 1) - 1;
        thresholdMax = (1 << chip.get(ChipParameter.THRESHOLD_BITS)) - 1;
        membraneMax = (int) ((1L << chip.get(ChipParameter.MEMBRANE_BITS) - 1) - 1);
    }

    /**
     * @param ascend whether the cores' numbers ascend, without which destinations cannot be found
     * @return by core: whether its tables fit together
     */
    boolean[] check(boolean ascend) {
        // Sums of a neuron are formed in 32 bits and saturated then.
        if (membraneMax + (long) chip.get(ChipParameter.INPUT_AXONS) * weightMax + leakMax >= Integer.MAX_VALUE) {
            problems.image("sums on chip " + chip.name() + " do not fit 32 bits: " + ChipParameter.INPUT_AXONS.key() + ", "
                + ChipParameter.WEIGHT_BITS.key() + " or " + ChipParameter.MEMBRANE_BITS.key() + " is too large");
        }
        boolean[] sound = new boolean[cores.size()];
        for (int i = 0; i < sound.length && !problems.full(); i++) {
            sound[i] = tablesFit(cores.get(i));
            if (sound[i]) {
                contents(cores.get(i));
            }
        }
        for (int i = 0; ascend && i < sound.length && !problems.full(); i++) {
            if (sound[i]) {
                destinations(cores.get(i));
            }
        }
        return sound;
    }

    private boolean tablesFit(TrueNorthCoreImage core) {
        int before = problems.count();
        long words = (long) core.inputAxons() * TrueNorthCoreImage.rowWords(core.compartments());
        if (core.crossbar().length != words) {
            problems.core(core.core(), core.crossbar().length + " words of crossbar, " + core.inputAxons() + " axons and "
                + core.compartments() + " neurons take " + words);
        }
        length(core, "destination cores", core.destCore().length);
        length(core, "destination axons", core.destAxon().length);
        length(core, "delays", core.destDelay().length);
        return problems.count() == before;
    }

    private void length(TrueNorthCoreImage core, String what, int length) {
        if (length != core.compartments()) {
            problems.core(core.core(), length + " " + what + " for " + core.compartments() + " neurons");
        }
    }

    private void contents(TrueNorthCoreImage core) {
        limit(core, ChipParameter.COMPARTMENTS, core.compartments());
        limit(core, ChipParameter.INPUT_AXONS, core.inputAxons());
        for (int a = 0; a < core.inputAxons() && !problems.full(); a++) {
            if (core.axonType()[a] < 0 || core.axonType()[a] >= TrueNorthNeuron.AXON_TYPES) {
                problems.core(core.core(), "axon " + a + " has type " + core.axonType()[a] + ", there are 0.."
                    + (TrueNorthNeuron.AXON_TYPES - 1));
            }
        }
        int words = TrueNorthCoreImage.rowWords(core.compartments());
        long beyond = core.compartments() % 64 == 0 ? 0 : -1L << core.compartments() % 64;
        for (int a = 0; a < core.inputAxons() && words > 0 && !problems.full(); a++) {
            if ((core.crossbar()[a * words + words - 1] & beyond) != 0) {
                problems.core(core.core(), "crossbar row of axon " + a + " has synapses beyond neuron " + (core.compartments() - 1));
            }
        }
        for (int i = 0; i < core.parameters().size() && !problems.full(); i++) {
            parameters(core, "neuron parameters " + i + ": ", core.parameters().get(i));
        }
        boolean draws = false;
        for (int j = 0; j < core.compartments() && !problems.full(); j++) {
            int p = core.parameterOf()[j];
            if (p < -1 || p >= core.parameters().size()) {
                problems.core(core.core(), "neuron " + j + " has parameters " + p + " of " + core.parameters().size());
            } else if (p >= 0) {
                draws |= core.parameters().get(p).draws();
            }
        }
        if (draws && core.seed() == 0) {
            problems.core(core.core(), "its seed is 0, from which xorshift32 draws only zeros");
        }
    }

    private void limit(TrueNorthCoreImage core, ChipParameter limit, int used) {
        if (used > chip.get(limit)) {
            problems.over(core.core(), limit.key(), used, chip.get(limit));
        }
    }

    private void parameters(TrueNorthCoreImage core, String where, TrueNorthNeuron p) {
        for (int g = 0; g < TrueNorthNeuron.AXON_TYPES; g++) {
            range(core, where + "weight " + g, p.weight(g), -weightMax, weightMax, ChipParameter.WEIGHT_BITS);
        }
        if (p.stochasticWeights() < 0 || p.stochasticWeights() >= 1 << TrueNorthNeuron.AXON_TYPES) {
            problems.core(core.core(), where + "stochastic weights " + p.stochasticWeights() + " are no four bits");
        }
        range(core, where + "leak", p.leak(), -leakMax, leakMax, ChipParameter.LEAK_BITS);
        range(core, where + "threshold", p.threshold(), 0, thresholdMax, ChipParameter.THRESHOLD_BITS);
        range(core, where + "negative threshold", p.negativeThreshold(), 0, thresholdMax, ChipParameter.THRESHOLD_BITS);
        range(core, where + "mask bits", p.maskBits(), 0, chip.get(ChipParameter.THRESHOLD_MASK_BITS), ChipParameter.THRESHOLD_MASK_BITS);
        range(core, where + "reset value", p.resetValue(), -membraneMax, membraneMax, ChipParameter.MEMBRANE_BITS);
        range(core, where + "initial v", p.initialV(), -membraneMax - 1, membraneMax, ChipParameter.MEMBRANE_BITS);
    }

    private void range(TrueNorthCoreImage core, String what, int value, int min, int max, ChipParameter limit) {
        if (value < min || value > max) {
            problems.core(core.core(), what + " " + value + ", " + limit.key() + " allows " + min + ".." + max);
        }
    }

    private void destinations(TrueNorthCoreImage core) {
        int slots = chip.get(ChipParameter.SCHEDULER_SLOTS);
        int reach = chip.get(ChipParameter.ADDRESS_REACH);
        for (int j = 0; j < core.compartments() && !problems.full(); j++) {
            int number = core.destCore()[j];
            String which = "neuron " + j;
            if (number < 0) {
                noCore(core, j, which);
                continue;
            }
            int to = Arrays.binarySearch(numbers, number);
            if (to < 0) {
                problems.core(core.core(), which + " leads to core " + number + ", which is not in the image");
                continue;
            }
            int axons = cores.get(to).inputAxons();
            if (core.destAxon()[j] < 0 || core.destAxon()[j] >= axons) {
                problems.core(core.core(), which + " leads to axon " + core.destAxon()[j] + " of core " + number + ", which has " + axons);
            }
            if (core.destDelay()[j] < 1 || core.destDelay()[j] >= slots) {
                problems.core(core.core(), which + ": delay " + core.destDelay()[j] + " ticks, " + ChipParameter.SCHEDULER_SLOTS.key()
                    + " allows 1.." + (slots - 1));
            }
            int dx = Math.abs(chip.columnOf(number) - chip.columnOf(core.core()));
            int dy = Math.abs(chip.rowOf(number) - chip.rowOf(core.core()));
            if (Math.max(dx, dy) > reach) {
                problems.core(core.core(), which + " leads to core " + number + ", " + dx + " columns and " + dy + " rows away; "
                    + ChipParameter.ADDRESS_REACH.key() + " is " + reach);
            }
        }
    }

    private void noCore(TrueNorthCoreImage core, int j, String which) {
        if (core.destCore()[j] == TrueNorthCoreImage.OUTPUT_PIN) {
            if (core.destAxon()[j] < 0) {
                problems.core(core.core(), which + " leads to output pin " + core.destAxon()[j]);
            }
        } else if (core.destCore()[j] != TrueNorthCoreImage.NOWHERE) {
            problems.core(core.core(), which + " leads to core " + core.destCore()[j]);
        }
    }
}
