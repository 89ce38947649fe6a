package org.axongrid.mapper.partition;

/**
 * What one core holds: a range of channels at a set of positions of one population. Compartment
 * {@code rank * channels + (c - firstChannel)} is channel c at the position of that rank.
 *
 * @param population   index in the network
 * @param firstChannel first channel
 * @param channels     number of channels
 * @param positions    {@code y * width + x}, ascending; a position's rank is its place here
 */
public record CorePiece(int population, int firstChannel, int channels, int[] positions) {
    /** @return number of compartments */
    public int compartments() {
        return channels * positions.length;
    }
}
