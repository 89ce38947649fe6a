package org.axongrid.isa.image;

import java.util.HashMap;
import java.util.Map;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListReader;

/** Checks one core of an image on its own; where its output axons lead to is {@link ChipImageValidator}'s. */
final class CoreValidator {
    private final ChipImage image;
    private final LoihiCoreImage core;
    private final ChipSpec chip;
    private final ImageProblems problems;

    private final boolean readsLists;

    /** @param readsViews whether lists of a memory that is a view are read too */
    CoreValidator(ChipImage image, LoihiCoreImage core, ImageProblems problems, boolean readsViews) {
        readsLists = readsViews || !core.memory().isView();
        this.image = image;
        this.core = core;
        this.chip = image.chip();
        this.problems = problems;
    }

    /** @return whether parallel arrays have the same length and offsets ascend, without which nothing else can be checked */
    boolean tablesFit() {
        int before = problems.count();
        length("biases", core.biasMantissa().length, "compartments", core.compartments());
        length("initial voltages", core.initialV().length, "compartments", core.compartments());
        length("word counts", core.axonWords().length, "input axons", core.inputAxons());
        length("atom counts", core.axonAtoms().length, "input axons", core.inputAxons());
        length("base compartments", core.axonBase().length, "input axons", core.inputAxons());
        length("sizes", core.groupSize().length, "axon groups", core.groups());
        length("first output axons", core.groupOut().length, "axon groups and their end", core.groups() + 1);
        length("destination axons", core.outAxon().length, "output axons", core.outCore().length);
        length("delays", core.outDelay().length, "output axons", core.outCore().length);
        if (core.axonInput().length > 0) {
            length("accumulators", core.axonInput().length, "input axons", core.inputAxons());
        }
        if (core.atomFactor().length > 0) {
            length("factors", core.atomFactor().length, "atoms of input axons", core.atoms());
        }
        if (core.initialState().length > 0) {
            length("initial states", core.initialState().length, "compartments of " + (core.stateWords() - 1) + " further state words",
                (core.stateWords() - 1) * core.compartments());
        }
        int[] out = core.groupOut();
        for (int g = 0; g < out.length; g++) {
            int atLeast = g == 0 ? 0 : out[g - 1];
            if (out[g] < atLeast || out[g] > core.outCore().length || g == 0 && out[0] != 0) {
                problems.core(core.core(), "axon group " + g + ": its first output axon is " + out[g] + ", expected " + atLeast
                    + (g == 0 ? "" : ".." + core.outCore().length));
                break;
            }
            if (g == out.length - 1 && out[g] != core.outCore().length) {
                problems.core(core.core(), "its axon groups have " + out[g] + " output axons, its table " + core.outCore().length);
            }
        }
        return problems.count() == before;
    }

    private void length(String what, int length, String ofWhat, int expected) {
        if (length != expected) {
            problems.core(core.core(), length + " " + what + " for " + expected + " " + ofWhat);
        }
    }

    /** Checks everything that can be seen in this core alone. */
    void checkContents() {
        int second = core.secondCompartments(chip);
        limit(ChipParameter.COMPARTMENTS, core.compartments() + (long) second);
        limit(ChipParameter.INPUT_AXONS, core.inputAxons() + (long) second);
        limit(ChipParameter.SYNAPSE_WORDS, core.memory().size() + (long) second);
        limit(ChipParameter.COMPARTMENT_PROFILES, core.profiles().size());
        limit(ChipParameter.THRESHOLD_PROFILES,
            core.profiles().stream().mapToInt(NeuronProfile::thresholdMantissa).distinct().count());
        limit(ChipParameter.SYNAPSE_FORMATS, core.formats().size() + 1L);
        profiles();
        new ProgramValidator(image, core, problems).check();
        compartments();
        groups();
        axons();
        sums();
    }

    private void limit(ChipParameter limit, long used) {
        if (used > chip.get(limit)) {
            problems.over(core.core(), limit.key(), used, chip.get(limit));
        }
    }

    private void profiles() {
        long membrane = 1L << chip.get(ChipParameter.MEMBRANE_BITS) - 1;
        long thresholdMax = (1L << chip.get(ChipParameter.THRESHOLD_BITS)) - 1;
        for (int i = 0; i < core.profiles().size(); i++) {
            NeuronProfile p = core.profiles().get(i);
            if (p.thresholdMantissa() > thresholdMax) {
                problems.over(core.core(), "threshold mantissa of profile " + i + " (" + ChipParameter.THRESHOLD_BITS.key() + ")",
                    p.thresholdMantissa(), thresholdMax);
            }
            if (p.vMin() < -membrane || p.vMax() >= membrane) {
                problems.core(core.core(), "profile " + i + ": v limits " + p.vMin() + ".." + p.vMax() + ", "
                    + ChipParameter.MEMBRANE_BITS.key() + " allows " + -membrane + ".." + (membrane - 1));
            }
            if (p.biasExponent() > chip.get(ChipParameter.BIAS_EXPONENT_MAX)) {
                problems.over(core.core(), "bias exponent of profile " + i + " (" + ChipParameter.BIAS_EXPONENT_MAX.key() + ")",
                    p.biasExponent(), chip.get(ChipParameter.BIAS_EXPONENT_MAX));
            }
            if (p.startStep() > image.depth() + 1L) {
                problems.core(core.core(), "profile " + i + " starts in step " + p.startStep() + "; with depth " + image.depth()
                    + " the last possible is " + (image.depth() + 1L));
            }
        }
    }

    private void compartments() {
        int biasMax = (1 << chip.get(ChipParameter.BIAS_BITS) - 1) - 1;
        int biasMin = image.arithmetic().biasMin(chip.get(ChipParameter.BIAS_BITS));
        for (int c = 0; c < core.compartments() && !problems.full(); c++) {
            int number = core.profileOf()[c];
            if (number < 0 || number >= core.profiles().size()) {
                problems.core(core.core(), "compartment " + c + " has profile " + number + " of " + core.profiles().size());
                continue;
            }
            int bias = core.biasMantissa()[c];
            if (bias < biasMin || bias > biasMax) {
                problems.core(core.core(), "compartment " + c + ": bias mantissa " + bias + ", " + ChipParameter.BIAS_BITS.key() + " allows "
                    + biasMin + ".." + biasMax);
            }
            NeuronProfile p = core.profiles().get(number);
            if (!p.isProgrammed() && (core.initialV()[c] < p.vMin() || core.initialV()[c] > p.vMax())) {
                problems.core(core.core(), "compartment " + c + ": initial v " + core.initialV()[c] + " is outside of its profile's "
                    + p.vMin() + ".." + p.vMax());
            }
        }
    }

    /** Synaptic delays multiply the accumulators, and sums that are shifted as a whole need one exponent. */
    private void sums() {
        int delayBits = core.formats().stream().mapToInt(SynapseFormat::delayBits).max().orElse(0);
        limit(ChipParameter.DELAY_ACCUMULATORS, (long) core.compartments() * core.inputs() << delayBits);
        long exponents = core.formats().stream().mapToInt(SynapseFormat::weightExponent).distinct().count();
        if (image.arithmetic().shiftsSums() && exponents > 1
            && core.formats().stream().anyMatch(f -> f.weightExponent() < 0)) {
            problems.core(core.core(), "formats with " + exponents + " weight exponents, one of them negative; arithmetic "
                + image.arithmetic().key() + " shifts sums and allows one");
        }
    }

    private void groups() {
        long free = 0;
        for (int g = 0; g < core.groups() && !problems.full(); g++) {
            int first = core.groupFirst()[g];
            int size = core.groupSize()[g];
            if (size < 1 || first < 0 || first + (long) size > core.compartments()) {
                problems.core(core.core(), "axon group " + g + ": compartments " + first + ".." + (first + (long) size - 1) + " of "
                    + core.compartments());
            } else if (first < free) {
                problems.core(core.core(), "axon group " + g + " starts at compartment " + first + ", but groups ascend without overlap and "
                    + "those before it reach " + (free - 1));
            }
            free = Math.max(free, first + (long) size);
        }
    }

    private void axons() {
        factors();
        int atomsMax = chip.get(ChipParameter.POPULATION_ATOMS_MAX);
        int baseMax = chip.get(ChipParameter.DISCRETE_AXON_BASE_MAX);
        int wordsMax = chip.get(ChipParameter.WORDS_PER_AXON);
        ListReach reach = readsLists ? new ListReach() : null;
        for (int a = 0; a < core.inputAxons() && !problems.full(); a++) {
            int atoms = core.axonAtoms()[a];
            int words = core.axonWords()[a];
            int base = core.axonBase()[a];
            if (atoms < 1 || atoms > atomsMax) {
                problems.core(core.core(), which(a) + ": " + atoms + " atoms, " + ChipParameter.POPULATION_ATOMS_MAX.key() + " allows 1.."
                    + atomsMax);
            }
            if (words > wordsMax) {
                problems.over(core.core(), which(a) + ": " + ChipParameter.WORDS_PER_AXON.key(), words, wordsMax);
            }
            if (base < 0 || base >= core.compartments()) {
                problems.core(core.core(), which(a) + ": base compartment " + base + " of " + core.compartments());
                continue;
            }
            if (atoms == 1 && base > baseMax) {
                problems.over(core.core(), which(a) + " is discrete: " + ChipParameter.DISCRETE_AXON_BASE_MAX.key(), base, baseMax);
            }
            long pointer = core.axonPointer()[a];
            if (atoms >= 1 && (pointer < 0 || words < 1 || pointer + (long) atoms * words > core.memory().size())) {
                problems.core(core.core(), which(a) + ": " + atoms + " lists of " + words + " words from word " + pointer
                    + ", outside of the memory of " + core.memory().size());
                continue;
            }
            for (int atom = 0; atom < atoms && reach != null && !problems.full(); atom++) {
                int extent = reach.of((int) pointer + atom * words, words);
                if (base + (long) extent > core.compartments()) {
                    problems.core(core.core(), which(a) + " atom " + atom + " reaches compartment " + (base + (long) extent - 1) + " of "
                        + core.compartments());
                } else {
                    inputs(a, (int) pointer + atom * words);
                }
            }
        }
    }

    private static String which(int axon) {
        return "input axon " + axon;
    }

    private void factors() {
        int bits = chip.get(ChipParameter.FACTOR_BITS);
        int max = bits == 0 ? 0 : (1 << bits - 1) - 1;
        for (int a = 0; a < core.atomFactor().length; a++) {
            int factor = core.atomFactor()[a];
            if (factor < -max - 1 || factor > max || bits == 0) {
                problems.core(core.core(), "factor " + factor + " of atom " + a + ", " + ChipParameter.FACTOR_BITS.key() + " of " + chip.name()
                    + (bits == 0 ? " is 0: it has no factorised connections" : " allows " + (-max - 1) + ".." + max));
                return;
            }
        }
    }

    /** An axon's accumulator has to be one that each of its targets has. */
    private void inputs(int axon, int pointer) {
        int input = core.inputOf(axon);
        if (input == 0) {
            return;
        }
        int[] without = {-1};
        new SynapseListReader(core.synapseWords(), core.formats(), "synapse memory").read(pointer, core.axonWords()[axon],
            (target, mantissa, delay, format) -> {
                int c = core.axonBase()[axon] + target;
                without[0] = without[0] < 0 && (input < 0 || input >= inputsOf(c)) ? c : without[0];
            });
        if (without[0] >= 0) {
            problems.core(core.core(), which(axon) + " adds to accumulator " + input + " of compartment " + without[0] + ", which has "
                + inputsOf(without[0]));
        }
    }

    private int inputsOf(int compartment) {
        int number = core.profileOf()[compartment];
        NeuronProgram program = number < 0 || number >= core.profiles().size() ? null : core.programOf(core.profiles().get(number));
        return program == null ? 1 : program.inputs().size();
    }

    /** Reads each list once, however many axons share it. */
    private final class ListReach implements SynapseListReader.Visitor {
        private final SynapseListReader reader = new SynapseListReader(core.synapseWords(), core.formats(), "synapse memory");
        private final Map<Long, Integer> known = new HashMap<>();
        private final int perEntry = chip.get(ChipParameter.SYNAPSES_PER_ENTRY);
        private int extent;
        private int largestEntry;

        /** @return largest target + 1; 0 for a list without synapses or one that cannot be read, which is reported */
        int of(int pointer, int words) {
            long key = (long) pointer << 32 | words;
            Integer before = known.get(key);
            if (before == null) {
                extent = 0;
                largestEntry = 0;
                read(pointer, words);
                before = extent;
                known.put(key, before);
            }
            return before;
        }

        private void read(int pointer, int words) {
            try {
                reader.read(pointer, words, this);
            } catch (InvalidInputException e) {
                problems.core(core.core(), e.getMessage());
                extent = 0;
            }
            if (largestEntry > perEntry) {
                problems.over(core.core(), "largest entry of the synapse list at word " + pointer + ": "
                    + ChipParameter.SYNAPSES_PER_ENTRY.key(), largestEntry, perEntry);
            }
        }

        @Override
        public void entry(int format, int count) {
            largestEntry = Math.max(largestEntry, count);
        }

        @Override
        public void synapse(int target, int mantissa, int delay, int format) {
            extent = Math.max(extent, target + 1);
        }
    }
}
