package org.axongrid.cli.pipeline;

import org.axongrid.emulator.core.LoadedSystem;
import org.axongrid.emulator.layer.LayeredSystem;
import org.axongrid.isa.image.ChipImage;
import org.axongrid.isa.image.ChipImageValidator;
import org.axongrid.mapper.quantise.QuantisedNetwork;
import org.axongrid.mapper.schedule.Schedule;

/** A chip image as the emulator has it: core by core and layer by layer, each loaded when it is first needed and kept. */
public final class Emulation {
    private final ChipImage image;
    private final String refused;
    private LoadedSystem cores;
    private LayeredSystem layers;

    /**
     * @param image     the image; its tables have been validated
     * @param quantised the network that it is of
     */
    Emulation(ChipImage image, QuantisedNetwork quantised) {
        this.image = image;
        refused = quantised.schedule().order() != Schedule.Order.LOCKSTEP ? "method " + quantised.method() + " prepares layer after layer"
            : LayeredSystem.refusal(image);
    }

    /** Loads what a data set will most likely be run with. */
    Emulation load() {
        if (refused == null) {
            layers();
        } else {
            cores();
        }
        return this;
    }

    /** @return why it cannot be run layer by layer, {@code null} if it can */
    String refused() {
        return refused;
    }

    /** @return the cores, decoded; their synapse lists are validated first */
    synchronized LoadedSystem cores() {
        if (cores == null) {
            ChipImageValidator.validate(image);
            cores = new LoadedSystem(image);
        }
        return cores;
    }

    /** @return the layers */
    synchronized LayeredSystem layers() {
        if (layers == null) {
            layers = new LayeredSystem(image);
        }
        return layers;
    }
}
