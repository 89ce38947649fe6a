package org.axongrid.isa.layer;

/**
 * What one core holds of a layer: compartment {@code rank * channels + k} is channel {@code firstChannel + k} at the position of that rank.
 *
 * @param core         index into the image's list of cores
 * @param firstChannel first channel
 * @param channels     number of channels
 * @param positions    by rank, ascending
 */
public record LayerPiece(int core, int firstChannel, int channels, int[] positions) {
    /** @return number of compartments */
    public int compartments() {
        return channels * positions.length;
    }
}
