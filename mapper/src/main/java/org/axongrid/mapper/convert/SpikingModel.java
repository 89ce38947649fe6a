package org.axongrid.mapper.convert;

import java.util.List;

/**
 * A network that its file describes with spiking neurons.
 *
 * @param spiking   populations of spiking neurons; its method is the name of the file's format
 * @param rateCoded whether all neurons are integrate-and-fire with soft reset, so that {@link SpikingNetwork#network()} is a network of clipped
 *                  rectifiers (or QCFS activations) which conversion methods can take
 * @param notes     what was assumed or left out, one sentence each
 */
public record SpikingModel(SpikingNetwork spiking, boolean rateCoded, List<String> notes) {
    /** Copies the notes. */
    public SpikingModel {
        notes = List.copyOf(notes);
    }
}
