package org.axongrid.isa.image;

import java.util.HashSet;
import java.util.Set;

/** Checks the spike ports of an image. */
final class PortValidator {
    private final ChipImage image;
    private final ImageProblems problems;

    PortValidator(ChipImage image, ImageProblems problems) {
        this.image = image;
        this.problems = problems;
    }

    /** @param sound by core: whether its tables fit together */
    void check(boolean[] sound) {
        Set<String> names = new HashSet<>();
        for (SpikePort p : image.ports()) {
            if (problems.full()) {
                return;
            }
            String where = "spike port '" + p.name() + "'";
            if (p.name().isBlank()) {
                problems.image("a spike port has no name");
            } else if (!names.add(p.name())) {
                problems.image(where + " is there twice");
            }
            if (p.axon().length != p.core().length || p.atom().length != p.core().length) {
                problems.image(where + ": " + p.core().length + " cores, " + p.axon().length + " axons and " + p.atom().length + " atoms");
            } else if (linesFit(p, where)) {
                destinations(p, where, sound);
            }
        }
    }

    private boolean linesFit(SpikePort p, String where) {
        int before = 0;
        boolean fit = p.first().length > 0 && p.first()[0] == 0 && p.first()[p.first().length - 1] == p.core().length;
        for (int first : p.first()) {
            fit &= first >= before;
            before = first;
        }
        if (!fit) {
            problems.image(where + ": the first destinations of its lines do not ascend from 0 to " + p.core().length);
        }
        return fit;
    }

    private void destinations(SpikePort p, String where, boolean[] sound) {
        for (int d = 0; d < p.core().length && !problems.full(); d++) {
            int index = p.core()[d];
            if (index < 0 || index >= sound.length) {
                problems.image(where + " destination " + d + ": no core of index " + index + ", the image has " + sound.length);
                continue;
            }
            CoreImage core = image.cores().get(index);
            int axon = p.axon()[d];
            if (axon < 0 || axon >= core.inputAxons()) {
                problems.image(where + " destination " + d + ": no input axon " + axon + " in core " + core.core() + ", which has "
                    + core.inputAxons());
            } else if (sound[index] && (p.atom()[d] < 0 || p.atom()[d] >= atoms(core, axon))) {
                problems.image(where + " destination " + d + ": no atom " + p.atom()[d] + " of input axon " + axon + " in core " + core.core()
                    + ", which has " + atoms(core, axon));
            }
        }
    }

    private static int atoms(CoreImage core, int axon) {
        return core instanceof LoihiCoreImage loihi ? loihi.axonAtoms()[axon] : 1;
    }
}
