package org.axongrid.isa.image;

import java.util.Arrays;
import java.util.List;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.microcode.NeuronProgram;
import org.axongrid.isa.synapse.SynapseFormat;

/**
 * What one core of an image takes of the chip's limits.
 *
 * @param core          number of the core in the system
 * @param compartments  compartments
 * @param inputAxons    input axon entries
 * @param outputEntries output axon entries: by destination, fewer for discrete than for population axons and for the own chip
 * @param synapseWords  words of synapse memory
 * @param wordsPerAxon  words of its longest synapse list
 * @param profiles      compartment profiles
 * @param thresholds    distinct thresholds among them
 * @param formats       synapse formats, the unusable format 0 included
 * @param memoryWords   words of the memory that all tables share, 0 where each has its own
 */
public record ResourceUse(int core, int compartments, int inputAxons, long outputEntries, int synapseWords, int wordsPerAxon, int profiles,
                          int thresholds, int formats, long memoryWords) {
    /** Use of a core whose tables have memories of their own. */
    public ResourceUse(int core, int compartments, int inputAxons, long outputEntries, int synapseWords, int wordsPerAxon, int profiles,
                       int thresholds, int formats) {
        this(core, compartments, inputAxons, outputEntries, synapseWords, wordsPerAxon, profiles, thresholds, formats, 0);
    }

    /** The limits that a core's use is held against, in the order of reports. */
    public static final List<ChipParameter> LIMITS = List.of(ChipParameter.COMPARTMENTS, ChipParameter.SYNAPSE_WORDS,
        ChipParameter.INPUT_AXONS, ChipParameter.OUTPUT_AXONS, ChipParameter.WORDS_PER_AXON, ChipParameter.COMPARTMENT_PROFILES,
        ChipParameter.THRESHOLD_PROFILES, ChipParameter.SYNAPSE_FORMATS, ChipParameter.CORE_MEMORY_WORDS);

    /**
     * How full the cores of an image are in one respect.
     *
     * @param parameter which limit
     * @param limit     its value on the chip
     * @param max       largest use by a core
     * @param maxCore   number of the first core with that use, -1 if there are no cores
     * @param mean      mean use over the cores of the image
     */
    public record Utilisation(ChipParameter parameter, int limit, long max, int maxCore, double mean) {
        /** @return the limit's key */
        public String resource() {
            return parameter.key();
        }

        /** @return largest use as a part of the limit; 1 is full */
        public double maxFraction() {
            return fraction(max);
        }

        /** @return mean use as a part of the limit */
        public double meanFraction() {
            return fraction(mean);
        }

        private double fraction(double used) {
            return limit == 0 ? 0 : used / limit;
        }
    }

    /**
     * @param image an image whose arrays fit together
     * @return the use of each core, in image order
     */
    public static List<ResourceUse> of(ChipImage image) {
        return image.cores().stream().map(c -> c instanceof LoihiCoreImage loihi ? of(loihi, image.chip()) : of((TrueNorthCoreImage) c)).toList();
    }

    /** @return the use of one core of such a chip */
    static ResourceUse of(LoihiCoreImage core, ChipSpec chip) {
        long entries = 0;
        int perChip = chip.coresPerChip();
        int own = core.core() / perChip;
        for (int g = 0; g < core.groups(); g++) {
            long local = 0;
            for (int o = core.groupOut()[g]; o < core.groupOut()[g + 1]; o++) {
                local += core.outCore()[o] / perChip == own ? 1 : 0;
            }
            boolean discrete = core.groupSize()[g] == 1;
            long remote = core.groupOut()[g + 1] - core.groupOut()[g] - local;
            entries += local * chip.get(entryKind(discrete, true)) + remote * chip.get(entryKind(discrete, false));
        }
        int longest = 0;
        for (int words : core.axonWords()) {
            longest = Math.max(longest, words);
        }
        long memory = CoreMemory.isShared(chip) ? memoryWords(core, chip, entries) : 0;
        int thresholds = (int) core.profiles().stream().mapToInt(NeuronProfile::thresholdMantissa).distinct().count();
        int second = core.secondCompartments(chip);
        return new ResourceUse(core.core(), core.compartments() + second, core.inputAxons() + second,
            entries + (long) second * chip.get(ChipParameter.DISCRETE_ENTRIES_LOCAL), core.memory().size() + second, longest,
            core.profiles().size(), thresholds, core.formats().size() + 1, memory);
    }

    private static long memoryWords(LoihiCoreImage core, ChipSpec chip, long outputEntries) {
        long stateBits = 0;
        for (byte number : core.profileOf()) {
            NeuronProgram program = number < 0 || number >= core.profiles().size() ? null : core.programOf(core.profiles().get(number));
            // A native compartment has a current and a voltage.
            stateBits += program == null ? chip.get(ChipParameter.CURRENT_BITS) + chip.get(ChipParameter.MEMBRANE_BITS) : program.stateBits();
        }
        int delayBits = core.formats().stream().mapToInt(SynapseFormat::delayBits).max().orElse(0);
        return CoreMemory.words(chip, core.memory().size(), core.compartments(), stateBits,
            (long) core.compartments() * core.inputs() << delayBits, core.inputAxons(), core.atomFactor().length,
            outputEntries);
    }

    /** @return the use of a TrueNorth core: neurons in use, and axons up to the last connected one */
    static ResourceUse of(TrueNorthCoreImage core) {
        int neurons = (int) Arrays.stream(core.parameterOf()).filter(p -> p >= 0).count();
        int words = TrueNorthCoreImage.rowWords(core.compartments());
        int axons = 0;
        for (int w = 0; w < core.crossbar().length; w++) {
            if (core.crossbar()[w] != 0) {
                axons = w / words + 1;
            }
        }
        return new ResourceUse(core.core(), neurons, axons, 0, 0, 0, 0, 0, 0);
    }

    private static ChipParameter entryKind(boolean discrete, boolean local) {
        if (discrete) {
            return local ? ChipParameter.DISCRETE_ENTRIES_LOCAL : ChipParameter.DISCRETE_ENTRIES_REMOTE;
        }
        return local ? ChipParameter.POPULATION_ENTRIES_LOCAL : ChipParameter.POPULATION_ENTRIES_REMOTE;
    }

    /**
     * @param image an image whose arrays fit together
     * @return largest and mean use of each of {@link #LIMITS} that the chip has
     */
    public static List<Utilisation> utilisation(ChipImage image) {
        List<ResourceUse> uses = of(image);
        return LIMITS.stream().filter(limit -> applies(limit, image.chip())).map(limit -> {
            long max = 0;
            int maxCore = -1;
            double sum = 0;
            for (ResourceUse u : uses) {
                long used = u.used(limit);
                sum += used;
                if (maxCore < 0 || used > max) {
                    max = used;
                    maxCore = u.core();
                }
            }
            return new Utilisation(limit, image.chip().get(limit), max, maxCore, uses.isEmpty() ? 0 : sum / uses.size());
        }).toList();
    }

    /** @return whether the chip has that limit; a shared core memory of 0 words is none */
    static boolean applies(ChipParameter limit, ChipSpec chip) {
        return limit.appliesTo(chip.coreModel()) && (limit != ChipParameter.CORE_MEMORY_WORDS || CoreMemory.isShared(chip));
    }

    /**
     * @param limit one of {@link #LIMITS}
     * @return how much of it the core takes
     */
    public long used(ChipParameter limit) {
        return switch (limit) {
            case COMPARTMENTS -> compartments;
            case SYNAPSE_WORDS -> synapseWords;
            case INPUT_AXONS -> inputAxons;
            case OUTPUT_AXONS -> outputEntries;
            case WORDS_PER_AXON -> wordsPerAxon;
            case COMPARTMENT_PROFILES -> profiles;
            case THRESHOLD_PROFILES -> thresholds;
            case SYNAPSE_FORMATS -> formats;
            case CORE_MEMORY_WORDS -> memoryWords;
            default -> throw new IllegalArgumentException(limit.key() + " is no limit of a core's use");
        };
    }
}
