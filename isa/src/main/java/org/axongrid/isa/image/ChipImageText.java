package org.axongrid.isa.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.chip.CoreModel;
import org.axongrid.isa.fixed.Arithmetic;

/** Shows an image to people. Its arrays must fit together, as {@link ChipImageValidator} checks. */
public final class ChipImageText {
    private ChipImageText() { }

    /**
     * Writes an overview: chip, regions, how full the cores are, and a line per core.
     *
     * @param image an image
     * @param out   where to
     * @param limit most lines to write, at least 1; if there are more, one line says how many
     * @throws IOException from {@code out}
     */
    public static void summary(ChipImage image, Appendable out, int limit) throws IOException {
        LimitedLines text = new LimitedLines(out, limit);
        ChipSpec chip = image.chip();
        text.line("chip image %s", image.name());
        text.line("  chip %s: %s", chip.name(), chip.summary());
        text.line("  %d %s of %d x %d tiles with %d cores each", image.chips(), image.chips() == 1 ? "chip" : "chips",
            chip.get(ChipParameter.MESH_WIDTH), chip.get(ChipParameter.MESH_HEIGHT), chip.get(ChipParameter.CORES_PER_TILE));
        text.line("  %d of %d cores in use, %d compartments", image.cores().size(), (long) image.chips() * chip.coresPerChip(),
            image.compartments());
        text.line("  depth %d: T steps of every compartment take T + %d time-steps", image.depth(), image.depth());
        if (image.arithmetic() != Arithmetic.NENGO_LOIHI) {
            text.line("  arithmetic as %s", image.arithmetic().key());
        }
        text.line("");
        text.line("regions");
        text.line("  %-10s %12s %6s  %s", "role", "compartments", "cores", "name");
        for (Region r : image.regions()) {
            text.line("  %-10s %12d %6d  %s", r.role().name().toLowerCase(Locale.ROOT), r.size(), Arrays.stream(r.core()).distinct().count(),
                r.name());
        }
        for (SpikePort p : image.ports()) {
            text.line("  %-10s %12d %6d  %s", "spike port", p.lines(), Arrays.stream(p.core()).distinct().count(), p.name());
        }
        text.line("");
        text.line("how full");
        text.line("  %-22s %9s %9s %7s %9s %7s  %s", "", "limit", "fullest", "", "mean", "", "fullest core");
        for (ResourceUse.Utilisation u : ResourceUse.utilisation(image)) {
            text.line("  %-22s %9d %9d %6.1f%% %9.1f %6.1f%%  %d", u.resource(), u.limit(), u.max(), 100 * u.maxFraction(), u.mean(),
                100 * u.meanFraction(), u.maxCore());
        }
        text.line("");
        text.line("cores");
        if (chip.coreModel() == CoreModel.TRUENORTH) {
            new TrueNorthText(image, text).cores();
            text.end();
            return;
        }
        text.line("  %6s %4s %6s %4s %15s %15s %15s %15s %10s %8s %10s %7s", "core", "chip", "column", "row", "compartments", "synapse words",
            "input axons", "output axons", "words/axon", "profiles", "thresholds", "formats");
        for (ResourceUse u : ResourceUse.of(image)) {
            if (text.full()) {
                text.line("");
                continue;
            }
            text.line("  %6d %4d %6d %4d %s %s %s %s %10d %8d %10d %7d", u.core(), chip.chipOf(u.core()), chip.columnOf(u.core()),
                chip.rowOf(u.core()), share(u, ChipParameter.COMPARTMENTS, chip), share(u, ChipParameter.SYNAPSE_WORDS, chip),
                share(u, ChipParameter.INPUT_AXONS, chip), share(u, ChipParameter.OUTPUT_AXONS, chip), u.wordsPerAxon(), u.profiles(),
                u.thresholds(), u.formats());
        }
        text.end();
    }

    private static String share(ResourceUse use, ChipParameter limit, ChipSpec chip) {
        return String.format(Locale.ROOT, "%8d %5.1f%%", use.used(limit), 100.0 * use.used(limit) / chip.get(limit));
    }

    /**
     * Writes everything of one core: profiles, compartments, synapse formats, input axons, decoded synapse lists, axon groups; of a TrueNorth
     * core rules, neuron parameters, crossbar rows and neurons.
     *
     * @param image an image
     * @param core  number of the core in the system
     * @param out   where to
     * @param limit most lines to write, at least 1; if there are more, one line says how many
     * @throws InvalidInputException if the core is not in the image
     * @throws IOException           from {@code out}
     */
    public static void core(ChipImage image, int core, Appendable out, int limit) throws IOException {
        for (int i = 0; i < image.cores().size(); i++) {
            if (image.cores().get(i).core() == core) {
                LimitedLines text = new LimitedLines(out, limit);
                if (image.cores().get(i) instanceof TrueNorthCoreImage trueNorth) {
                    new TrueNorthText(image, text).core(trueNorth);
                } else {
                    new CoreText(image, i, text).write();
                }
                text.end();
                return;
            }
        }
        List<CoreImage> cores = image.cores();
        throw new InvalidInputException("chip image " + image.name() + ": core " + core + " is not in use"
            + (cores.isEmpty() ? "" : "; " + cores.size() + " cores from " + cores.get(0).core() + " to " + cores.get(cores.size() - 1).core()
            + " are"));
    }
}
