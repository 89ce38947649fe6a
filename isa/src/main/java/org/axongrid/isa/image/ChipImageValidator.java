package org.axongrid.isa.image;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.CoreModel;

/**
 * Checks that an image can run on its chip: tables that fit together, every limit of the chip, lists that can be read, destinations that
 * exist. The emulator relies on it.
 */
public final class ChipImageValidator {
    private final ChipImage image;
    private final ChipSpec chip;
    private final ImageProblems problems;
    private final List<LoihiCoreImage> cores;

    private final boolean readsViews;
    /** By number of a core: its index, or -1; made when cores ascend. */
    private int[] numbers;

    private ChipImageValidator(ChipImage image, boolean throwing, boolean readsViews) {
        this.image = image;
        this.readsViews = readsViews;
        this.chip = image.chip();
        this.cores = chip.coreModel() == CoreModel.LOIHI ? image.loihiCores() : List.of();
        this.problems = new ImageProblems(image.name(), throwing);
    }

    /**
     * @param image any image
     * @throws InvalidInputException for the first problem, naming the core and, for a limit, how much is used, the limit and the excess
     */
    public static void validate(ChipImage image) {
        new ChipImageValidator(image, true, true).check();
    }

    /**
     * Checks everything but the lists of synapse memories that are views: whoever packs those writes them anew each time, and reading them takes longer than many a
     * run.
     *
     * @param image any image
     * @throws InvalidInputException as {@link #validate}
     */
    public static void validateTables(ChipImage image) {
        new ChipImageValidator(image, true, false).check();
    }

    /**
     * @param image any image
     * @return all problems, one line each, the first thousand at most; empty if the image can run
     */
    public static List<String> problems(ChipImage image) {
        ChipImageValidator v = new ChipImageValidator(image, false, true);
        v.check();
        return v.problems.found();
    }

    private void check() {
        if (image.name().isBlank()) {
            problems.image("has no name");
        }
        if (image.chips() < 1 || image.chips() > chip.get(ChipParameter.CHIPS_MAX)) {
            problems.image(image.chips() + " chips, " + ChipParameter.CHIPS_MAX.key() + " of " + chip.name() + " allows 1.."
                + chip.get(ChipParameter.CHIPS_MAX));
        }
        if (image.depth() < 0) {
            problems.image("depth is " + image.depth() + " time-steps");
        }
        boolean ascend = coresAscend();
        boolean[] sound = chip.coreModel() == CoreModel.TRUENORTH ? new TrueNorthValidator(image, problems).check(ascend) : checkLoihi(ascend);
        checkRegions(sound);
        new PortValidator(image, problems).check(sound);
    }

    /** @return by core: whether its tables fit together */
    private boolean[] checkLoihi(boolean ascend) {
        boolean[] sound = new boolean[cores.size()];
        for (int i = 0; i < sound.length && !problems.full(); i++) {
            CoreValidator core = new CoreValidator(image, cores.get(i), problems, readsViews);
            sound[i] = core.tablesFit();
            if (sound[i]) {
                core.checkContents();
            }
        }
        if (ascend) {
            int highest = image.cores().isEmpty() ? -1 : image.cores().get(image.cores().size() - 1).core();
            numbers = new int[highest + 1];
            Arrays.fill(numbers, -1);
            for (int i = 0; i < image.cores().size(); i++) {
                numbers[image.cores().get(i).core()] = i;
            }
            for (int i = 0; i < sound.length && !problems.full(); i++) {
                if (sound[i]) {
                    checkDestinations(cores.get(i), sound);
                }
            }
        }
        return sound;
    }

    private boolean coresAscend() {
        long available = (long) image.chips() * chip.coresPerChip();
        int before = problems.count();
        int last = -1;
        for (CoreImage c : image.cores()) {
            if (c.core() < 0 || c.core() >= available) {
                problems.core(c.core(), "does not exist; " + image.chips() + " chips have cores 0.." + (available - 1));
            } else if (c.core() <= last) {
                problems.core(c.core(), "comes after core " + last + "; cores are listed once, in ascending order");
            }
            last = Math.max(last, c.core());
        }
        return problems.count() == before;
    }

    private void checkDestinations(LoihiCoreImage core, boolean[] sound) {
        int delayMax = chip.get(ChipParameter.AXON_DELAY_MAX);
        boolean destinationsExist = true;
        for (int g = 0; g < core.groups(); g++) {
            for (int o = core.groupOut()[g]; o < core.groupOut()[g + 1]; o++) {
                if (core.outDelay()[o] < 0 || core.outDelay()[o] > delayMax) {
                    problems.core(core.core(), which(o, g) + ": delay " + core.outDelay()[o] + " time-steps, " + ChipParameter.AXON_DELAY_MAX.key()
                        + " allows 0.." + delayMax);
                }
                int to = indexOf(core.outCore()[o]);
                if (to < 0) {
                    problems.core(core.core(), which(o, g) + " leads to core " + core.outCore()[o] + ", which is not in the image");
                    destinationsExist = false;
                } else if (sound[to]) {
                    checkDestination(core, o, g, cores.get(to), core.outAxon()[o]);
                }
            }
        }
        if (destinationsExist) {
            ResourceUse use = ResourceUse.of(core, chip);
            for (ChipParameter limit : List.of(ChipParameter.OUTPUT_AXONS, ChipParameter.CORE_MEMORY_WORDS)) {
                if (ResourceUse.applies(limit, chip) && use.used(limit) > chip.get(limit)) {
                    problems.over(core.core(), limit.key(), use.used(limit), chip.get(limit));
                }
            }
        }
    }

    /** @return index of a core, -1 if it is not in the image */
    private int indexOf(int number) {
        return number < 0 || number >= numbers.length ? -1 : numbers[number];
    }

    private static String which(int output, int group) {
        return "output axon " + output + " (axon group " + group + ")";
    }

    private void checkDestination(LoihiCoreImage from, int output, int group, LoihiCoreImage to, int axon) {
        int members = from.groupSize()[group];
        if (axon < 0 || axon >= to.inputAxons()) {
            problems.core(from.core(), which(output, group) + " leads to input axon " + axon + " of core " + to.core() + ", which has " + to.inputAxons());
        } else if (to.axonAtoms()[axon] != members) {
            problems.core(from.core(), which(output, group) + " has " + members + " members but leads to input axon " + axon + " of core " + to.core()
                + ", which has " + to.axonAtoms()[axon] + " atoms");
        }
    }

    private void checkRegions(boolean[] sound) {
        Set<String> names = new HashSet<>();
        for (Region r : image.regions()) {
            String where = "region '" + r.name() + "'";
            if (r.name().isBlank()) {
                problems.image("a region has no name");
            } else if (!names.add(r.name())) {
                problems.image(where + " is there twice");
            }
            if (r.core().length != r.compartment().length) {
                problems.image(where + ": " + r.core().length + " cores for " + r.compartment().length + " compartments");
            } else if (r.size() == 0) {
                problems.image(where + " is empty");
            } else {
                checkElements(r, where, sound);
            }
        }
        int readouts = image.regions(Region.Role.READOUT).size();
        if (readouts > 1) {
            problems.image(readouts + " readout regions, at most 1 is possible");
        }
    }

    private void checkElements(Region r, String where, boolean[] sound) {
        BitSet[] seen = new BitSet[image.cores().size()];
        int start = -1;
        for (int i = 0; i < r.size() && !problems.full(); i++) {
            int index = r.core()[i];
            if (index < 0 || index >= seen.length) {
                problems.image(where + " element " + i + ": no core of index " + index + ", the image has " + seen.length);
                continue;
            }
            CoreImage core = image.cores().get(index);
            int compartment = r.compartment()[i];
            if (compartment < 0 || compartment >= core.compartments()) {
                problems.image(where + " element " + i + ": no compartment " + compartment + " in core " + core.core() + ", which has "
                    + core.compartments());
                continue;
            }
            seen[index] = seen[index] == null ? new BitSet() : seen[index];
            if (seen[index].get(compartment)) {
                problems.image(where + " element " + i + ": compartment " + compartment + " of core " + core.core() + " is there twice");
            }
            seen[index].set(compartment);
            int own = sound[index] && core instanceof LoihiCoreImage loihi ? startStep(loihi, compartment) : 0;
            if (r.role() == Region.Role.READOUT && own > 0) {
                start = start < 0 ? own : start;
                if (own != start) {
                    problems.image(where + " element " + i + " starts in step " + own + ", the first one in step " + start
                        + "; a readout starts as a whole");
                    return;
                }
            }
        }
    }

    /** @return first step of a compartment, 0 if its profile does not exist */
    private static int startStep(LoihiCoreImage core, int compartment) {
        int profile = core.profileOf()[compartment];
        return profile >= 0 && profile < core.profiles().size() ? core.profiles().get(profile).startStep() : 0;
    }
}
