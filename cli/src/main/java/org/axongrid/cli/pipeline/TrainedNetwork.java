package org.axongrid.cli.pipeline;

/**
 * What the trained network says about the images, without spikes.
 *
 * @param classes by image
 * @param seconds host time
 */
public record TrainedNetwork(int[] classes, double seconds) { }
