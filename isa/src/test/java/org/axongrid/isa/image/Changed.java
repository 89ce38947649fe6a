package org.axongrid.isa.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.axongrid.isa.chip.ChipSpec;
import org.axongrid.isa.synapse.SynapseFormat;

/** Copies of images and cores with something changed: the fields of a core, to be set by a test. */
final class Changed {
    int core;
    List<NeuronProfile> profiles;
    byte[] profileOf;
    int[] biasMantissa;
    int[] initialV;
    List<SynapseFormat> formats;
    long[] synapseWords;
    int[] axonPointer;
    int[] axonWords;
    int[] axonAtoms;
    int[] axonBase;
    int[] groupFirst;
    int[] groupSize;
    int[] groupOut;
    int[] outCore;
    int[] outAxon;
    int[] outDelay;

    private Changed(LoihiCoreImage c) {
        core = c.core();
        profiles = new ArrayList<>(c.profiles());
        profileOf = c.profileOf().clone();
        biasMantissa = c.biasMantissa().clone();
        initialV = c.initialV().clone();
        formats = new ArrayList<>(c.formats());
        synapseWords = c.synapseWords().clone();
        axonPointer = c.axonPointer().clone();
        axonWords = c.axonWords().clone();
        axonAtoms = c.axonAtoms().clone();
        axonBase = c.axonBase().clone();
        groupFirst = c.groupFirst().clone();
        groupSize = c.groupSize().clone();
        groupOut = c.groupOut().clone();
        outCore = c.outCore().clone();
        outAxon = c.outAxon().clone();
        outDelay = c.outDelay().clone();
    }

    private LoihiCoreImage build() {
        return new LoihiCoreImage(core, profiles, profileOf, biasMantissa, initialV, formats, synapseWords, axonPointer, axonWords, axonAtoms,
            axonBase, groupFirst, groupSize, groupOut, outCore, outAxon, outDelay);
    }

    /** @return the image with core {@code index} changed */
    static ChipImage core(ChipImage image, int index, Consumer<Changed> change) {
        Changed c = new Changed(image.loihiCores().get(index));
        change.accept(c);
        List<CoreImage> cores = new ArrayList<>(image.cores());
        cores.set(index, c.build());
        return new ChipImage(image.name(), image.chip(), image.chips(), cores, image.regions(), image.depth());
    }

    /** @return the image on another chip */
    static ChipImage chip(ChipImage image, UnaryOperator<ChipSpec> change) {
        return new ChipImage(image.name(), change.apply(image.chip()), image.chips(), image.cores(), image.regions(), image.depth());
    }

    /** @return the image with other regions */
    static ChipImage regions(ChipImage image, Region... regions) {
        return new ChipImage(image.name(), image.chip(), image.chips(), image.cores(), List.of(regions), image.depth());
    }
}
