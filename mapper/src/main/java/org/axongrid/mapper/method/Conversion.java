package org.axongrid.mapper.method;

import org.axongrid.mapper.convert.SpikingNetwork;
import org.axongrid.mapper.network.Network;

/** A published way to make a spiking network of a trained one. */
public interface Conversion {
    /** @return the name on the command line and in reports */
    String name();

    /** @return whether the result depends on the number of steps, so that each T needs a conversion of its own */
    default boolean dependsOnSteps() {
        return false;
    }

    /**
     * @param network     the trained network
     * @param steps       T, the steps of the phase that gives the result
     * @param calibration images that thresholds and corrections are found from; {@code null} if there are none
     * @return the spiking network
     * @throws org.axongrid.isa.InvalidInputException if the method cannot convert such a network, or needs images
     */
    SpikingNetwork convert(Network network, int steps, Calibration calibration);
}
