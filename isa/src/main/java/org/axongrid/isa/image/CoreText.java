package org.axongrid.isa.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.synapse.SynapseFormat;
import org.axongrid.isa.synapse.SynapseListReader;

/** Everything of one core as text. */
final class CoreText {
    private final ChipImage image;
    private final int index;
    private final LoihiCoreImage core;
    private final LimitedLines text;

    CoreText(ChipImage image, int index, LimitedLines text) {
        this.image = image;
        this.index = index;
        this.core = image.loihiCores().get(index);
        this.text = text;
    }

    void write() throws IOException {
        ChipSpec chip = image.chip();
        text.line("core %d: chip %d, tile %d, column %d, row %d", core.core(), chip.chipOf(core.core()), chip.tileOf(core.core()),
            chip.columnOf(core.core()), chip.rowOf(core.core()));
        ResourceUse use = ResourceUse.of(core, chip);
        ResourceUse.LIMITS.stream().filter(limit -> ResourceUse.applies(limit, chip)).forEach(limit -> line("  %-22s %9d of %d", limit.key(), use.used(limit), chip.get(limit)));
        regions();
        profiles();
        compartments();
        formats();
        axons();
        lists();
        groups();
    }

    /** For lambdas, which cannot throw. */
    private void line(String format, Object... values) {
        try {
            text.line(format, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void regions() throws IOException {
        heading("regions with compartments here");
        for (Region r : image.regions()) {
            long here = Arrays.stream(r.core()).filter(c -> c == index).count();
            if (here > 0) {
                text.line("  %s: %d of its %d compartments", r.name(), here, r.size());
            }
        }
    }

    private void profiles() throws IOException {
        heading("neuron profiles");
        for (int i = 0; i < core.profiles().size(); i++) {
            NeuronProfile p = core.profiles().get(i);
            text.line("  %d: reset %s, threshold mantissa %d, decay u %d v %d, refractory %d, v %d..%d, bias exponent %d, starts in step %d", i,
                lower(p.reset()), p.thresholdMantissa(), p.currentDecay(), p.voltageDecay(), p.refractoryDelay(), p.vMin(), p.vMax(),
                p.biasExponent(), p.startStep());
        }
    }

    private void compartments() throws IOException {
        heading("compartments");
        for (int from = 0; from < core.compartments();) {
            int to = from + 1;
            while (to < core.compartments() && core.profileOf()[to] == core.profileOf()[from]
                && core.biasMantissa()[to] == core.biasMantissa()[from] && core.initialV()[to] == core.initialV()[from]) {
                to++;
            }
            text.line("  %s: profile %d, bias mantissa %d, initial v %d", range(from, to), core.profileOf()[from], core.biasMantissa()[from],
                core.initialV()[from]);
            from = to;
        }
    }

    private void formats() throws IOException {
        heading("synapse formats");
        for (int i = 0; i < core.formats().size(); i++) {
            SynapseFormat f = core.formats().get(i);
            text.line("  %d: %s, %s, %d weight bits, exponent %d, %d delay bits, %d index bits%s", i + 1, lower(f.compression()),
                lower(f.signMode()), f.weightBits(), f.weightExponent(), f.delayBits(), f.indexBits(), f.shared() ? ", shared" : "");
        }
    }

    private void axons() throws IOException {
        heading("input axons");
        for (int a = 0; a < core.inputAxons(); a++) {
            int atoms = core.axonAtoms()[a];
            text.line("  %d: %s, base %d, %d x %d words from word %d", a, atoms == 1 ? "discrete" : "population of " + atoms,
                core.axonBase()[a], atoms, core.axonWords()[a], core.axonPointer()[a]);
        }
    }

    /** Lists that several axons share are shown once. */
    private void lists() throws IOException {
        heading("synapse lists, targets relative to the axon's base: target:weight, with +delay if there is one");
        Map<Integer, Integer> words = new TreeMap<>();
        for (int a = 0; a < core.inputAxons(); a++) {
            for (int atom = 0; atom < core.axonAtoms()[a]; atom++) {
                words.merge(core.axonPointer()[a] + atom * core.axonWords()[a], core.axonWords()[a], Math::max);
            }
        }
        SynapseListReader reader = new SynapseListReader(core.synapseWords(), core.formats(), "core " + core.core());
        for (Map.Entry<Integer, Integer> list : words.entrySet()) {
            if (text.full()) {
                text.line("");
                continue;
            }
            text.line("  word %d", list.getKey());
            Entries entries = new Entries();
            try {
                reader.read(list.getKey(), list.getValue(), entries);
                entries.flush();
            } catch (InvalidInputException e) {
                text.line("    %s", e.getMessage());
            }
        }
    }

    private void groups() throws IOException {
        heading("axon groups and their output axons");
        for (int g = 0; g < core.groups(); g++) {
            text.line("  %d: compartments %s", g, range(core.groupFirst()[g], core.groupFirst()[g] + core.groupSize()[g]));
            for (int o = core.groupOut()[g]; o < core.groupOut()[g + 1]; o++) {
                text.line("    to core %d axon %d, delay %d", core.outCore()[o], core.outAxon()[o], core.outDelay()[o]);
            }
        }
    }

    private void heading(String heading) throws IOException {
        text.line("");
        text.line("%s", heading);
    }

    private static String range(int from, int to) {
        return to - from == 1 ? Integer.toString(from) : from + ".." + (to - 1);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Puts a line together for each entry. */
    private final class Entries implements SynapseListReader.Visitor {
        private final StringBuilder entry = new StringBuilder();

        @Override
        public void entry(int format, int count) {
            flush();
            entry.append("    format ").append(format).append(", ").append(count).append(count == 1 ? " synapse:" : " synapses:");
        }

        @Override
        public void synapse(int target, int mantissa, int delay, int format) {
            entry.append(' ').append(target).append(':').append(mantissa);
            if (delay > 0) {
                entry.append('+').append(delay);
            }
        }

        void flush() {
            if (entry.length() > 0) {
                line("%s", entry);
                entry.setLength(0);
            }
        }
    }
}
