package org.axongrid.cli.data;

import org.axongrid.mapper.network.Shape;

/** Images with labels, in the order of their file. Safe for reading by several threads. */
public interface DataSet {
    /** @return a short name for reports: the file's, or the built-in's */
    String name();

    /** @return shape of what {@link #image} gives: that of the network's input */
    Shape shape();

    /** @return number of images, at least 1 */
    int size();

    /** @return whether the images have labels */
    boolean labelled();

    /**
     * @param index an image, 0 to {@code size()-1}
     * @return its class, from 0; -1 if the set has no labels
     */
    int label(int index);

    /**
     * Copies an image's values as the network is trained with them: bytes as {@code (float) byte / 255f}, floating-point values as they are.
     *
     * @param index        an image, 0 to {@code size()-1}
     * @param channelsLast receives {@code shape().size()} values, numbered by {@link Shape#index(int, int, int)}
     */
    void image(int index, double[] channelsLast);

    /**
     * @param index a recording, 0 to {@code size()-1}
     * @return of a set of recordings by step the neurons that spike, ascending; {@code null} of a set of images
     */
    default int[][] spikes(int index) {
        return null;
    }
}
