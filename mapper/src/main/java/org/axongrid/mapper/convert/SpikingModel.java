package org.axongrid.mapper.convert;

import java.util.List;

/**
 * A network that its file describes with spiking neurons.
 *
 * @param spiking   populations of spiking neurons; its method is the name of the file's format
 * @param rateCoded whether all neurons are integrate-and-fire with soft reset, so that {@link SpikingNetwork#network()} is a network of clipped
 *                  rectifiers (or QCFS activations) which conversion methods can take
 * @param whole     whether its numbers are a chip's integers already, which are taken over as they are
 * @param notes     what was assumed or left out, one sentence each
 */
public record SpikingModel(SpikingNetwork spiking, boolean rateCoded, boolean whole, List<String> notes) {
    /** Copies the notes. */
    public SpikingModel {
        notes = List.copyOf(notes);
    }
}
