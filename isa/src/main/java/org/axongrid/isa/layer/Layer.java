package org.axongrid.isa.layer;

import java.util.List;

/**
 * Neurons that lie on a map of positions with the same channels each; neuron {@code position * channels + channel}.
 *
 * @param name      the layer's name
 * @param positions number of positions
 * @param channels  neurons of a position
 * @param startStep first time-step, from 1, in which its compartments run; of an input that comes from outside 0
 * @param pieces    what cores hold of it
 * @param biasInput number of the image's region through which a host writes its biases, or -1
 * @param readout   whether a host reads its voltages
 */
public record Layer(String name, int positions, int channels, int startStep, List<LayerPiece> pieces, int biasInput, boolean readout) {
    /** Copies the list. */
    public Layer {
        pieces = List.copyOf(pieces);
    }

    /** @return number of neurons */
    public int size() {
        return positions * channels;
    }
}
